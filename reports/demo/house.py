"""Who signs, and who gets copies, in the demo: invented names, the real offices."""

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from reports.demo.world import World
from units.enums import Paper
from units.models import RecipientList, Signer

SINCE = DateRange(date(2022, 1, 1), None)
BASIS = "Quyết định phân công của cơ quan (minh họa)"


def furnish(world: World) -> None:
    """The usual signer and the recipients of the standing body's papers."""
    office = {"unit": world.standing_body, "validity": SINCE, "basis": BASIS}
    Signer.objects.create(
        **office, name="Vàng Thị Mẫu", authority="KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC", is_usual=True
    )
    RecipientList.objects.create(**office, paper=Paper.SUBMISSION, lines="Như trên\nLãnh đạo Sở")

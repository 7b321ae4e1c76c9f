"""People and places of the demo that are not yet, or no longer, what they were."""

from datetime import date, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from reports.demo.papers import content, uid
from reports.demo.texts import MARK
from reports.demo.world import World
from units import blocs, people, workflow
from units.enums import Kind, Role
from units.models import AccountRequest, Membership, Unit, User

NEW_YEAR = date(2026, 1, 1)
BASIS = "Quyết định chia khối thi đua (minh họa)"
#: departments by what they are for; the others of the tier have no bloc in the demo
BLOCS = {
    "Khối kinh tế (minh họa)": ("STC", "SKHDT", "SCT", "SNNPTNT", "SGTVTXD", "STNMT"),
    "Khối văn hóa - xã hội (minh họa)": ("SYT", "SGDDT", "SVHTT", "SDL", "SLDTBXH"),
    "Khối nội chính, tổng hợp (minh họa)": ("SNV", "STTTT", "SKHCN", "STP", "VPUBND", "TTT"),
}
REQUESTS = (
    (Kind.ENTERPRISE, "Công ty TNHH Ruộng Bậc Thang", "0100233488", "Giàng A Mẫu", "MAUVANRUQNGB"),
    (Kind.COOPERATIVE, "Hợp tác xã Mây Xanh", "0100684378", "Tẩn Thị Mẫu", "MAUHTXMAYXNH"),
)


def arrange(world: World, now: datetime) -> None:
    """Blocs with their heads, an administrator who invites, and requests for an account to decide."""
    administrator = world.people["demo.admin"]
    rows = [blocs.Row(world.units[code], name) for name, codes in BLOCS.items() for code in codes]
    blocs.place(rows, since=NEW_YEAR, basis=BASIS, by=administrator)
    for code in ("STC", "SYT", "SNV"):
        unit = world.units[code]
        blocs.appoint(unit.bloc_on(NEW_YEAR), unit, since=NEW_YEAR, by=administrator)
    health = world.units["SYT"]
    filer = world.people["demo.so"]
    Membership.objects.create(user=filer, unit=health, role=Role.ADMINISTRATOR, valid_from=NEW_YEAR)
    # As loaded anew: what a person may do is read once per loaded user.
    filer = User.objects.get(pk=filer.pk)
    with clock.played_at(now - timedelta(days=1)):
        people.invite(
            health,
            email="dong.nghiep@demo.laocai.example",
            full_name=f"Chảo Thị Mẫu Yến {MARK}",
            position="Phó Chánh Văn phòng",
            roles=[Role.FILER],
            by=filer,
            acting=health,
        )
    place = Unit.objects.get(code="086", kind=Kind.DISTRICT)
    for number, (kind, name, tax_number, contact, code) in enumerate(REQUESTS):
        with clock.played_at(now - timedelta(days=number + 1)):
            asked = workflow.ask(
                kind=kind,
                name=f"{name} {MARK}",
                tax_number=tax_number,
                address="Thị trấn Phố Lu, huyện Bảo Thắng (minh họa)",
                place=place,
                contact_name=f"{contact} {MARK}",
                contact_position="Giám đốc",
                contact_email=f"lienhe{number + 1}@demo.laocai.example",
                contact_phone="0214 0000 000",
                request_key=uid("account-request", number),
                upload=SimpleUploadedFile("giay-chung-nhan.pdf", content("giay-chung-nhan.pdf")),
            )
            AccountRequest.objects.filter(pk=asked.pk).update(code=code)

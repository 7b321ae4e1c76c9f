from django.db import transaction

from awards.models import FormOpening
from core import clock
from core.models import Event
from core.transitions import Refused


def open_form(form, campaign, *, opens_on, closes_on, basis, by, acting=None) -> FormOpening:
    """Take dossiers of the form from a day to a day, besides the campaign's final-review year."""
    if not by.has_perm("awards.open_awardform"):
        raise Refused("Bạn không có quyền mở đợt nhận hồ sơ.", status=403)
    with transaction.atomic():
        opening = FormOpening.objects.create(
            form=form,
            campaign=campaign,
            opens_on=opens_on,
            closes_on=closes_on,
            basis=basis,
            opened_by=by,
            opened_at=clock.now(),
        )
        data = {"form": form.code, "campaign": campaign.code, "opens_on": opens_on, "closes_on": closes_on}
        Event.record("open_form", opening, by=by, acting=acting, comment=basis, data=data)
    return opening

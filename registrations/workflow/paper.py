"""A registration that came in on paper: a clerk of the standing body enters it for the unit."""

from django.db import transaction

from core import clock
from core.models import Event
from core.transitions import Refused
from registrations.enums import Channel, RegistrationState
from registrations.models import Registration
from registrations.workflow.drafts import EDITABLE, blank, content_of, keep, start, without_keys, write
from registrations.workflow.registration import REGISTRATION


def enter_on_paper(period, unit, *, by, acting=None) -> Registration:
    """Open the unit's registration for a clerk; what the unit has drafted itself is set aside, not lost."""
    with transaction.atomic():
        registration = start(period, unit, by=by, acting=acting)
        if registration.is_on_paper:
            return registration
        if not by.has_perm("registrations.enter_on_paper_registration", registration):
            raise Refused("Bạn không có quyền nhập đăng ký bằng giấy.", status=403)
        if registration.state == RegistrationState.WITHDRAWN:
            # A paper that arrives revives what the unit has withdrawn.
            with REGISTRATION.perform("reopen", registration, by=by, acting=acting, is_consequence=True):
                pass
        draft = Registration.objects.select_for_update().get(pk=registration.pk)
        if draft.state not in EDITABLE:
            state = draft.get_state_display()
            raise Refused(f"{unit.name} đã có bản đăng ký “{state}”. Cần trả lại trước khi nhập.")
        own, empty = content_of(draft), blank(draft)
        if without_keys(own) != empty:
            draft.set_aside = own
        filed = draft.versions.last()
        draft.channel = Channel.POST
        _rewrite(draft, filed.snapshot if filed else empty, by)
        Event.record("enter_on_paper", draft, by=by, acting=acting)
    return draft


def leave_on_paper(registration, *, by, acting=None) -> None:
    """Give the draft back to the unit, with the words that were set aside."""
    with transaction.atomic():
        draft = Registration.objects.select_for_update().get(pk=registration.pk)
        if not by.has_perm("registrations.leave_on_paper_registration", draft):
            raise Refused("Bạn không có quyền bỏ bản nhập này.", status=403)
        if draft.state not in EDITABLE or not draft.is_on_paper:
            raise Refused("Không bỏ được: bản đăng ký này không còn ở bước nhập từ bản giấy.")
        filed = draft.versions.last()
        own = draft.set_aside or (filed.snapshot if filed else blank(draft))
        draft.channel, draft.paper_number, draft.received_on = Channel.PORTAL, "", None
        draft.set_aside = None
        _rewrite(draft, own, by)
        Event.record("leave_on_paper", draft, by=by, acting=acting)
    registration.refresh_from_db()


def _rewrite(draft, content, by):
    write(draft, content)
    draft.version += 1
    draft.saved_at, draft.saved_by = clock.now(), by
    draft.save()
    keep(draft)

"""The mail ledger: staff see what waits, was sent or is uncertain; a unit sees its own mail."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from awards.models import Award, Proposal
from core import exports, outbox
from core.models import Event, OutboxMail
from core.models.mail import TONES, MailState
from core.paging import page_of
from core.schedule import missed
from reports import listings
from units.models import Unit


def _visible_to(user):
    if user.has_perm("core.view_outboxmail"):
        return OutboxMail.objects.filter(Q(recipient=user) | ~_between_the_bodies(user))
    own = Unit.objects.filter(pk__in=user.authority.own).values("uid")
    return OutboxMail.objects.filter(Q(unit_uid__in=own) | Q(recipient=user))


def _between_the_bodies(user):
    """Mail to no unit about a list or an award that the person does not read: it names who is put forward,
    returned or to be revoked before anything is public, and an administrator's work does not need it."""
    about = Q()
    for model in (Proposal, Award):
        read = model.objects.visible_to(user).values("pk")
        about |= Q(Exists(model.objects.filter(uid=OuterRef("case_uid")).exclude(pk__in=read)))
    return Q(unit_uid__isnull=True) & about


@require_safe
def mails(request):
    visible = _visible_to(request.user)
    state = request.GET.get("trang-thai", "")
    if state not in MailState.values:
        state = ""
    counts = dict(visible.order_by().values_list("state").annotate(Count("pk")))
    tiles = [
        {
            "number": counts.get(s, 0),
            "label": s.label,
            "url": f"?trang-thai={s.value}",
            "active": s == state,
            "tone": TONES[s],
        }
        for s in MailState
    ]
    rows = visible.filter(state=state) if state else visible
    rows = rows.order_by("-pk")
    if exports.asked(request):
        filters = {"Kết quả gửi": MailState(state).label} if state else {}
        return exports.answer(request, listings.MAILS, rows, filters=filters)
    tabs = [
        {"label": "Thư", "url": reverse("reports:mails"), "active": True},
        {"label": "Sổ nhắc việc", "url": reverse("registrations:reminder_ledger"), "active": False},
    ]
    is_staff_body = request.user.has_perm("core.view_outboxmail")
    context = {"tabs": tabs, "tiles": tiles, "state": state, "is_staff_body": is_staff_body}
    context["missed"] = missed() if is_staff_body else []
    page = page_of(request, rows, noun="thư")
    for mail in page["rows"]:
        mail.tone = TONES[mail.state]
    return render(request, "reports/mails.html", context | page)


@require_safe
def mail(request, uid):
    found = get_object_or_404(_visible_to(request.user), uid=uid)
    is_desk = request.user.has_perm("core.retry_outboxmail")
    context = {
        "mail": found,
        "tone": TONES[found.state],
        "can_retry": is_desk and found.state in outbox.RETRIABLE,
        "can_note_bounce": is_desk and found.state in (MailState.SENT, MailState.UNCERTAIN),
    }
    return render(request, "reports/mail.html", context)


@require_POST
def note_bounce(request, uid):
    """Staff note that somebody's mail server has given a mail back, and why."""
    found = get_object_or_404(_visible_to(request.user), uid=uid)
    if not request.user.has_perm("core.retry_outboxmail"):
        raise PermissionDenied
    reason = request.POST.get("comment", "").strip()
    if not reason:
        messages.error(request, "Hãy ghi vì sao thư bị trả lại.")
        return redirect("reports:mail", uid=uid)
    before = found.state
    with transaction.atomic():
        after = outbox.note_bounce(found.message_id, reason).state
        if after != before:
            Event.record(
                "note_bounce", found, by=request.user, acting=request.acting_unit, before=before, after=after
            )
    messages.success(request, "Đã ghi nhận thư bị trả lại.")
    return redirect("reports:mail", uid=uid)


@require_POST
def retry(request, uid):
    """Staff decide that a parked mail goes again; the decision is recorded."""
    found = get_object_or_404(_visible_to(request.user), uid=uid)
    if not request.user.has_perm("core.retry_outboxmail"):
        raise PermissionDenied
    with transaction.atomic():
        changed = outbox.retry(found)
        if changed:
            Event.record("retry", found, by=request.user, acting=request.acting_unit)
    if changed:
        messages.success(request, "Thư đã được đưa vào hàng để gửi lại.")
    else:
        messages.info(request, "Thư này không còn chờ quyết định gửi lại.")
    return redirect("reports:mail", uid=uid)

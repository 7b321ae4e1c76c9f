"""Reminders: rules and wordings, the preview of a day, the ledger, and how a person wants them."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from core import clock, exports
from core.models import ScheduledRun
from core.models.mail import TONES
from core.paging import PER_PAGE, page_of
from core.schedule import missed
from core.transitions import Refused
from registrations import reminders, workflow
from registrations.enums import WordingUse
from registrations.forms import DayForm, LedgerForm, PreferenceForm, RuleForm, WordingForm
from registrations.listings import REMINDERS
from registrations.models import Obligation, Reminder, ReminderPreference, ReminderRule, Wording
from registrations.wording import PLACEHOLDERS

#: the preview looks no farther: beyond, too much will have changed
PREVIEW_DAYS = 370


@require_safe
@permission_required("registrations.view_reminderrule", raise_exception=True)
def rules(request):
    """All rules and wordings; what ended stays to be read."""
    today = clock.today()
    found = list(ReminderRule.objects.select_related("wording"))
    for rule in found:
        rule.in_force = rule.is_in_force_on(today)
    context = {
        "rules": found,
        "wordings": Wording.objects.all(),
        "can_change": request.user.has_perm("registrations.change_reminderrule"),
        "run": ScheduledRun.objects.filter(job="remind").first(),
        "missed": missed(),
        "tomorrow": today + timedelta(days=1),
    }
    return render(request, "registrations/reminder_rules.html", context)


def edit_rule(request, uid=None):
    return _edit(request, ReminderRule, RuleForm, workflow.save_rule, uid)


def edit_wording(request, uid=None):
    return _edit(request, Wording, WordingForm, workflow.save_wording, uid)


@require_http_methods(["GET", "HEAD", "POST"])
def _edit(request, model, form_class, save, uid):
    name = model._meta.model_name
    if not request.user.has_perm(f"registrations.{'change' if uid else 'add'}_{name}"):
        raise PermissionDenied
    shown = get_object_or_404(model, uid=uid) if uid else model()
    form = form_class(request.POST or None, instance=shown)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                save(
                    form.instance,
                    version=form.cleaned_data["version"],
                    by=request.user,
                    acting=request.acting_unit or None,
                )
            except Refused as refused:
                form.add_error(None, str(refused))
                status = refused.status
            else:
                messages.success(request, f"Đã lưu {model._meta.verbose_name}.")
                return redirect("registrations:reminder_rules")
    context = {
        "form": form,
        "is_new": uid is None,
        "noun": model._meta.verbose_name,
        "placeholders": [{"use": use.label, "names": list(PLACEHOLDERS[use].items())} for use in WordingUse]
        if model is Wording
        else [],
    }
    return render(request, "registrations/edit_reminding.html", context, status=status)


@require_safe
@permission_required("registrations.view_reminderrule", raise_exception=True)
def preview(request):
    """Exactly what goes out on a day, to whom and why: the job asks the same function."""
    today = clock.today()
    tomorrow = today + timedelta(days=1)
    form = DayForm(request.GET if "ngay" in request.GET else {"ngay": f"{tomorrow:%d/%m/%Y}"})
    day = form.cleaned_data["ngay"] if form.is_valid() else tomorrow
    if not today <= day <= today + timedelta(days=PREVIEW_DAYS):
        form.add_error("ngay", "Hãy chọn một ngày từ hôm nay đến một năm sau.")
        day = tomorrow
    planned = reminders.plan(day)
    page = Paginator(planned.mails, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "day": day,
        "is_today": day == today,
        "is_tomorrow": day == tomorrow,
        "plan": planned,
        "items": sum(len(mail.items) for mail in planned.mails),
        "page": page,
        "query": f"ngay={day:%d/%m/%Y}",
        "missed": missed(),
    }
    return render(request, "registrations/reminder_preview.html", context)


@require_safe
def ledger(request):
    """Who was reminded of what, when, why, and what the mail server said: a unit sees its own."""
    visible = Reminder.objects.visible_to(request.user)
    form = LedgerForm(request.GET)
    shown = form.narrow(visible).select_related(
        "obligation__unit", "obligation__period", "user", "mail", "rule"
    )
    if exports.asked(request):
        return exports.answer(request, REMINDERS, shown.order_by("-id"), form=form)
    page = page_of(request, shown.order_by("-id"), noun="lần nhắc")
    user = request.user
    sees_all = user.has_perm("core.view_outboxmail")
    own = set(user.authority.own)
    owed = Obligation.objects.visible_to(user).filter(pk__in=[row.obligation_id for row in page["rows"]])
    visible_owed = set(owed.values_list("pk", flat=True))
    for reminder in page["rows"]:
        reminder.shows_obligation = reminder.obligation_id in visible_owed
        reminder.tone = TONES[reminder.mail.state]
        is_of_own_unit = reminder.mail.unit_uid is not None and reminder.obligation.unit_id in own
        reminder.can_open = sees_all or reminder.user_id == user.pk or is_of_own_unit
    tabs = [
        {"label": "Thư", "url": reverse("reports:mails"), "active": False},
        {"label": "Sổ nhắc việc", "url": reverse("registrations:reminder_ledger"), "active": True},
    ]
    context = {"tabs": tabs, "form": form, "sees_all": sees_all, **page}
    return render(request, "registrations/reminder_ledger.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request):
    """How one wants to be reminded; what is compulsory comes in any case."""
    chosen = ReminderPreference.objects.filter(user=request.user).first()
    form = PreferenceForm(request.POST or None, instance=chosen or ReminderPreference(user=request.user))
    if request.method == "POST" and form.is_valid():
        workflow.save_preference(form.instance, by=request.user, acting=request.acting_unit or None)
        messages.success(request, "Đã lưu cách nhận thư nhắc.")
        return redirect("registrations:reminder_preferences")
    return render(request, "registrations/reminder_preferences.html", {"form": form})

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from registrations import workflow
from registrations.forms import CampaignForm, priority_fields
from registrations.models import Campaign, Period
from registrations.views.history import changes_of

SENTENCES = {"open": "đã lập giai đoạn", "change": "đã điều chỉnh giai đoạn"}


@require_safe
@permission_required("registrations.view_campaign", raise_exception=True)
def campaigns(request):
    """All stages of the movement with their years."""
    in_order = Prefetch("periods", Period.objects.order_by("year"))
    context = {
        "campaigns": Campaign.objects.prefetch_related(in_order).select_related("criteria_set"),
        "can_add": request.user.has_perm("registrations.add_campaign"),
    }
    return render(request, "registrations/campaigns.html", context)


def _fetch(request, uid, permission="registrations.view_campaign") -> Campaign:
    campaign = get_object_or_404(Campaign.objects.select_related("criteria_set"), uid=uid)
    if not request.user.has_perm(permission, campaign):
        raise PermissionDenied
    return campaign


@require_safe
def campaign(request, uid):
    shown = _fetch(request, uid)
    context = {
        "campaign": shown,
        "periods": shown.periods.order_by("year"),
        "fields": shown.fields.all(),
        "events": changes_of(shown, SENTENCES),
        "can_change": request.user.has_perm("registrations.change_campaign", shown),
        "can_add": request.user.has_perm("registrations.add_campaign"),
        "can_add_period": request.user.has_perm("registrations.add_period"),
    }
    return render(request, "registrations/campaign.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("registrations.add_campaign", raise_exception=True)
def new_campaign(request):
    return _edit(request, Campaign())


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("registrations.add_campaign", raise_exception=True)
def next_campaign(request, uid):
    """The stage after this one, with its years moved and its fields taken over."""
    earlier = _fetch(request, uid)
    return _edit(request, workflow.next_campaign(earlier), copied=earlier.fields.all())


@require_http_methods(["GET", "HEAD", "POST"])
def edit_campaign(request, uid):
    return _edit(request, _fetch(request, uid, "registrations.change_campaign"))


def _edit(request, edited, *, copied=()):
    data = request.POST if request.method == "POST" else None
    # The form writes into its instance; what is stored is compared with it afterwards.
    form = CampaignForm(data, instance=Campaign.objects.get(pk=edited.pk) if edited.pk else edited)
    fields = priority_fields(data=data, campaign=edited, copied=copied)
    if data is not None and form.is_valid() and fields.is_valid():
        reason = form.cleaned_data.get("reason", "")
        stored = workflow.save_campaign(
            edited if edited.pk else form.instance,
            form.values,
            fields,
            by=request.user,
            acting=request.acting_unit,
            reason=reason,
        )
        messages.success(request, "Đã lưu giai đoạn.")
        return redirect(stored)
    context = {"campaign": edited, "form": form, "fields": fields}
    return render(request, "registrations/edit_campaign.html", context, status=422 if data else 200)

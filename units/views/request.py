from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import exports, files, throttle
from core.models import Event
from core.paging import page_of
from core.transitions import Refused
from units import workflow
from units.enums import RequestState
from units.forms import AccountRequestForm, ApprovalForm, CodeForm
from units.listings import ACCOUNT_REQUESTS
from units.models import AccountRequest

HOUR = 3600
#: of one address within an hour; a business office asks once, a school's proxy a few times
ASKS, LOOKUPS = 10, 60
SESSION_KEY = "account_request"


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request):
    is_sent = request.method == "POST"
    form = AccountRequestForm(request.POST, request.FILES) if is_sent else AccountRequestForm()
    if is_sent:
        if not throttle.is_allowed(request, "account-request", times=ASKS, seconds=HOUR):
            return throttle.too_often(request)
        if form.is_valid():
            kept = workflow.ask(**form.words())
            request.session[SESSION_KEY] = kept.code
            return redirect("units:request_state")
    status = 422 if form.is_bound else 200
    return render(request, "units/ask.html", {"form": form}, status=status)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def state(request):
    """Where a request stands, for whoever has its code."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    found, just_sent = None, False
    if request.method == "POST":
        if not throttle.is_allowed(request, "account-lookup", times=LOOKUPS, seconds=HOUR):
            return throttle.too_often(request)
        if form.is_valid():
            found = AccountRequest.objects.filter(code=form.cleaned_data["code"]).first()
            if found is None:
                form.add_error("code", "Không có yêu cầu nào mang mã này. Hãy xem lại mã trong thư.")
    elif SESSION_KEY in request.session:
        found = AccountRequest.objects.filter(code=request.session[SESSION_KEY]).first()
        just_sent = found is not None
    status = 422 if form.is_bound and not found else 200
    context = {"form": form, "found": found, "just_sent": just_sent}
    return render(request, "units/request_state.html", context, status=status)


def fetch(request, uid) -> AccountRequest:
    visible = AccountRequest.objects.visible_to(request.user)
    return get_object_or_404(
        visible.select_related("place", "document__reading", "unit", "decided_by"), uid=uid
    )


@require_safe
def account_requests(request):
    if not request.user.has_perm("units.view_accountrequest"):
        raise PermissionDenied
    state = request.GET.get("trang-thai", RequestState.SUBMITTED)
    visible = AccountRequest.objects.visible_to(request.user)
    tabs = [
        {
            "label": choice.label,
            "url": f"?trang-thai={choice.value}",
            "active": choice == state,
            "count": visible.filter(state=choice).count(),
        }
        for choice in RequestState
    ]
    rows = visible.filter(state=state).select_related("place").order_by("-pk")
    if exports.asked(request):
        filters = {"Trạng thái": RequestState(state).label} if state in RequestState.values else {}
        return exports.answer(request, ACCOUNT_REQUESTS, rows, filters=filters)
    return render(
        request, "units/account_requests.html", {"tabs": tabs, **page_of(request, rows, noun="yêu cầu")}
    )


@require_safe
def account_request(request, uid):
    return _page(request, fetch(request, uid))


def _page(request, found, *, refused=None, action="", form=None, status=200):
    available = {t.action for t in workflow.ACCOUNT_REQUEST.available(found, request.user)}
    context = {
        "found": found,
        "alike": workflow.alike(found) if found.unit is None else [],
        "others": workflow.other_requests(found),
        "events": Event.objects.filter(case_uid=found.uid).select_related("payload"),
        "available": available,
        "form": form or _approval_form(found),
        "refused": (refused.findings or [{"message": str(refused), "field": ""}]) if refused else [],
        "refused_action": action,
        "document_url": reverse("units:request_document", args=[found.uid]),
    }
    return render(request, "units/account_request.html", context, status=status)


def _approval_form(found, data=None):
    units = workflow.units_to_join(found) if found.unit is None else []
    return ApprovalForm(data, units=units, prefix="approve")


@require_POST
def decide(request, uid, action):
    found = fetch(request, uid)
    if not request.user.has_perm(f"units.{action}_accountrequest", found):
        raise PermissionDenied
    form = _approval_form(found, request.POST)
    if action == "refuse":
        words = {"comment": request.POST.get("comment", "")}
    elif form.is_valid():
        words = {"unit": form.unit}
    else:
        return _page(request, found, action=action, form=form, status=422)
    perform, done = {
        "approve": (workflow.approve, "Đã cấp tài khoản và gửi lời mời."),
        "refuse": (workflow.refuse, "Đã từ chối; người gửi nhận được thư kèm lý do."),
    }[action]
    try:
        perform(found, by=request.user, acting=request.acting_unit, **words)
    except Refused as refused:
        found.refresh_from_db()
        return _page(request, found, refused=refused, action=action, status=refused.status)
    messages.success(request, done)
    return redirect(found)


@require_safe
def document(request, uid):
    return files.serve(request, fetch(request, uid).document, inline="xem" in request.GET)

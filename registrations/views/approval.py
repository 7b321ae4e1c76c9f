"""The head of the unit: a word on the registration, and whether the unit wants it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from registrations import workflow
from registrations.models import HeadApproval
from registrations.views.registration import fetch, posted_uuid
from units.models import Unit


@require_POST
def decide(request, uid, approval, action):
    registration = fetch(request, uid)
    asked = get_object_or_404(HeadApproval, registration=registration, uid=approval)
    if not request.user.has_perm(f"registrations.{action}_headapproval", asked):
        raise PermissionDenied
    if action == "approve":
        workflow.approve(asked, by=request.user, acting=request.acting_unit)
        messages.success(request, "Đã duyệt. Người lập hồ sơ nhận được thư và có thể nộp.")
    else:
        comment = request.POST.get("comment", "")
        workflow.send_back(asked, by=request.user, comment=comment, acting=request.acting_unit)
        messages.success(request, "Đã yêu cầu sửa; người lập hồ sơ nhận được thư.")
    return redirect(registration)


@require_POST
def setting(request):
    unit = Unit.objects.filter(uid=posted_uuid(request, "unit")).first()
    if unit is None or unit.pk not in request.user.authority.own:
        raise Http404
    if not request.user.has_perm("registrations.set_approval_unit", unit):
        raise PermissionDenied
    is_required = request.POST.get("is_required") == "1"
    workflow.require_head_approval(unit, is_required, by=request.user, acting=request.acting_unit)
    if is_required:
        messages.success(request, "Từ nay thủ trưởng duyệt trước khi đơn vị nộp đăng ký.")
    else:
        messages.success(request, "Từ nay đơn vị nộp đăng ký không cần thủ trưởng duyệt trên cổng.")
    return redirect("registrations:registrations")

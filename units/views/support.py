from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from core.paging import page_of
from core.vietnamese import search_key
from units import support
from units.models import User


@require_safe
def people(request):
    """Everyone with an account, found by name, login or address."""
    if not request.user.has_perm("units.support_user"):
        raise PermissionDenied
    words = request.GET.get("q", "").strip()
    rows = User.objects.filter(is_active=True, is_staff=False).order_by("search_name", "pk")
    if words:
        rows = rows.filter(search_name__contains=search_key(words)) | rows.filter(username__icontains=words)
    page = page_of(request, rows.prefetch_related("memberships__unit"), noun="người")
    return render(request, "units/support.html", {"words": words, "list": page})


@require_POST
def enter(request, uid):
    person = get_object_or_404(User.objects.filter(is_active=True), uid=uid)
    support.enter(request, person, reason=request.POST.get("reason", ""))
    messages.info(request, f"Đang xem cổng như {person.full_name}.")
    return redirect("reports:home")


@require_POST
def leave(request):
    return redirect("support" if support.leave(request) else "reports:home")

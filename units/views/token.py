"""Tokens of the API: whoever works at a unit makes his own; administrators watch and revoke."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from core.paging import page_of
from core.transitions import Refused
from units import tokens as issuing
from units.forms.token import TokenForm
from units.models import ApiToken


@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request):
    form, issued, secret, status = TokenForm(request.POST or None), None, "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                issued, secret = issuing.issue(
                    **form.cleaned_data, by=request.user, acting=request.acting_unit
                )
            except Refused as refused:
                form.add_error(None, str(refused))
                status = refused.status
            else:
                form, status = TokenForm(), 201
    visible = ApiToken.objects.visible_to(request.user).select_related("owner", "revoked_by")
    context = {
        "list": page_of(request, visible, noun="mã"),
        "form": form if request.user.has_perm("units.issue_apitoken") else None,
        "issued": issued,
        "secret": secret,
        "sees_others": visible.exclude(owner=request.user).exists(),
    }
    response = render(request, "units/tokens.html", context, status=status)
    # The secret is on the page once: neither the browser nor a proxy may keep it.
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def revoke(request, uid):
    token = get_object_or_404(ApiToken.objects.visible_to(request.user).select_related("owner"), uid=uid)
    issuing.revoke(token, by=request.user, acting=request.acting_unit)
    messages.success(request, f"Đã thu hồi mã “{token.name}”. Hệ thống dùng mã này không đọc được nữa.")
    return redirect("units:tokens")

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from units.middleware import SESSION_KEY, memberships_of


@require_POST
def act_for(request):
    """Choose the unit to act for, among those the person is a member of, and go back."""
    chosen = request.POST.get("unit", "")
    if chosen in {str(membership.unit.uid) for membership in memberships_of(request)}:
        request.session[SESSION_KEY] = chosen
    else:
        messages.error(request, "Bạn không phải là thành viên của đơn vị này.")
    back = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = settings.LOGIN_REDIRECT_URL
    return redirect(back)

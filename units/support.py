"""An administrator looks at the portal as another person sees it, to help; he changes nothing there."""

from django.conf import settings
from django.contrib.auth import login
from django.db import transaction

from core.models import Event
from core.transitions import Refused
from units.middleware import SUPPORT_KEY
from units.models import User


def enter(request, person: User, *, reason: str) -> None:
    """Show the portal as `person`; the journal keeps who, whom and why."""
    if not request.user.has_perm("units.support_user", person):
        raise Refused("Bạn không xem cổng thay người này được.", status=403)
    if not reason.strip():
        raise Refused("Hãy ghi lý do hỗ trợ, ví dụ số phiếu hoặc việc người dùng đã báo.", status=422)
    administrator = request.user
    with transaction.atomic():
        Event.record("support", person, by=administrator, comment=reason)
        _become(request, person)
        request.session[SUPPORT_KEY] = str(administrator.uid)


def leave(request) -> bool:
    """Go back to being the administrator; False when nobody is being supported."""
    uid = request.session.get(SUPPORT_KEY)
    administrator = User.objects.filter(uid=uid, is_active=True, is_superuser=True).first() if uid else None
    if administrator is None:
        return False
    with transaction.atomic():
        Event.record("leave_support", request.user, by=administrator)
        _become(request, administrator)
    return True


def supporter(request) -> User | None:
    """The administrator behind this session."""
    uid = request.session.get(SUPPORT_KEY)
    return User.objects.filter(uid=uid).first() if uid else None


def _become(request, person) -> None:
    # Nothing of one person's session may be found in the other's.
    request.session.flush()
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])

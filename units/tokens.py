"""Tokens of the API: issued by their owner, revoked by him or an administrator, read at every request."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.permissions import SAFE_METHODS, BasePermission

from core import clock
from core.api.throttle import AddressThrottle
from core.models import Event
from core.transitions import Refused
from units.models import ApiToken, User

KIND = "lctd_"
PREFIX_LENGTH = len(KIND) + 6
#: more than these at once and nobody knows any longer what each is for
MOST_VALID = 10
#: the last use is noted once in so long, so that reading does not write
NOTED_EVERY = timedelta(minutes=1)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def issue(*, name: str, scopes: list[str], days: int, by, acting=None) -> tuple[ApiToken, str]:
    """A token of `by` and its secret, which cannot be had again."""
    if not by.has_perm("units.issue_apitoken"):
        raise Refused(
            "Mã truy cập đọc thay cho người có vai trò ở một đơn vị; bạn chưa có vai trò nào.", status=403
        )
    with transaction.atomic():
        # The owner's row is the lock: two clicks at once must not pass the limit together.
        User.objects.select_for_update().get(pk=by.pk)
        now = clock.now()
        if by.api_tokens.valid_at(now).count() >= MOST_VALID:
            raise Refused(
                f"Bạn đang có {MOST_VALID} mã còn dùng được. Hãy thu hồi mã không dùng nữa rồi tạo mã mới."
            )
        secret = KIND + secrets.token_urlsafe(32)
        token = ApiToken.objects.create(
            owner=by,
            name=name,
            prefix=secret[:PREFIX_LENGTH],
            digest=_digest(secret),
            scopes=scopes,
            created_at=now,
            expires_at=now + timedelta(days=days),
        )
        data = {"name": name, "scopes": scopes, "days": days}
        Event.record("issue", token, by=by, acting=acting, after="valid", data=data)
    return token, secret


def revoke(token: ApiToken, *, by, acting=None) -> None:
    if not by.has_perm("units.revoke_apitoken", token):
        raise Refused("Bạn không có quyền thu hồi mã truy cập này.", status=403)
    with transaction.atomic():
        locked = ApiToken.objects.select_for_update().get(pk=token.pk)
        if locked.is_revoked:
            raise Refused("Mã truy cập này đã được thu hồi.")
        locked.revoked_at, locked.revoked_by = clock.now(), by
        locked.save(update_fields=["revoked_at", "revoked_by"])
        Event.record("revoke", locked, by=by, acting=acting, before="valid", after="revoked")


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer lctd_…`: the request is the owner's, within the scopes of the token."""

    def authenticate(self, request):
        kind, _, secret = get_authorization_header(request).partition(b" ")
        if kind.lower() != b"bearer":
            return None
        token = self._find(secret.strip())
        if token is None:
            # Refused before the throttles are asked, and yet it counts for the address.
            throttle = AddressThrottle()
            if not throttle.allow_request(request, None):
                raise exceptions.Throttled(throttle.wait())
            raise exceptions.AuthenticationFailed("Mã truy cập không đúng, đã hết hạn hoặc đã bị thu hồi.")
        self._note_use(token, request)
        return token.owner, token

    def authenticate_header(self, request):
        return 'Bearer realm="api"'

    def _find(self, secret: bytes) -> ApiToken | None:
        valid = ApiToken.objects.valid_at(clock.now()).select_related("owner")
        return valid.filter(digest=hashlib.sha256(secret).hexdigest()).first()

    def _note_use(self, token, request) -> None:
        now = clock.now()
        not_lately = Q(last_used_at__isnull=True) | Q(last_used_at__lte=now - NOTED_EVERY)
        if token.last_used_at is None or token.last_used_at <= now - NOTED_EVERY:
            ApiToken.objects.filter(not_lately, pk=token.pk).update(
                last_used_at=now, last_used_from=request.META.get("REMOTE_ADDR") or None
            )


class ScopeMissing(exceptions.PermissionDenied):
    """Said in words of our own, for whoever made the token to mend it."""

    is_told = True


class InScope(BasePermission):
    """A token reads, and only what its scopes name; who has logged in is judged by the rules alone."""

    def has_permission(self, request, view):
        if request.auth is None:
            return True
        if view.scope not in request.auth.scopes or request.method not in SAFE_METHODS:
            raise ScopeMissing(f"Mã truy cập không có phạm vi “{view.scope}”.")
        return True

"""How often an address, and how often a token, may ask within a minute."""

import time

from django.conf import settings
from django.core.cache import cache
from redis.exceptions import RedisError
from rest_framework.throttling import BaseThrottle

SPAN = 60


class Throttle(BaseThrottle):
    """One count per minute in the cache. Without the cache everybody is let through: reading
    what is public must not depend on it."""

    scope: str

    def whom(self, request) -> str | None:
        raise NotImplementedError

    def allow_request(self, request, view):
        whom = self.whom(request)
        if whom is None:
            return True
        now = time.time()
        self.left = SPAN - now % SPAN
        key = f"api:{self.scope}:{whom}:{int(now // SPAN)}"
        try:
            try:
                count = cache.incr(key)
            except ValueError:
                # Nobody has asked yet this minute; of two that begin it at once both are counted.
                count = 1 if cache.add(key, 1, timeout=2 * SPAN) else cache.incr(key)
        except RedisError:
            return True
        return count <= settings.API_REQUESTS_PER_MINUTE[self.scope]

    def wait(self):
        return self.left


class AddressThrottle(Throttle):
    """Every request counts for the address it comes from."""

    scope = "address"

    def whom(self, request):
        return self.get_ident(request)


class TokenThrottle(Throttle):
    """Requests with a token count for the token too, from wherever they come."""

    scope = "token"

    def whom(self, request):
        return str(request.auth.pk) if request.auth else None

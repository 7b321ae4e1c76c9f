"""How often one address may do what anyone may do without logging in."""

from django.core.cache import cache
from django.shortcuts import render


def is_allowed(request, action: str, *, times: int, seconds: int) -> bool:
    """Count this try; False when the address has tried `action` more than `times` within `seconds`."""
    key = f"throttle:{action}:{request.META.get('REMOTE_ADDR', '')}"
    cache.add(key, 0, timeout=seconds)
    try:
        return cache.incr(key) <= times
    except ValueError:
        # It expired between the two: a new span begins.
        cache.set(key, 1, timeout=seconds)
        return True


def too_often(request):
    return render(request, "429.html", status=429)

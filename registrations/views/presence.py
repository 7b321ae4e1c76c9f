"""Who has a draft open just now: a hint, kept in the cache alone."""

import logging

from django.core.cache import cache
from redis import RedisError

from core import clock

logger = logging.getLogger(__name__)

#: seconds without a sign after which a person is taken to have gone; `draft.js` gives one every 30
AWAY = 75


def others(registration, user) -> list[str]:
    """Note that `user` is here; the names of the others who are."""
    key = f"editing-{registration.uid}"
    now = clock.now().timestamp()
    try:
        present = {
            pk: seen for pk, seen in cache.get(key, {}).items() if seen[1] > now - AWAY and pk != user.pk
        }
        cache.set(key, {**present, user.pk: (str(user), now)}, AWAY)
    except RedisError:
        logger.warning("The cache does not answer; nobody is told who else is editing.")
        return []
    return sorted(name for name, _ in present.values())

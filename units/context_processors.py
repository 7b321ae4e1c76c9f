from django.utils.functional import SimpleLazyObject

from units.accounts import has_confirmed, lacks_second_factor
from units.middleware import SUPPORT_KEY, memberships_of
from units.support import supporter


def acting(request):
    """What the shell of the logged-in pages says of the person: units, second factor, who supports him."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {"acting_unit": None, "memberships": [], "supporter": None}
    return {
        "acting_unit": request.acting_unit,
        "memberships": _by_unit(memberships_of(request)),
        "has_confirmed": SimpleLazyObject(lambda: has_confirmed(request)),
        "lacks_second_factor": SimpleLazyObject(lambda: lacks_second_factor(request.user)),
        "supporter": supporter(request) if SUPPORT_KEY in request.session else None,
    }


def _by_unit(memberships):
    """One entry per unit, with all the roles the person has there."""
    units = {}
    for membership in memberships:
        entry = units.setdefault(membership.unit_id, {"unit": membership.unit, "roles": []})
        entry["roles"].append(membership.get_role_display())
    return list(units.values())

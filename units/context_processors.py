from units.middleware import memberships_of


def acting(request):
    """`acting_unit` and `memberships` for the shell of the logged-in pages."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {"acting_unit": None, "memberships": []}
    return {"acting_unit": request.acting_unit, "memberships": _by_unit(memberships_of(request))}


def _by_unit(memberships):
    """One entry per unit, with all the roles the person has there."""
    units = {}
    for membership in memberships:
        entry = units.setdefault(membership.unit_id, {"unit": membership.unit, "roles": []})
        entry["roles"].append(membership.get_role_display())
    return list(units.values())

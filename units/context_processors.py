from units.middleware import memberships_of


def acting(request):
    """`acting_unit` and `memberships` for the shell of the logged-in pages."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {"acting_unit": None, "memberships": []}
    return {"acting_unit": request.acting_unit, "memberships": memberships_of(request)}

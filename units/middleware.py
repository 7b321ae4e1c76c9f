from django.utils.functional import SimpleLazyObject

from units.models import Membership

SESSION_KEY = "acting_unit"


def memberships_of(request):
    """The person's current memberships with their units, one query per request."""
    if not hasattr(request, "_memberships"):
        request._memberships = (
            list(Membership.objects.current().filter(user=request.user).select_related("unit"))
            if request.user.is_authenticated
            else []
        )
    return request._memberships


def acting_unit(request):
    memberships = memberships_of(request)
    chosen = request.session.get(SESSION_KEY)
    by_uid = {str(m.unit.uid): m.unit for m in memberships}
    return by_uid.get(chosen) or (memberships[0].unit if memberships else None)


class ActingUnitMiddleware:
    """`request.acting_unit`: the unit the person has chosen to act for, stamped on events."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.acting_unit = SimpleLazyObject(lambda: acting_unit(request))
        return self.get_response(request)

from django.utils.functional import SimpleLazyObject

from units import lineage
from units.enums import Role

SESSION_KEY = "acting_unit"


def memberships_of(request):
    """The person's current memberships with the units they lead to today, read once per request."""
    if not hasattr(request, "_memberships"):
        request._memberships = lineage.memberships_of(request.user) if request.user.is_authenticated else []
    return request._memberships


def filing_units(request):
    """The units the person may begin something for today: a unit that has ended begins nothing."""
    authority = request.user.authority
    return [
        m.unit for m in memberships_of(request) if m.role == Role.FILER and authority.files_for(m.unit_id)
    ]


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

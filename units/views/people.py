from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.transitions import Refused
from units import people
from units.enums import Role
from units.forms import EndForm, GrantForm, InvitationForm
from units.lineage import members_of
from units.models import Invitation, Unit


def fetch(request, uid, permission="view_people") -> Unit:
    """The register is open to whoever is logged in; a unit's people are not."""
    unit = get_object_or_404(Unit.objects.filter(is_predecessor_stub=False), uid=uid)
    if not request.user.has_perm(f"units.{permission}", unit):
        raise PermissionDenied
    return unit


@require_http_methods(["GET", "HEAD", "POST"])
def unit_people(request, uid):
    """The people of a unit; whoever administers it invites here."""
    if request.method != "POST":
        return _page(request, fetch(request, uid))
    unit = fetch(request, uid, "manage_unit")
    form = InvitationForm(request.POST, unit=unit)
    if not form.is_valid():
        return _page(request, unit, form=form, status=422)
    try:
        people.invite(unit, **form.cleaned_data, by=request.user, acting=request.acting_unit)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, unit, form=form, status=refused.status)
    messages.success(request, "Đã gửi lời mời.")
    return redirect("units:people", unit.uid)


def _page(request, unit, *, form=None, refused=None, refused_on=None, status=200):
    manages = request.user.has_perm("units.manage_unit", unit)
    context = {
        "unit": unit,
        "manages": manages,
        "colleagues": _with_forms(_colleagues(unit), unit) if manages else _colleagues(unit),
        "invitations": _invitations(unit) if manages else [],
        "form": form or InvitationForm(unit=unit),
        "refused": (refused.findings or [{"message": str(refused), "field": ""}]) if refused else [],
        "refused_on": refused_on,
    }
    return render(request, "units/people.html", context, status=status)


def _colleagues(unit):
    """One row per person with the roles held today, in the order of names."""
    rows = {}
    for membership in members_of(unit):
        row = rows.setdefault(membership.user, {"user": membership.user, "roles": []})
        row["roles"].append(
            {
                "role": membership.role,
                "label": membership.get_role_display(),
                "since": membership.valid_from,
                "until": membership.valid_to,
                "came_from": membership.unit if membership.unit_id != unit.pk else None,
            }
        )
    return sorted(rows.values(), key=lambda row: (row["user"].search_name, row["user"].pk))


def _with_forms(colleagues, unit):
    """Each with forms of its own: a label names one field, and its page has many of the same."""
    for row in colleagues:
        row["grant_form"] = GrantForm(unit=unit, auto_id=f"id_{row['user'].uid}_%s")
        for held in row["roles"]:
            held["end_form"] = EndForm(auto_id=f"id_{row['user'].uid}_{held['role']}_%s")
    return colleagues


def _invitations(unit):
    unanswered = unit.invitations.filter(accepted_at__isnull=True, revoked_at__isnull=True)
    return unanswered.select_related("user", "invited_by")


@require_POST
def grant(request, uid, user):
    unit = fetch(request, uid, "manage_unit")
    form = GrantForm(request.POST, unit=unit)
    colleague = next((row["user"] for row in _colleagues(unit) if row["user"].uid == user), None)
    if colleague is None or not form.is_valid():
        raise Http404
    try:
        people.grant(
            unit, colleague, Role(form.cleaned_data["role"]), by=request.user, acting=request.acting_unit
        )
    except Refused as refused:
        return _page(request, unit, refused=refused, refused_on=colleague.uid, status=refused.status)
    messages.success(request, f"Đã giao thêm vai trò cho {colleague.full_name}.")
    return redirect("units:people", unit.uid)


@require_POST
def end(request, uid, user):
    unit = fetch(request, uid, "manage_unit")
    role = request.POST.get("role", "")
    membership = next((m for m in members_of(unit) if m.user.uid == user and m.role == role), None)
    if membership is None:
        raise Http404
    form = EndForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused(form.errors["last_day"][0], status=422)
        people.end(membership, unit, **form.cleaned_data, by=request.user, acting=request.acting_unit)
    except Refused as refused:
        return _page(request, unit, refused=refused, refused_on=user, status=refused.status)
    messages.success(
        request, f"Vai trò {membership.get_role_display().lower()} của {membership.user} đã kết thúc."
    )
    return redirect("units:people", unit.uid)


def _fetch_invitation(request, uid) -> Invitation:
    """His own for the invited; the unit's for whoever administers it; nobody else's."""
    invitation = get_object_or_404(Invitation.objects.select_related("unit", "user", "invited_by"), uid=uid)
    is_own = invitation.user_id == request.user.pk
    if not is_own and not request.user.has_perm("units.manage_unit", invitation.unit):
        raise Http404
    return invitation


@require_safe
def invitation(request, uid):
    found = _fetch_invitation(request, uid)
    if found.user_id != request.user.pk:
        return redirect("units:people", found.unit.uid)
    return render(request, "units/invitation.html", {"invitation": found})


@require_POST
def accept(request, uid):
    found = _fetch_invitation(request, uid)
    if found.user_id != request.user.pk:
        raise PermissionDenied
    people.accept(found, by=request.user)
    messages.success(request, f"Bạn đã nhận lời làm việc cho {found.unit.name}.")
    return redirect("reports:home")


@require_POST
def answer(request, uid, action):
    """Send an unanswered invitation again, or take it back."""
    found = _fetch_invitation(request, uid)
    if not request.user.has_perm("units.manage_unit", found.unit):
        raise PermissionDenied
    perform, done = {
        "resend": (people.resend, "Đã gửi lại lời mời, với hạn mới."),
        "revoke": (people.revoke, "Đã thu hồi lời mời."),
    }[action]
    perform(found, by=request.user, acting=request.acting_unit)
    messages.success(request, done)
    return redirect("units:people", found.unit.uid)

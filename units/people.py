"""The people of a unit: invited, given roles, ended. Whoever administers the unit does it himself."""

import re
from datetime import date, timedelta

from django.db import transaction

from core import clock
from core.findings import Finding
from core.models import Event
from core.transitions import Refused
from core.vietnamese import search_key
from units import emails
from units.enums import Function, Role
from units.lineage import members_of, memberships_of
from units.models import Invitation, Membership, Unit, UnitFunction, User

#: an invitation that nobody has answered until then must be sent again
VALID_FOR = timedelta(days=14)
LAST_ADMINISTRATOR = (
    "Đây là quản trị viên cuối cùng của đơn vị. Hãy giao vai trò quản trị đơn vị cho người khác trước."
)
#: roles of a desk; they mean nothing where no function is held
DESK_ROLES = (Role.REVIEWER, Role.LEAD)


def roles_at(unit: Unit) -> list[Role]:
    """The roles that can be given at the unit today."""
    held = UnitFunction.objects.filter(unit=unit, validity__contains=clock.today()).values_list("function")
    has_desk = any(function in Function.values for (function,) in held)
    return [role for role in Role if has_desk or role not in DESK_ROLES]


def invite(unit, *, email, full_name, position, roles, by, acting=None, is_consequence=False) -> Invitation:
    """Ask a person to act for the unit; who has no account yet gets one without a password.

    `is_consequence`: the invitation follows from an act already authorised.
    """
    with transaction.atomic():
        if not is_consequence:
            _authorised(unit, by)
        user = User.objects.filter(email__iexact=email).first()
        if user == by:
            raise Refused("Không thể tự giao vai trò cho mình. Hãy nhờ quản trị viên khác.", status=422)
        if user is None:
            user = _account(email, full_name, position)
        elif not user.is_active:
            raise Refused(
                f"Tài khoản của {user.full_name} đang bị khóa. Hãy nhờ quản trị cổng mở lại trước khi mời.",
                status=422,
            )
        else:
            held = Membership.objects.current().filter(user=user, unit=unit, role__in=roles)
            roles = [role for role in roles if role not in set(held.values_list("role", flat=True))]
        if not roles:
            raise Refused("Người này đã có các vai trò đó tại đơn vị.", status=422)
        if Invitation.objects.filter(
            unit=unit, user=user, accepted_at__isnull=True, revoked_at__isnull=True
        ).exists():
            raise Refused("Người này đã được mời và chưa trả lời. Hãy gửi lại hoặc thu hồi lời mời cũ.")
        now = clock.now()
        invitation = Invitation.objects.create(
            unit=unit, user=user, roles=roles, invited_by=by, invited_at=now, expires_at=now + VALID_FOR
        )
        Event.record("invite", invitation, by=by, acting=acting, case=unit, data=_of(invitation))
        emails.invited(invitation)
    return invitation


def _account(email, full_name, position) -> User:
    user = User(username=_free_name(email), email=email.lower(), full_name=full_name, position=position)
    user.set_unusable_password()
    user.save()
    return user


def _free_name(email: str) -> str:
    base = re.sub(r"[^a-z0-9.]", "", search_key(email.partition("@")[0]).replace(" ", ".")) or "nguoi.dung"
    base = base[:100]
    taken = set(User.objects.filter(username__startswith=base).values_list("username", flat=True))
    return next(
        name for name in [base, *(f"{base}{n}" for n in range(2, len(taken) + 3))] if name not in taken
    )


def _of(invitation):
    return {"user": invitation.user.full_name, "roles": invitation.roles}


def _authorised(unit, by):
    """The unit's row is locked until the end of the transaction: changes of its people queue up here."""
    locked = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    if not by.has_perm("units.manage_unit", locked):
        raise Refused("Bạn không quản trị đơn vị này.", status=403)


def _open(invitation) -> Invitation:
    locked = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if locked.accepted_at:
        raise Refused("Lời mời này đã được nhận.")
    if locked.revoked_at:
        raise Refused("Lời mời này đã bị thu hồi.")
    return locked


def accept(invitation, *, by) -> Invitation:
    """The invited person begins the roles, from today."""
    with transaction.atomic():
        Unit.objects.select_for_update(of=("self",)).get(pk=invitation.unit_id)
        locked = _open(invitation)
        if locked.user != by:
            raise Refused("Lời mời này không dành cho bạn.", status=403)
        if locked.is_expired:
            raise Refused("Lời mời đã hết hạn. Hãy đề nghị quản trị viên của đơn vị gửi lại.")
        for role in locked.roles:
            Membership.objects.get_or_create(
                user=by, unit=locked.unit, role=role, valid_to=None, defaults={"valid_from": clock.today()}
            )
        locked.accepted_at = clock.now()
        locked.save(update_fields=["accepted_at"])
        Event.record("accept", locked, by=by, acting=locked.unit, case=locked.unit, data=_of(locked))
    return locked


def resend(invitation, *, by, acting=None) -> None:
    """Send it again with a new last day, whether it has expired or not."""
    with transaction.atomic():
        _authorised(invitation.unit, by)
        locked = _open(invitation)
        locked.sent += 1
        locked.expires_at = clock.now() + VALID_FOR
        locked.save(update_fields=["sent", "expires_at"])
        Event.record("resend", locked, by=by, acting=acting, case=locked.unit, data=_of(locked))
        emails.invited(locked)


def revoke(invitation, *, by, acting=None) -> None:
    with transaction.atomic():
        _authorised(invitation.unit, by)
        locked = _open(invitation)
        locked.revoked_at = clock.now()
        locked.save(update_fields=["revoked_at"])
        Event.record("revoke", locked, by=by, acting=acting, case=locked.unit, data=_of(locked))


def grant(unit, user, role, *, by, acting=None) -> Membership:
    """One more role for a colleague of the unit, from today."""
    with transaction.atomic():
        _authorised(unit, by)
        if user == by:
            raise Refused("Không thể tự giao vai trò cho mình. Hãy nhờ quản trị viên khác.", status=422)
        colleagues = members_of(unit)
        if user.pk not in {m.user_id for m in colleagues}:
            raise Refused("Người này chưa thuộc đơn vị. Hãy gửi lời mời.", status=422)
        if any(m.user_id == user.pk and m.role == role for m in colleagues):
            raise Refused("Người này đã có vai trò đó tại đơn vị.", status=422)
        membership = Membership.objects.create(user=user, unit=unit, role=role, valid_from=clock.today())
        data = {"user": user.full_name, "role": role}
        Event.record("grant", unit, by=by, acting=acting, data=data)
    return membership


def end(membership, unit, *, last_day: date, by, acting=None) -> None:
    """End a role at `unit`; `membership` may stand at a unit that was merged into it.

    The unit never stays without an administrator whose role is open: two requests that
    each end one of the last two wait for each other at the unit's row.
    """
    with transaction.atomic():
        _authorised(unit, by)
        colleagues = members_of(unit)
        current = next((m for m in colleagues if m.pk == membership.pk), None)
        if current is None or (current.valid_to and current.valid_to <= last_day):
            raise Refused("Vai trò này đã kết thúc. Hãy tải lại trang.")
        findings = missing_for_ending(current, colleagues, last_day)
        if findings:
            raise Refused("Chưa kết thúc được vai trò này.", findings, status=422)
        current.valid_to = last_day
        current.save(update_fields=["valid_to"])
        data = {"user": current.user.full_name, "role": current.role, "last_day": last_day}
        Event.record("end", unit, by=by, acting=acting, data=data)


def missing_for_ending(membership, colleagues, last_day) -> list[Finding]:
    earliest = max(membership.valid_from, clock.today() - timedelta(days=1))
    found = []
    if last_day < earliest:
        found.append(
            Finding(
                f"Ngày cuối phải từ {earliest:%d/%m/%Y} trở đi: lịch sử vai trò không sửa lùi.", "last_day"
            )
        )
    if is_last_administrator(membership, colleagues):
        found.append(Finding(LAST_ADMINISTRATOR))
    return found


def is_last_administrator(membership, colleagues) -> bool:
    """No one else at the unit administers it without an end in sight. Ask with the unit's row locked."""
    return membership.role == Role.ADMINISTRATOR and not any(
        m.role == Role.ADMINISTRATOR
        and m.valid_to is None
        and m.user.is_active
        and m.user_id != membership.user_id
        for m in colleagues
    )


def left_without_administrator(user) -> list[Unit]:
    """The units that no one else administers: to be handed on before the person's account is closed."""
    held = [m for m in memberships_of(user) if m.role == Role.ADMINISTRATOR and m.valid_to is None]
    return [m.unit for m in held if is_last_administrator(m, members_of(m.unit))]


def guard_last_administrator(membership) -> None:
    """For a form that ends a membership at its own unit; raises Refused. Inside a transaction."""
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=membership.unit_id)
    if is_last_administrator(membership, members_of(unit)):
        raise Refused(LAST_ADMINISTRATOR, status=422)

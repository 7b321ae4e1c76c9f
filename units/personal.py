"""What is held of people with an account, and of who asks for one."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Exists, OuterRef, Q

from core.models import SavedFilter
from core.personal import HIDDEN, Holding, Outcome, hold
from units.enums import RequestState
from units.models import AccountRequest, Membership, User


def _left(day) -> Q:
    """Switched off, and of no unit since before `day`."""
    recent = Membership.objects.filter(user=OuterRef("pk")).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    )
    seen = Q(last_login__isnull=True) | Q(last_login__date__lt=day)
    return Q(is_active=False, is_superuser=False, date_joined__date__lt=day) & seen & ~Q(Exists(recent))


def _close(users) -> None:
    """The way in goes too; the full name stays, for it stands in the sealed journal."""
    for model in (EmailAddress, Authenticator, UserSession, SavedFilter):
        model.objects.filter(user__in=users).delete()
    for user in users:
        user.username, user.email = f"an-danh-{user.uid}", f"{user.uid}@an-danh.invalid"
        user.set_unusable_password()
        user.save()


hold(
    Holding(
        "units.account",
        "Tài khoản",
        User,
        "Đăng nhập; biết ai lập, ai duyệt; gửi thư về việc của đơn vị.",
        {"position": HIDDEN},
        (Outcome("left", "đã thôi làm việc trên cổng", _left),),
        of=lambda subject: Q(pk=subject.user.pk) if subject.user else None,
        mark="position",
        erase=_close,
        also=("username", "full_name", "email", "date_joined", "last_login"),
    )
)
hold(
    Holding(
        "units.membership",
        "Vai trò ở các đơn vị",
        Membership,
        "Biết ai được làm gì cho đơn vị nào, từ ngày nào đến ngày nào.",
        {"user": None},
        of=lambda subject: Q(user=subject.user) if subject.user else None,
        also=("unit", "role", "valid_from", "valid_to"),
        kept="Thẩm quyền của người đã lập, đã duyệt phải tra lại được.",
    )
)
hold(
    Holding(
        "units.request",
        "Người xin tài khoản",
        AccountRequest,
        "Xét cấp tài khoản cho doanh nghiệp, hợp tác xã, hộ kinh doanh.",
        {
            "contact_name": HIDDEN,
            "contact_position": "",
            "contact_email": "an-danh@an-danh.invalid",
            "contact_phone": "",
            "address": "",
            "identity_ciphertext": None,
            "identity_key": "",
            # Not empty: a request names a number, and this one did.
            "identity_index": "an-danh",
        },
        (
            Outcome(
                "approved",
                "đã cấp tài khoản",
                lambda day: Q(state=RequestState.APPROVED, decided_at__date__lt=day),
            ),
            Outcome(
                "refused", "không cấp", lambda day: Q(state=RequestState.REFUSED, decided_at__date__lt=day)
            ),
        ),
        of=lambda subject: _asked_by(subject),
        mark="contact_name",
        also=("name", "state"),
    )
)


def _asked_by(subject) -> Q | None:
    asked = Q()
    if subject.user:
        asked |= Q(contact_email__iexact=subject.user.email)
    if subject.number:
        asked |= Q(identity_index__in=subject.indexes)
    return asked or None

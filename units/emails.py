from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localtime

from core import outbox
from core.templatetags.vn import gio_ngay
from units.models import Invitation


def invite(user):
    """Tell a person that there is an account. The mail carries no secret and does not expire:
    the person sets the first password through the page for forgotten ones."""
    link = settings.SITE_URL + reverse("account_reset_password")
    outbox.queue(
        key=f"invitation-{user.uid}",
        to=user,
        subject="Mời sử dụng cổng thi đua chuyển đổi số tỉnh Lào Cai",
        body=(
            f"Kính gửi {user.full_name},\n\n"
            "Quản trị viên đã tạo tài khoản cho ông/bà trên cổng thi đua chuyển đổi số tỉnh Lào Cai.\n"
            f"Tên đăng nhập: {user.username}\n\n"
            "Để đặt mật khẩu lần đầu, ông/bà mở trang dưới đây và nhập địa chỉ thư điện tử này:\n"
            f"{link}\n\n"
            "Nếu thư này không dành cho ông/bà, xin bỏ qua."
        ),
    )


def invited(invitation):
    """Ask a person to act for a unit. The link opens only for him, logged in: it is no secret."""
    user, unit = invitation.user, invitation.unit
    steps = (
        "Tài khoản của ông/bà chưa có mật khẩu. Trước hết hãy đặt mật khẩu tại trang dưới đây, "
        "bằng chính địa chỉ thư điện tử này:\n"
        f"{settings.SITE_URL}{reverse('account_reset_password')}\n"
        f"Tên đăng nhập: {user.username}\n\n"
        if not user.has_usable_password()
        else ""
    )
    outbox.queue(
        key=f"invitation-{invitation.uid}-{invitation.sent}",
        to=user,
        subject=f"Mời làm việc cho {unit.name} trên cổng thi đua chuyển đổi số",
        body=(
            f"Kính gửi {user.full_name},\n\n"
            f"{invitation.invited_by.full_name} mời ông/bà làm việc cho {unit.name} với vai trò: "
            f"{invitation.role_labels}.\n\n{steps}"
            f"Để nhận lời, ông/bà đăng nhập và mở: {settings.SITE_URL}{invitation.get_absolute_url()}\n"
            f"Lời mời có hiệu lực đến {gio_ngay(localtime(invitation.expires_at))}.\n\n"
            "Nếu thư này không dành cho ông/bà, xin bỏ qua.\n"
            "Cổng thi đua chuyển đổi số tỉnh Lào Cai\n"
        ),
        still_due="units.emails.is_invitation_open",
        case_uid=invitation.uid,
        unit_uid=unit.uid,
    )


def is_invitation_open(mail) -> bool:
    """Asked just before sending: what was taken back meanwhile is not sent."""
    return Invitation.objects.open().filter(uid=mail.case_uid).exists()


def account_requested(request):
    """The requester's receipt. The code is what he looks up his request with."""
    _to_requester(
        request,
        key=f"account-requested-{request.uid}",
        subject="Đã nhận yêu cầu cấp tài khoản",
        words=(
            f"Cổng đã nhận yêu cầu cấp tài khoản của {request.name} "
            f"lúc {gio_ngay(localtime(request.submitted_at))}.\n"
            "Cơ quan thường trực xem xét và trả lời qua thư điện tử này."
        ),
    )


def account_refused(request):
    _to_requester(
        request,
        key=f"account-refused-{request.uid}",
        subject="Chưa cấp tài khoản",
        words=(
            f"Cơ quan thường trực chưa cấp tài khoản cho {request.name}.\nLý do: {request.reason}\n\n"
            "Ông/bà có thể gửi yêu cầu mới sau khi bổ sung."
        ),
    )


def account_approved(request):
    _to_requester(
        request,
        key=f"account-approved-{request.uid}",
        subject="Đã cấp tài khoản",
        words=(
            f"Cơ quan thường trực đã đồng ý cấp tài khoản cho {request.name}.\n"
            "Lời mời làm việc trên cổng được gửi trong một thư khác."
        ),
    )


def _to_requester(request, *, key, subject, words):
    lookup = settings.SITE_URL + reverse("units:request_state")
    outbox.queue(
        key=key,
        to=request.contact_email,
        subject=f"{subject}: {request.name}"[:255],
        body=(
            f"Kính gửi {request.contact_name},\n\n{words}\n\n"
            f"Mã tra cứu: {request.code}\nTra cứu tại: {lookup}\n\n"
            "Nếu thư này không dành cho ông/bà, xin bỏ qua.\n"
            "Cổng thi đua chuyển đổi số tỉnh Lào Cai\n"
        ),
        case_uid=request.uid,
    )

from django.conf import settings
from django.urls import reverse

from core import outbox


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

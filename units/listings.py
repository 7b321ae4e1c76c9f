"""What stands in the files in which units and people leave the portal."""

from core.spreadsheets.listing import Column, Listing
from units.enums import Kind, RequestState, Role

UNITS = Listing(
    "don-vi",
    "Đơn vị",
    (
        Column("Mã", "code", 14),
        Column("Tên", "name", 48),
        Column("Tên viết tắt", "abbreviation"),
        Column("Loại", "kind", 28, words=dict(Kind.choices)),
        Column("Mã đơn vị cấp trên", "parent.code", 14),
        Column("Đơn vị cấp trên", "parent.name", 40),
        Column("Có thủ tục hành chính", "has_admin_procedures", 12),
        Column("Hiệu lực từ", "valid_from", 12),
        Column("Hiệu lực đến hết", "valid_to", 12),
    ),
)
#: without the number of a household, which is its owner's identity number
ACCOUNT_REQUESTS = Listing(
    "yeu-cau-tai-khoan",
    "Yêu cầu cấp tài khoản",
    (
        Column("Loại", "kind", 20, words=dict(Kind.choices)),
        Column("Tên", "name", 48),
        Column("Mã số thuế", "tax_number", 16),
        Column("Địa bàn", "place.name", 28),
        Column("Người liên hệ", "contact_name", 30),
        Column("Thư điện tử", "contact_email", 32),
        Column("Điện thoại", "contact_phone", 16),
        Column("Gửi lúc", "submitted_at"),
        Column("Xét lúc", "decided_at"),
        Column("Trạng thái", "state", words=dict(RequestState.choices)),
    ),
)
#: one row per membership: a person of two units stands twice
PEOPLE = Listing(
    "nguoi-dung",
    "Người dùng",
    (
        Column("Họ và tên", "user.full_name", 30),
        Column("Tên đăng nhập", "user.username", 22),
        Column("Thư điện tử", "user.email", 32),
        Column("Chức vụ", "user.position", 28),
        Column("Mã đơn vị", "unit.code", 14),
        Column("Đơn vị", "unit.name", 44),
        Column("Vai trò", "role", 22, words=dict(Role.choices)),
        Column("Từ ngày", "valid_from", 12),
        Column("Đến hết ngày", "valid_to", 12),
        Column("Đang hoạt động", "user.is_active", 12),
    ),
)

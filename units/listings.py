"""What stands in the files in which units and people leave the portal."""

from core.spreadsheets.listing import Column, Listing

UNITS = Listing(
    "don-vi",
    "Đơn vị",
    (
        Column("Mã", "code", 14),
        Column("Tên", "name", 48),
        Column("Tên viết tắt", "abbreviation"),
        Column("Loại", lambda unit: unit.get_kind_display(), 28),
        Column("Mã đơn vị cấp trên", lambda unit: unit.parent.code if unit.parent else "", 14),
        Column("Đơn vị cấp trên", lambda unit: unit.parent.name if unit.parent else "", 40),
        Column("Có thủ tục hành chính", "has_admin_procedures", 12),
        Column("Hiệu lực từ", "valid_from", 12),
        Column("Hiệu lực đến hết", "valid_to", 12),
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
        Column("Vai trò", lambda membership: membership.get_role_display(), 22),
        Column("Từ ngày", "valid_from", 12),
        Column("Đến hết ngày", "valid_to", 12),
        Column("Đang hoạt động", "user.is_active", 12),
    ),
)

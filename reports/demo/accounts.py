"""The people who may log in to the demo. The login page lists them in demo mode only."""

from dataclasses import dataclass

from units.enums import Role

PASSWORD = "LaoCai@2027"


@dataclass(frozen=True)
class Account:
    """A person of the demo; `unit_code` is the code in the register, "" for the administrator."""

    username: str
    full_name: str
    position: str
    label: str
    unit: str
    unit_code: str
    role: Role | None


FILER = "Người lập hồ sơ"
ACCOUNTS = [
    Account("demo.so", "Nguyễn Thị Mẫu An (minh họa)", "Chuyên viên", FILER, "Sở Y tế", "SYT", Role.FILER),
    Account(
        "demo.so.ld",
        "Bùi Văn Mẫu Quang (minh họa)",
        "Giám đốc Sở",
        "Thủ trưởng đơn vị",
        "Sở Y tế",
        "SYT",
        Role.HEAD,
    ),
    Account(
        "demo.huyen",
        "Hoàng Văn Mẫu Bình (minh họa)",
        "Chuyên viên",
        FILER,
        "Huyện Bảo Thắng",
        "086",
        Role.FILER,
    ),
    Account("demo.xa", "Lù Thị Mẫu Chi (minh họa)", "Công chức", FILER, "Xã Gia Phú", "02923", Role.FILER),
    Account(
        "demo.dn",
        "Trần Văn Mẫu Dũng (minh họa)",
        "Phó giám đốc",
        FILER,
        "Công ty TNHH Mây Xanh (minh họa)",
        "MH0001",
        Role.FILER,
    ),
    Account(
        "demo.stttt",
        "Phạm Thị Mẫu Hà (minh họa)",
        "Chuyên viên",
        "Chuyên viên cơ quan thường trực",
        "Sở Thông tin và Truyền thông",
        "STTTT",
        Role.REVIEWER,
    ),
    Account(
        "demo.stttt.ld",
        "Vũ Văn Mẫu Khánh (minh họa)",
        "Lãnh đạo Sở",
        "Lãnh đạo cơ quan thường trực",
        "Sở Thông tin và Truyền thông",
        "STTTT",
        Role.LEAD,
    ),
    Account(
        "demo.tdkt",
        "Đỗ Thị Mẫu Lan (minh họa)",
        "Chuyên viên",
        "Chuyên viên cơ quan thi đua - khen thưởng",
        "Sở Nội vụ",
        "SNV",
        Role.REVIEWER,
    ),
    Account(
        "demo.tdkt.ld",
        "Lê Văn Mẫu Minh (minh họa)",
        "Lãnh đạo Sở",
        "Lãnh đạo cơ quan thi đua - khen thưởng",
        "Sở Nội vụ",
        "SNV",
        Role.LEAD,
    ),
    Account(
        "demo.ubnd.ld",
        "Giàng Văn Mẫu Nam (minh họa)",
        "Phó Chủ tịch Ủy ban nhân dân tỉnh",
        "Lãnh đạo Ủy ban nhân dân tỉnh",
        "Văn phòng Ủy ban nhân dân tỉnh",
        "VPUBND",
        Role.LEAD,
    ),
    Account("demo.admin", "Quản trị Mẫu (minh họa)", "Quản trị viên", "Quản trị cổng", "", "", None),
]

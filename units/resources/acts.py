"""The acts of 2024 and 2025 that changed who is who, and the day the register begins."""

from datetime import date, timedelta

#: the register knows nothing before the plan's world; an unknown beginning is this day
BEGINNING = date(2020, 1, 1)
COMMUNES_2024 = "NQ-1197-2024"
BODIES_2025 = "SAP-XEP-2025-03"
COMMUNES_2025 = "NQ-1673-2025"
ACTS = {
    COMMUNES_2024: ("Nhập xã Tà Chải vào thị trấn Bắc Hà", "1197/NQ-UBTVQH15", date(2024, 11, 1)),
    BODIES_2025: ("Sắp xếp các sở, ban, ngành của tỉnh", "Sắp xếp tổ chức bộ máy 03/2025", date(2025, 3, 1)),
    COMMUNES_2025: (
        "Sắp xếp đơn vị hành chính cấp xã, kết thúc hoạt động cấp huyện",
        "1673/NQ-UBTVQH15 (16/6/2025)",
        date(2025, 7, 1),
    ),
}
ACT_OF_DAY = {day: code for code, (_, _, day) in ACTS.items()}
ONE_DAY = timedelta(days=1)

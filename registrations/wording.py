"""Texts kept as data: which placeholders they may hold, what must not stand in them, how they are filled."""

import re
from string import Formatter

from registrations.enums import WordingUse

#: placeholder → what it stands for, as the page of the texts explains it
_COMMON = {
    "viec": "việc phải làm, ví dụ “nộp đăng ký thi đua”",
    "nam": "năm của kỳ",
    "han": "hạn cuối: giờ và ngày",
    "con_lai": "còn hay đã quá bao nhiêu ngày",
}
PLACEHOLDERS = {
    WordingUse.MAIL: {
        "don_vi": "tên đơn vị (thư gộp: tên các đơn vị)",
        **_COMMON,
        "ly_do": "vì sao đơn vị phải làm",
    },
    WordingUse.LETTER: {
        **_COMMON,
        "so_don_vi": "số đơn vị trong danh sách",
        "co_quan": "tên cơ quan ban hành công văn",
    },
}
_DAY, _MONTH = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
_LITERAL_DATES = [
    # 20/02, 20-2-2027, 20.02.2027; not 152/2025/NĐ-CP
    re.compile(rf"(?<![\d/]){_DAY}\s?[/.-]\s?{_MONTH}(?:\s?[/.-]\s?\d{{2,4}})?(?![\d]|/[A-ZĐ])"),
    re.compile(rf"(?<![\d/]){_MONTH}\s?[/-]\s?(?:19|20)\d\d(?![\d]|/[A-ZĐ])"),
    re.compile(r"(?<!\d)(?:19|20)\d\d-\d{1,2}-\d{1,2}(?!\d)"),
    re.compile(r"\b(?:ngày|mùng|mồng)\s+\d{1,2}\b", re.IGNORECASE),
    re.compile(r"\btháng\s+(?:\d{1,2}|giêng|chạp)\b(?!\s+tháng)", re.IGNORECASE),
    re.compile(r"\bnăm\s+(?:19|20)\d\d\b", re.IGNORECASE),
]


def faults_in(text: str, use: str) -> list[str]:
    """What is wrong with a text kept as data, in words; empty when it may be saved."""
    known = PLACEHOLDERS.get(use, {})
    listed = ", ".join(f"{{{name}}}" for name in known)
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        return [f"Dấu ngoặc nhọn chưa đóng hoặc thừa. Chỉ dùng ngoặc nhọn cho các chỗ điền: {listed}."]
    faults = []
    for _, name, form, conversion in parts:
        if name is not None and (name not in known or form or conversion):
            faults.append(f"Không có chỗ điền “{{{name}}}”. Các chỗ điền dùng được: {listed}.")
    # A date cut in two by a placeholder is none.
    plain = "\n".join(literal for literal, *_ in parts if literal)
    written = next((found[0] for pattern in _LITERAL_DATES if (found := pattern.search(plain))), None)
    if written:
        faults.append(
            f"“{written}” là ngày tháng viết cứng: sang kỳ khác, hay khi đơn vị được gia hạn, "
            "lời này sẽ sai. Hãy thay bằng {han}, {con_lai} hoặc {nam}; cổng điền đúng ngày của từng đơn vị."
        )
    return faults


def fill(text: str, values: dict[str, str]) -> str:
    return text.format_map(values)

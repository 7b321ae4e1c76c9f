"""Closed lists of the criteria. Plain Python, so that the engine stays free of Django."""

from enum import EnumType, StrEnum


class _WithChoices(EnumType):
    @property
    def choices(cls):
        return [(member.value, member.label) for member in cls]

    @property
    def values(cls):
        return [member.value for member in cls]


class _Labelled(StrEnum, metaclass=_WithChoices):
    """A word stored as text, with the label people read (Django's TextChoices without Django)."""

    label: str

    def __new__(cls, value, label, *_):
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class Tier(_Labelled):
    """For whom a criterion is meant (plan IV.2)."""

    PROVINCIAL = "provincial", "Cấp tỉnh"
    DISTRICT = "district", "Cấp huyện"
    COMMUNE = "commune", "Cấp xã"
    ENTERPRISE = "enterprise", "Doanh nghiệp"
    INDIVIDUAL = "individual", "Cá nhân"


class Operator(_Labelled):
    """How a figure is held against the threshold; `symbol` stands before the threshold."""

    symbol: str

    def __init__(self, value, label, symbol):
        self.symbol = symbol

    GE = "ge", "tối thiểu", "≥"
    GT = "gt", "trên", ">"
    EQ = "eq", "đủ", "="
    YES_NO = "yes_no", "có hoặc chưa có", ""
    JUDGED = "judged", "xét theo minh chứng", ""

    @property
    def is_ratio(self):
        return self in (Operator.GE, Operator.GT, Operator.EQ)


class Verdict(_Labelled):
    """What the engine says; `tone` is the colour and icon it is shown with."""

    tone: str

    def __init__(self, value, label, tone):
        self.tone = tone

    MET = "met", "Đạt", "success"
    NOT_MET = "not_met", "Chưa đạt", "danger"
    NOT_APPLICABLE = "not_applicable", "Không áp dụng", "neutral"
    MISSING = "missing", "Thiếu số liệu", "warning"
    TO_BE_JUDGED = "to_be_judged", "Chờ xét", "info"


class SetState(_Labelled):
    DRAFT = "draft", "Bản nháp"
    IN_FORCE = "in_force", "Đang áp dụng"
    SUPERSEDED = "superseded", "Đã thay thế"
    RETIRED = "retired", "Đã thôi áp dụng"


#: what everyone may read
PUBLIC_SET_STATES = [choice for choice in SetState.choices if choice[0] != SetState.DRAFT]


class Exempt(_Labelled):
    """Which units may say that a criterion does not apply to them."""

    ANY = "any", "Mọi đơn vị, khi nêu được lý do"
    NO_PROCEDURES = "no_procedures", "Chỉ đơn vị không có thủ tục hành chính"
    NONE = "none", "Không đơn vị nào"

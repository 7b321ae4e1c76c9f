"""What stands in the files that lists of this app leave as: the columns of the page, no more."""

from awards.enums import DecisionState
from core.spreadsheets.listing import Column, Listing


def dossiers(label_for) -> Listing:
    """`label_for` says the state of a dossier in the words of who reads."""
    return Listing(
        "ho-so-khen-thuong",
        "Hồ sơ khen thưởng",
        (
            Column("Mã đơn vị", "unit.code", 12),
            Column("Đơn vị đề nghị", "unit.name", 44),
            Column("Giai đoạn", lambda d: f"{d.campaign.first_year}–{d.campaign.last_year}", 12),
            Column("Số tiếp nhận", "reference"),
            Column("Số đối tượng", "nominee_count", 12),
            Column("Nộp lúc", "submitted_at"),
            Column("Trạng thái", label_for, 24),
        ),
    )


def proposals(label_for) -> Listing:
    return Listing(
        "to-trinh",
        "Tờ trình đề nghị khen thưởng",
        (
            Column("Mã", "reference"),
            Column("Tên Tờ trình", "title", 60),
            Column("Số", "number"),
            Column("Ngày ký", "signed_on", 12),
            Column("Hình thức", "form.name", 30),
            Column("Số đối tượng", "names", 12),
            Column("Chuyển trình lúc", "forwarded_at"),
            Column("Trạng thái", label_for, 28),
        ),
    )


DECISIONS = Listing(
    "quyet-dinh-khen-thuong",
    "Quyết định khen thưởng",
    (
        Column("Mã", "reference"),
        Column("Trích yếu", "title", 60),
        Column("Số", "number"),
        Column("Ngày ký", "signed_on", 12),
        Column("Người ký", "signer", 28),
        Column("Số đối tượng", "names", 12),
        Column("Công bố lúc", "published_at"),
        Column("Trạng thái", "state", 28, words=dict(DecisionState.choices)),
    ),
)

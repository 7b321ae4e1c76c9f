"""What stands in the files that lists of this app leave as: the columns of the page, no more."""

from awards.enums import AwardState, DecisionState, ExemplarState, NomineeKind
from awards.models.prize import FundEntryKind
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


QUEUE = Listing(
    "ho-so-cho-tham-dinh",
    "Hồ sơ chờ thẩm định",
    (
        Column("Mã đơn vị", "unit.code", 12),
        Column("Đơn vị đề nghị", "unit.name", 44),
        Column("Số tiếp nhận", "reference"),
        Column("Nộp lúc", "submitted_at"),
        Column("Hạn thẩm định", "due_on", 14),
        Column("Đã có kết luận", "judged", 12),
        Column("Số đối tượng", "total", 12),
        Column("Người thẩm định", lambda dossier: str(dossier.assigned_to or ""), 30),
        Column("Trạng thái", "desk_label", 24),
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

EXEMPLARS = Listing(
    "dien-hinh-tien-tien",
    "Điển hình tiên tiến",
    (
        Column("Tiêu đề", "title", 60),
        Column("Đơn vị", "unit.name", 44),
        Column("Giai đoạn", "campaign.name", 44),
        Column("Trạng thái", "state", words=dict(ExemplarState.choices)),
    ),
)

RECORDED = Listing(
    "giay-khen",
    "Giấy khen do đơn vị ghi nhận",
    (
        Column("Đơn vị", "unit.name", 44),
        Column("Số", "number"),
        Column("Ngày ký", "signed_on", 12),
        Column("Trích yếu", "title", 60),
        Column("Hình thức", "form.name", 30),
        Column("Số đối tượng", "names", 12),
        Column("Đã gỡ lúc", "cancelled_at"),
    ),
)

AWARDS = Listing(
    "khen-thuong",
    "Khen thưởng đã công bố",
    (
        Column("Mã tra cứu", "reference"),
        Column("Đối tượng", "kind", 14, words=dict(NomineeKind.choices)),
        Column("Tên", lambda award: award.printed_name, 40),
        Column("Chức vụ, đơn vị", "position", 40),
        Column("Đơn vị", "unit_name", 40),
        Column("Số Quyết định", "decision.number"),
        Column("Ngày ký", "decision.signed_on", 12),
        Column("Tiền thưởng (đồng)", "prize_amount", 16),
    ),
)

REGISTER = Listing(
    "so-bang-khen",
    "Sổ Bằng khen",
    (
        Column("Số vào sổ", lambda certificate: certificate.label, 12),
        Column("Tên", lambda certificate: certificate.award.printed_name, 40),
        Column("Đơn vị", "award.unit_name", 40),
        Column("Hình thức", "form.name", 34),
        Column("Số Quyết định", "award.decision.number"),
        Column("Ngày ký", "award.decision.signed_on", 12),
        Column("Trạng thái", "award.state", 24, words=dict(AwardState.choices)),
        Column("Ngày trao", "handed_on", 12),
        Column("Người nhận", "handed_to", 34),
        Column("Ghi chú", "handed_note", 30),
    ),
)

LEDGER = Listing(
    "so-quy",
    "Sổ quỹ thi đua, khen thưởng",
    (
        Column("Ngày", "on", 12),
        Column("Loại", "kind", 26, words=dict(FundEntryKind.choices)),
        Column("Diễn giải", "note", 60),
        Column("Số tiền (đồng)", "amount", 18),
        Column("Người ghi", "recorded_by.full_name", 28),
        Column("Ghi lúc", "recorded_at"),
    ),
)

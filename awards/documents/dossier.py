"""What a unit prints for its dossier: Tờ trình with list, extract, reports of achievement, minutes.

All are drafts for the unit to complete, sign and stamp outside the portal, and to upload again.
"""

from collections import Counter
from datetime import date

from django.conf import settings
from django.utils.timezone import localtime

from awards.checks import rule_set_of
from awards.documents.lists import (
    LIST_HEADINGS,
    annexes_of,
    bases_of,
    counts_in_words,
    in_kinds,
    list_table,
    names_of,
)
from awards.enums import KIND_ORDER, NomineeKind
from awards.receipts import RECEIPT
from core import clock
from core.documents import Band, Bullet, Column, Document, Facts, Heading, Paragraph, Seal, Signature, Table
from core.models import Event, VerificationCode
from core.templatetags.vn import gio_giay_ngay
from core.vietnamese import roman
from registrations.enums import Channel
from registrations.filings import campaign_in_words, mark
from units import house
from units.enums import Function, Paper
from units.models import UnitFunction

EXTRACT_COLUMNS = (
    Column("STT", 12, "center"),
    Column("Họ và tên; tên tập thể, hộ gia đình", 44),
    Column("Giới tính", 14, "center"),
    Column("Năm sinh", 14, "center"),
    Column("Chức vụ, đơn vị công tác", 40),
    Column("Trích ngang thành tích", 56),
)
TO_COMPLETE = "…………………………………………"
COUNT = "………"


def _nominees(dossier):
    return dossier.nominees.exclude(state="withdrawn").select_related("unit").in_order()


def _received_on(dossier) -> date | None:
    """The day whose law a dossier is under (NĐ 152/2025, Article 60.3); none while it is a draft."""
    return clock.local_date(dossier.first_submitted_at) if dossier.first_submitted_at else None


def submission(dossier, day: date) -> Document:
    """The unit's Tờ trình to the standing body, with its list as annex (plan, section IV.4)."""
    head = house.house_of(dossier.unit, day)
    body = UnitFunction.holder(Function.STANDING_BODY, day)
    names = names_of(_nominees(dossier))
    campaign = campaign_in_words(dossier.campaign)
    form = dossier.form.name
    name = house.named(dossier.unit)
    summary = [Paragraph(line) for line in dossier.summary.splitlines() if line.strip()]
    return Document(
        **head.boxes,
        symbol=f"TTr-{head.abbreviation}",
        year=day.year,
        kind="TỜ TRÌNH",
        abstract=f"Về việc đề nghị tặng {form} trong {campaign}",
        addressees=(body.name,),
        bases=bases_of(dossier.campaign, rule_set_of(dossier), _received_on(dossier) or day),
        body=(
            Paragraph(
                f"Qua tổ chức thực hiện {campaign}, {name} đã họp xét và thống nhất lựa chọn "
                "các tập thể, hộ gia đình, cá nhân tiêu biểu để đề nghị khen thưởng."
            ),
            *summary,
            Paragraph(
                f"{name} đề nghị {body.name} thẩm định, trình Chủ tịch Ủy ban nhân dân tỉnh "
                f"xem xét, tặng {form} cho {counts_in_words(names)} (có danh sách kèm theo)."
            ),
            Paragraph(
                f"{name} chịu trách nhiệm về tính chính xác của thành tích, thủ tục và hồ sơ "
                "đề nghị khen thưởng"
            ),
        ),
        signature=house.signature(dossier.unit, day),
        recipients=house.recipients(dossier.unit, Paper.SUBMISSION, day, usual=("Như trên",)),
        annexes=annexes_of(names, f"ĐỀ NGHỊ TẶNG {form.upper()}", f"Kèm theo Tờ trình của {name}"),
        mark=mark(),
    )


def extract(dossier, day: date) -> Document:
    """Trích ngang thành tích, for those of whom no full report is asked (plan, section IV.4)."""
    head = house.house_of(dossier.unit, day)
    rows, part = [], 0
    nominees = list(_nominees(dossier))
    for kind in sorted(KIND_ORDER, key=KIND_ORDER.get):
        of_kind = [nominee for nominee in nominees if nominee.kind == kind]
        if not of_kind:
            continue
        part += 1
        rows.append(Band(f"{roman(part)}. {LIST_HEADINGS[kind]}"))
        rows += [
            (
                str(number),
                f"{nominee.title} {nominee.name}".strip(),
                nominee.get_sex_display() if nominee.sex else "",
                str(nominee.birth_date.year) if nominee.birth_date else "",
                nominee.place,
                nominee.achievement,
            )
            for number, nominee in enumerate(of_kind, start=1)
        ]
    return Document(
        **head.boxes,
        year=day.year,
        kind="TRÍCH NGANG THÀNH TÍCH",
        abstract=f"Đề nghị tặng {dossier.form.name} trong {campaign_in_words(dossier.campaign)}",
        body=(Table(columns=EXTRACT_COLUMNS, rows=tuple(rows)),),
        signature=house.signature(dossier.unit, day),
        mark=mark(),
    )


def achievement_report(nominee, day: date) -> Document:
    """Báo cáo thành tích by theme (đợt thi đua hoặc chuyên đề), of a collective, household or person.

    The proposing level confirms it on the left; what the portal does not know stays open.
    """
    dossier = nominee.dossier
    person = nominee.kind == NomineeKind.INDIVIDUAL
    head = house.house_of(nominee.unit, day)
    written = getattr(nominee, "report", None)
    achieved = _lines(written.results if written and written.is_written else nominee.achievement)
    return Document(
        **head.boxes,
        year=day.year,
        kind="BÁO CÁO THÀNH TÍCH",
        abstract=f"Đề nghị tặng {dossier.form.name} trong {campaign_in_words(dossier.campaign)}",
        body=(
            Heading("I. SƠ LƯỢC LÝ LỊCH" if person else "I. SƠ LƯỢC ĐẶC ĐIỂM, TÌNH HÌNH"),
            Facts(_person(nominee) if person else _collective(nominee)),
            *(Paragraph(line) for line in _lines(written.overview if written else "")),
            Heading("II. THÀNH TÍCH ĐẠT ĐƯỢC"),
            Paragraph(
                f"Thời gian lập thành tích: từ ngày {dossier.achievement_from:%d/%m/%Y} "
                f"đến ngày {dossier.achievement_to:%d/%m/%Y}, trong {campaign_in_words(dossier.campaign)}."
            ),
            *(Paragraph(line) for line in achieved),
            *(Bullet(line) for line in _initiatives(nominee)),
            *(Paragraph(line) for line in _lines(written.influence if written else "")),
        ),
        ending="",
        signature=Signature(("NGƯỜI BÁO CÁO THÀNH TÍCH",), nominee.name)
        if person
        else house.signature(nominee.unit, day)
        if nominee.is_the_unit
        else Signature(("ĐẠI DIỆN TẬP THỂ, HỘ GIA ĐÌNH",)),
        opposite=Signature(("XÁC NHẬN CỦA", "CẤP TRÌNH", "KHEN THƯỞNG")),
        mark=mark(),
    )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _initiatives(nominee):
    for initiative in nominee.initiatives.all():
        recognised = f", được công nhận theo {initiative.recognition}" if initiative.recognition else ""
        effect = f": {initiative.effect}" if initiative.effect else ""
        yield f"Sáng kiến “{initiative.name}”{effect}{recognised}"


def _person(nominee) -> tuple[tuple[str, str], ...]:
    return (
        ("Họ và tên", nominee.name),
        ("Giới tính", nominee.get_sex_display()),
        ("Ngày sinh", f"{nominee.birth_date:%d/%m/%Y}" if nominee.birth_date else TO_COMPLETE),
        ("Quê quán", TO_COMPLETE),
        ("Nơi thường trú", TO_COMPLETE),
        ("Chức vụ, đơn vị công tác", nominee.place or nominee.unit.name),
        ("Trình độ chuyên môn", TO_COMPLETE),
    )


def _collective(nominee) -> tuple[tuple[str, str], ...]:
    return (
        ("Tên", nominee.name),
        ("Đơn vị", nominee.unit.name),
        ("Địa điểm", TO_COMPLETE),
        ("Quá trình thành lập", TO_COMPLETE),
        ("Cơ cấu tổ chức", TO_COMPLETE),
        ("Chức năng, nhiệm vụ", TO_COMPLETE),
    )


def minutes(dossier, day: date) -> Document:
    """Biên bản họp xét of the unit's own council: course and votes are filled in by hand."""
    head = house.house_of(dossier.unit, day)
    names = names_of(_nominees(dossier))
    columns = (
        Column("STT", 11, "center"),
        Column("Tên tập thể, hộ gia đình; họ và tên cá nhân", 60),
        Column("Chức vụ, đơn vị công tác", 55),
        Column("Số phiếu đồng ý", 24, "center"),
        Column("Tỷ lệ", 22, "center"),
    )
    table = list_table(names, columns=columns, last=lambda name: ("", ""))
    return Document(
        **head.boxes,
        year=day.year,
        kind="BIÊN BẢN",
        abstract=f"Họp xét đề nghị tặng {dossier.form.name} trong {campaign_in_words(dossier.campaign)}",
        body=(
            Facts(
                (
                    ("Thời gian bắt đầu", TO_COMPLETE),
                    ("Địa điểm", TO_COMPLETE),
                    ("Thành phần tham dự", TO_COMPLETE),
                    ("Chủ trì", TO_COMPLETE),
                    ("Thư ký", TO_COMPLETE),
                )
            ),
            Heading("I. NỘI DUNG"),
            Paragraph(
                "Hội nghị nghe báo cáo thành tích của các tập thể, hộ gia đình, cá nhân được giới thiệu; "
                "thảo luận và đối chiếu với tiêu chuẩn khen thưởng của phong trào."
            ),
            Heading("II. KẾT QUẢ BỎ PHIẾU"),
            Paragraph(f"Số phiếu phát ra: {COUNT}; số phiếu thu về: {COUNT}; số phiếu hợp lệ: {COUNT}."),
            table,
            Heading("III. KẾT LUẬN"),
            Paragraph(
                f"Hội nghị thống nhất đề nghị tặng {dossier.form.name} cho {counts_in_words(names)} "
                "có tên nêu trên."
            ),
            Paragraph(f"Cuộc họp kết thúc vào hồi {COUNT} giờ {COUNT}, biên bản đã được đọc và thông qua"),
        ),
        ending="./.",
        opposite=Signature(("THƯ KÝ",)),
        signature=Signature(("CHỦ TRÌ",)),
        recipients=house.recipients(dossier.unit, Paper.MINUTES, day, usual=()),
        mark=mark(),
    )


def receipt(submission, day: date) -> Document:
    """Giấy tiếp nhận hồ sơ: what was received, from whom, when; made by the portal, signed by no one."""
    dossier = submission.dossier
    at = clock.local_date(submission.submitted_at)
    body = UnitFunction.holder(Function.STANDING_BODY, at)
    snapshot = submission.snapshot
    counts = Counter(nominee["kind"] for nominee in snapshot["nominees"])
    code = VerificationCode.objects.get(kind=RECEIPT, object_uid=submission.uid)
    address = f"{settings.SITE_URL}{code.get_absolute_url()}"
    return Document(
        **house.house_of(body, at).boxes,
        number=dossier.reference,
        day=at,
        kind="GIẤY TIẾP NHẬN",
        abstract="Hồ sơ đề nghị khen thưởng",
        body=(
            Facts(
                (
                    ("Số tiếp nhận", dossier.reference),
                    ("Đơn vị đề nghị", dossier.unit.name),
                    ("Hình thức đề nghị", dossier.form.name),
                    ("Phong trào", dossier.campaign.name),
                    ("Lần nộp", str(submission.number)),
                    *_received(submission),
                    ("Người nộp", str(submission.submitted_by)),
                    ("Đối tượng đề nghị", in_kinds(counts)),
                    ("Số giấy tờ", f"{len(snapshot['documents']):02d} tệp"),
                    ("Quy định áp dụng", dossier.rule_set.name),
                    ("Hẹn trả kết quả thẩm định", f"{submission.appointment_on:%d/%m/%Y}"),
                    ("Mã băm SHA-256", submission.sha256),
                )
            ),
            Paragraph(
                "Cổng giữ nguyên nội dung của lần nộp này. Mã băm cho phép chứng minh nội dung không bị sửa. "
                "Giấy này do cổng lập tự động; ai cũng kiểm tra được bằng mã xác minh dưới đây."
            ),
            Seal(address, (f"Mã xác minh: {code.code}", f"Kiểm tra tại: {address}")),
        ),
        mark=mark(),
    )


def _received(submission) -> tuple[tuple[str, str], ...]:
    instant = gio_giay_ngay(localtime(submission.submitted_at))
    if submission.channel == Channel.PORTAL:
        return (("Thời điểm nhận", instant),)
    return (
        ("Hình thức nộp", f"{submission.get_channel_display()}, số {submission.paper_number}"),
        ("Ngày nhận hồ sơ giấy", f"{submission.received_on:%d/%m/%Y}"),
        ("Nhập vào cổng lúc", instant),
    )


def refusal_letter(dossier, day: date) -> Document:
    """Công văn trả hồ sơ: the ground and reason as the lead wrote them (NĐ 152/2025, Article 35.4)."""
    body = UnitFunction.holder(Function.STANDING_BODY, day)
    head = house.house_of(body, day)
    return Document(
        **head.boxes,
        symbol=head.abbreviation,
        year=day.year,
        kind="",
        abstract=f"V/v trả hồ sơ khen thưởng số {dossier.reference}",
        addressees=(house.named(dossier.unit),),
        body=(
            Paragraph(
                f"Ngày {clock.local_date(dossier.submitted_at):%d/%m/%Y}, {body.name} nhận được hồ sơ "
                f"đề nghị khen thưởng của {house.named(dossier.unit)} (số tiếp nhận {dossier.reference}). "
                f"Sau khi xem xét, {body.name} trả lại hồ sơ vì lý do và căn cứ sau:"
            ),
            *(Bullet(line) for line in _said_by(dossier, "reject")),
            Paragraph(f"{body.name} thông báo để {house.named(dossier.unit)} biết, thực hiện"),
        ),
        signature=house.signature(body, day),
        recipients=house.recipients(body, Paper.LETTER, day, usual=("Như trên",)),
        mark=mark(),
    )


def _said_by(dossier, act: str) -> list[str]:
    """The lines of the comment of the last such act; dots where its payload has been erased."""
    event = Event.objects.filter(case_uid=dossier.uid, act=act).select_related("payload").last()
    payload = getattr(event, "payload", None)
    lines = [line.strip(" -") for line in payload.comment.splitlines()] if payload else [TO_COMPLETE]
    return [line for line in lines if line]


def supplement_letter_of(dossier, day: date) -> Document:
    """The letter of the last request, item by item."""
    asked = dossier.supplement_requests.last()
    items = [
        f"{item.nominee.name}: {item.text}" if item.nominee else item.text
        for item in asked.items.select_related("nominee")
    ]
    return supplement_letter(dossier, items, asked.due_on, day)


def supplement_letter(dossier, items: list[str], due: date, day: date) -> Document:
    """Công văn trả hồ sơ: what to add, item by item, and until when."""
    body = UnitFunction.holder(Function.STANDING_BODY, day)
    head = house.house_of(body, day)
    return Document(
        **head.boxes,
        symbol=head.abbreviation,
        year=day.year,
        kind="",
        abstract=f"V/v bổ sung hồ sơ khen thưởng số {dossier.reference}",
        addressees=(house.named(dossier.unit),),
        body=(
            Paragraph(
                f"Ngày {clock.local_date(dossier.submitted_at):%d/%m/%Y}, {body.name} nhận được hồ sơ "
                f"đề nghị khen thưởng của {house.named(dossier.unit)} (số tiếp nhận {dossier.reference}). "
                f"Qua thẩm định, {body.name} đề nghị bổ sung các nội dung sau:"
            ),
            *(Bullet(item) for item in items),
            Paragraph(
                f"Đề nghị {house.named(dossier.unit)} gửi nội dung bổ sung chậm nhất ngày {due:%d/%m/%Y}. "
                "Thời gian chờ bổ sung không tính vào thời hạn thẩm định"
            ),
        ),
        signature=house.signature(body, day),
        recipients=house.recipients(body, Paper.LETTER, day, usual=("Như trên",)),
        mark=mark(),
    )

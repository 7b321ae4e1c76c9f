"""What each printed document of the movement says; the layout is `core.documents`."""

from django.conf import settings
from django.utils.timezone import localtime

from core import clock
from core.documents import (
    Annex,
    Band,
    Bullet,
    Column,
    Document,
    Facts,
    Heading,
    Paragraph,
    Seal,
    Signature,
    Table,
)
from core.models import VerificationCode
from core.templatetags.vn import gio_giay_ngay, ngay
from core.vietnamese import roman
from registrations.emails import WHAT_TO_DO
from registrations.enums import TeamRole
from registrations.models import Inspection, RegistrationVersion, ReminderLetter, Visit
from registrations.verification import RECEIPT
from registrations.workflow.letter import words_of
from units import house
from units.enums import Function, Paper
from units.models import UnitFunction

DEMO_MARK = "DỮ LIỆU MINH HOẠ"
URGED = (Column("STT", 12, "center"), Column("Đơn vị", 120), Column("Hạn cuối", 38, "center"))


def receipt(document) -> Document:
    """The receipt of one filing, with the code by which anyone can check it."""
    version = RegistrationVersion.objects.select_related(
        "registration__unit", "registration__period", "filed_by"
    ).get(uid=document.object_uid)
    registration = version.registration
    code = VerificationCode.objects.get(kind=RECEIPT, object_uid=version.uid)
    day = clock.local_date(version.filed_at)
    body = UnitFunction.holder(Function.STANDING_BODY, day)
    address = f"{settings.SITE_URL}{code.get_absolute_url()}"
    return Document(
        parent_body="UBND TỈNH LÀO CAI",
        issuing_body=body.name.upper() if body else "CƠ QUAN THƯỜNG TRỰC PHONG TRÀO",
        number=registration.reference,
        day=day,
        place="Lào Cai",
        kind="GIẤY TIẾP NHẬN",
        abstract=f"Đăng ký thi đua chuyển đổi số năm {registration.period.year}",
        body=(
            Facts(tuple(_facts(version))),
            Paragraph(
                "Cổng giữ nguyên nội dung của lần nộp này. Mã băm cho phép chứng minh nội dung không bị sửa. "
                "Giấy này do cổng lập tự động; ai cũng kiểm tra được bằng mã xác minh dưới đây."
            ),
            Seal(address, (f"Mã xác minh: {code.code}", f"Kiểm tra tại: {address}")),
        ),
        mark=DEMO_MARK if settings.DEMO_MODE else "",
    )


def reminder_letter(document) -> Document:
    """A letter that urges units, with their list; number, day and signature are left to the clerk."""
    letter = ReminderLetter.objects.select_related("period", "unit").get(uid=document.object_uid)
    rows = list(letter.rows.select_related("obligation__unit"))
    abstract, paragraphs = words_of(letter, len(rows))
    day = clock.today()
    return Document(
        **house.house_of(letter.unit, day).boxes,
        symbol=house.house_of(letter.unit, day).abbreviation,
        year=day.year,
        kind="",
        abstract=abstract,
        addressees=("Các cơ quan, đơn vị, địa phương có tên trong danh sách kèm theo",),
        body=tuple(Paragraph(paragraph) for paragraph in paragraphs),
        signature=house.signature(letter.unit, day),
        recipients=house.recipients(letter.unit, Paper.LETTER, day, usual=("Như trên",)),
        annexes=(
            Annex(
                f"DANH SÁCH ĐƠN VỊ CHƯA {WHAT_TO_DO[letter.kind].upper()}",
                (Table(columns=URGED, rows=tuple(_urged(n, row) for n, row in enumerate(rows, start=1))),),
                caption=f"Kèm theo Công văn của {letter.unit.name}",
            ),
        ),
        mark=DEMO_MARK if settings.DEMO_MODE else "",
    )


def _urged(number, row) -> tuple[str, ...]:
    return str(number), row.obligation.unit.name, ngay(row.obligation.due)


def _facts(version):
    registration = version.registration
    instant = gio_giay_ngay(localtime(version.filed_at))
    yield "Số tiếp nhận", registration.reference
    yield "Đơn vị", registration.unit.name
    yield "Nội dung", f"Đăng ký thi đua năm {registration.period.year}, lần nộp thứ {version.number}"
    if version.is_on_paper:
        yield "Hình thức nộp", f"{version.get_channel_display()}, bản giấy do cơ quan thường trực nhập"
        yield "Số văn bản đến", version.paper_number
        yield "Ngày nhận văn bản", ngay(version.received_on)
        yield "Nhập vào cổng lúc", instant
        yield "Người nhập", str(version.filed_by)
    else:
        yield "Thời điểm nhận", instant
        yield "Người nộp", str(version.filed_by)
        if registration.through:
            yield "Nộp qua", registration.through.name
    yield "Thời hạn", "Nộp muộn" if version.is_late else "Đúng hạn"
    yield "Mã băm SHA-256", version.sha256


FOUND = (
    Column("STT", 12, "center"),
    Column("Tiêu chí", 34),
    Column("Phát hiện", 62),
    Column("Yêu cầu khắc phục", 48),
    Column("Hạn, tình trạng", 30),
)


def inspection_report(document) -> Document:
    """What an inspection found, unit by unit; number, day and signature are left to the clerk."""
    inspection = Inspection.objects.select_related("period__campaign").get(uid=document.object_uid)
    day = clock.today()
    body = UnitFunction.holder(Function.STANDING_BODY, day)
    head = house.house_of(body, day)
    visits = list(inspection.visits.select_related("unit").order_by("on", "pk"))
    visited = "; ".join(f"{visit.unit.name} (ngày {ngay(visit.on)})" for visit in visits)
    combined = f", lồng ghép với {inspection.combined_with}" if inspection.combined_with else ""
    return Document(
        **head.boxes,
        symbol=f"BC-{head.abbreviation}",
        year=day.year,
        kind="BÁO CÁO",
        abstract=f"Kết quả {inspection.name[:1].lower()}{inspection.name[1:]}",
        addressees=("Ủy ban nhân dân tỉnh Lào Cai",),
        body=(
            *_decided(inspection),
            Heading("I. QUÁ TRÌNH KIỂM TRA"),
            Paragraph(
                f"Đoàn làm việc từ ngày {ngay(inspection.starts_on)} đến ngày "
                f"{ngay(inspection.ends_on)}{combined}. Đơn vị được kiểm tra: {visited}."
            ),
            Paragraph("Thành phần đoàn kiểm tra:"),
            *_team(inspection),
            Heading("II. KẾT QUẢ TẠI CÁC ĐƠN VỊ"),
            *_in_words(visits),
            Heading("III. ĐÁNH GIÁ CHUNG"),
            *_paragraphs(inspection.conclusion or "Chưa ghi."),
            Paragraph("Các phát hiện, yêu cầu và tình trạng khắc phục nêu tại phụ lục kèm theo"),
        ),
        signature=house.signature(body, day),
        recipients=house.recipients(body, Paper.REPORT, day, usual=("Như trên",)),
        annexes=(Annex("CÁC PHÁT HIỆN VÀ TÌNH TRẠNG KHẮC PHỤC", (_findings_table(visits),)),),
        mark=DEMO_MARK if settings.DEMO_MODE else "",
    )


def inspection_minutes(document) -> Document:
    """The minutes of one visit, to be signed by the head of the team and by the unit."""
    visit = Visit.objects.select_related("inspection__period__campaign", "unit").get(uid=document.object_uid)
    inspection = visit.inspection
    head = house.house_of(UnitFunction.holder(Function.STANDING_BODY, visit.on), visit.on)
    leader = inspection.members.filter(role=TeamRole.HEAD).first()
    return Document(
        **head.boxes,
        day=visit.on,
        kind="BIÊN BẢN",
        abstract=f"Kiểm tra phong trào thi đua chuyển đổi số tại {visit.unit.name}",
        body=(
            *_decided(inspection),
            Paragraph(
                f"Ngày {ngay(visit.on)}, tại {visit.place}, đoàn kiểm tra làm việc với {visit.unit.name}."
            ),
            Heading("I. THÀNH PHẦN"),
            Heading("1. Đoàn kiểm tra", level=2),
            *_team(inspection),
            Heading("2. Đại diện đơn vị", level=2),
            *_bullets(visit.representatives or "Chưa ghi"),
            Heading("II. NHẬN XÉT CHUNG"),
            *_paragraphs(visit.summary or "Chưa ghi."),
            Heading("III. CÁC PHÁT HIỆN"),
            _findings_table([visit], with_bands=False),
            Paragraph("Biên bản được lập thành hai bản, mỗi bên giữ một bản"),
        ),
        signature=Signature(("TRƯỞNG ĐOÀN",), leader.name if leader else ""),
        opposite=Signature(("ĐẠI DIỆN ĐƠN VỊ",)),
        recipients=house.recipients(None, Paper.MINUTES, visit.on, usual=(visit.unit.name,)),
        mark=DEMO_MARK if settings.DEMO_MODE else "",
    )


def _decided(inspection):
    if inspection.decision_number:
        number, day = inspection.decision_number, ngay(inspection.decision_on)
        yield Paragraph(f"Thực hiện Quyết định số {number} ngày {day} về việc thành lập đoàn kiểm tra.")


def _team(inspection):
    for member in inspection.members.select_related("unit").order_by("pk"):
        place = ", ".join(filter(None, [member.position, member.unit.name]))
        yield Bullet(f"{member.name}, {place}: {member.get_role_display().lower()}")


def _in_words(visits):
    for number, visit in enumerate(visits, start=1):
        yield Heading(f"{number}. {visit.unit.name}", level=2)
        yield from _paragraphs(visit.summary or "Chưa ghi nhận xét.")


def _paragraphs(text):
    return [Paragraph(line) for line in text.splitlines() if line.strip()]


def _bullets(text):
    return [Bullet(line.strip().rstrip(";.")) for line in text.splitlines() if line.strip()]


def _findings_table(visits, *, with_bands=True) -> Table:
    rows = []
    for place, visit in enumerate(visits, start=1):
        if with_bands:
            rows.append(Band(f"{roman(place)}. {visit.unit.name}"))
        for number, found in enumerate(visit.findings.select_related("criterion").order_by("pk"), start=1):
            due = f"{ngay(found.due)}. " if found.due else ""
            rows.append(
                (
                    str(number),
                    found.criterion.name if found.criterion else found.get_kind_display(),
                    found.text,
                    found.remedy or "–",
                    f"{due}{found.label}",
                )
            )
    return Table(columns=FOUND, rows=tuple(rows))

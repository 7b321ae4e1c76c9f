"""The whole path in a real browser: from a unit's draft to the award the public reads.

Each role logs in as itself and uses the pages a person would; a real worker renders the Tờ trình.
"""

import io
import re
from datetime import date

import pdfplumber
import pytest
from django.core.management import call_command
from django.db.backends.postgresql.psycopg_any import DateRange

from awards.models import Award, Dossier, Proposal
from core.models import Document, File
from registrations.models import Registration, Report
from registrations.schedule import oblige_open_periods
from tests.factories import PASSWORD, MembershipFactory, UnitFunctionFactory, UserFactory
from tests.filers import files_in
from tests.papers import pdf
from tests.workers import worker
from units.enums import Function, Role
from units.models import LegalBasis, Unit

pytestmark = pytest.mark.django_db(transaction=True)

LONGEST_NAME = "Nguyễn Phúc Hoàng Trường Giang Thị Thùy Dương Tôn Nữ Quỳnh Ái"
PAPER = {"name": "to-trinh-da-ky.pdf", "mimeType": "application/pdf", "buffer": pdf()}


@pytest.fixture
def world(settings, tmp_path):
    """Lào Cai's units, criteria, campaigns and regime as shipped, and six people."""
    files_in(settings, tmp_path)
    for command in ("import_units", "import_criteria", "import_campaigns", "import_regime"):
        call_command(command, verbosity=0)
    # The story is played today, whatever the law of today.
    LegalBasis.objects.update(validity=DateRange(None, None))
    health, dic, dha = (Unit.objects.get(code=code) for code in ("SYT", "STTTT", "SNV"))
    UnitFunctionFactory(unit=dic, function=Function.STANDING_BODY)
    UnitFunctionFactory(unit=dha, function=Function.COMMENDATION_BODY)
    for username, unit, role in (
        ("nguoi.lap", health, Role.FILER),
        ("tham.dinh", dic, Role.REVIEWER),
        ("lanh.dao", dic, Role.LEAD),
        ("xet.duyet", dha, Role.REVIEWER),
        ("truong.ban", dha, Role.LEAD),
    ):
        MembershipFactory(unit=unit, role=role, user=UserFactory(username=username))
    oblige_open_periods()
    return health


def act(page, summary, **fields):
    """Open the act with this label, fill it in and send it."""
    opened = page.locator(
        "details.act", has=page.locator("summary", has_text=re.compile(rf"^\s*{summary}\s*$"))
    )
    opened.locator("summary").click()
    for label, value in fields.items():
        opened.get_by_label(label).fill(value)
    send(page, opened.locator("form button").last)


def send(page, button):
    """Click, say yes if the page asks once more, and wait for the page that answers."""
    with page.expect_navigation():
        button.click()
        question = page.locator("dialog[open]")
        if question.count():
            question.locator("button[value=yes]").click()


def file_a_registration(filer):
    page = filer.page
    page.get_by_role("button", name=re.compile("Bắt đầu.*Đăng ký thi đua")).click()
    page.get_by_label("Người liên hệ").fill("Trần Thị Mẫu")
    page.get_by_label("Mục tiêu thi đua").fill("Số hóa toàn bộ hồ sơ công việc của Sở trong năm.")
    page.get_by_label("Hồ sơ công việc xử lý trên môi trường mạng").fill("98 %")
    task = page.get_by_role("group", name="Nhiệm vụ 1")
    task.get_by_label("Tên nhiệm vụ").fill("Triển khai bệnh án điện tử")
    task.get_by_label("Sản phẩm cụ thể").fill("3 bệnh viện dùng bệnh án điện tử")
    task.get_by_label("Thời hạn").fill("20/02/2027")
    page.get_by_label("Kế hoạch đã ký (PDF)").set_input_files(
        {"name": "ke-hoach.pdf", "mimeType": "application/pdf", "buffer": b"MZ\x90\x00 this is a program"}
    )
    page.get_by_role("button", name="Lưu và xem trước").click()
    # The wrong file is refused in words, and nothing typed is lost.
    assert "không phải là tệp PDF" in page.locator("main").inner_text()
    assert page.get_by_label("Người liên hệ").input_value() == "Trần Thị Mẫu"
    page.get_by_label("Kế hoạch đã ký (PDF)").set_input_files(PAPER)
    page.get_by_role("button", name="Lưu và xem trước").click()
    page.get_by_role("button", name="Nộp đăng ký").click()
    page.wait_for_url("**/bien-nhan/1/")
    registration = Registration.objects.get()
    assert registration.reference in page.locator("main").inner_text()
    assert registration.tasks.get().due == date(2027, 2, 20)
    return registration


def report_figures(filer):
    page = filer.page
    filer.go("/bao-cao/")
    page.get_by_role("button", name=re.compile("^Bắt đầu báo cáo")).last.click()
    report = Report.objects.get()
    for figure in report.figures.select_related("criterion"):
        section = page.locator(f"#id_c{figure.criterion_id}")
        numbers = section.locator('input[inputmode="numeric"]')
        if figure.criterion.code == "PROV-2":
            numbers.nth(0).fill("1.900")
            numbers.nth(1).fill("2.000")
        elif figure.criterion.code == "PROV-3":
            numbers.nth(0).fill("90")
            numbers.nth(1).fill("100")
        else:
            numbers.nth(0).fill("100")
            numbers.nth(1).fill("100")
    page.get_by_label("Kết quả nổi bật").fill("Toàn bộ hồ sơ công việc đã chuyển lên mạng.")
    page.get_by_role("button", name="Lưu nháp").click()
    told = page.locator("main").inner_text()
    assert "95,00 % = 1.900/2.000, cần ≥ 95 %: đạt" in told
    assert "90,00 % = 90/100, cần > 90 %: chưa đạt, còn thiếu 1 báo cáo" in told
    page.get_by_role("button", name="Lưu và xem trước").click()
    send(page, page.get_by_role("button", name="Nộp báo cáo"))
    report.refresh_from_db()
    assert report.state == "submitted"
    return report


def verify(reviewer, report):
    """One by one: figures without evidence are not accepted in a bunch."""
    for figure in report.figures.select_related("criterion"):
        reviewer.go(f"/tham-dinh/{report.uid}/")
        form = reviewer.page.locator(f"#{figure.criterion.code} form")
        form.get_by_role("radio", name="Chấp nhận", exact=True).check()
        send(reviewer.page, form.get_by_role("button", name=re.compile("^Ghi kết luận")))
    reviewer.go(f"/tham-dinh/{report.uid}/")
    send(reviewer.page, reviewer.page.get_by_role("button", name="Hoàn tất thẩm định"))


def open_a_form(lead):
    """Outside the year of the final review, dossiers are taken while the standing body has them open."""
    page = lead.page
    lead.go("/dot-nhan-ho-so/")
    page.locator("details.act summary").click()
    page.get_by_label("Nhận hồ sơ từ ngày").fill("01/01/2020")
    page.get_by_label("Đến hết ngày").fill("31/12/2099")
    page.get_by_label("Căn cứ").fill("Công văn minh họa của UBND tỉnh")
    send(page, page.get_by_role("button", name="Mở đợt nhận hồ sơ"))


def submit_a_dossier(filer):
    page = filer.page
    filer.go("/ho-so/")
    act(page, "Lập hồ sơ")
    page.get_by_role("link", name="Thêm đối tượng").click()
    page.get_by_role("radio", name="Tập thể").check()
    page.get_by_label("Họ tên hoặc tên tập thể, hộ gia đình").fill("Phòng Nghiệp vụ Y, Sở Y tế")
    page.get_by_label("Tóm tắt thành tích").fill("Chủ trì đưa bệnh án điện tử vào 3 bệnh viện.")
    page.get_by_label("Báo cáo thành tích (PDF)").set_input_files(PAPER)
    page.get_by_label("Báo cáo tải lên có xác nhận của cấp trình khen thưởng").check()
    page.get_by_role("button", name="Lưu đối tượng").click()
    page.get_by_role("link", name="Thêm đối tượng").click()
    page.get_by_role("radio", name="Cá nhân").check()
    page.get_by_label("Họ tên hoặc tên tập thể, hộ gia đình").fill(LONGEST_NAME)
    page.get_by_label("Danh xưng (chỉ với cá nhân)").select_option(label="Bà")
    page.get_by_label("Chức vụ, nơi công tác, nơi ở hoặc địa chỉ").fill(
        "Trưởng phòng Kế hoạch - Tài chính, Sở Y tế"
    )
    page.get_by_label("Tóm tắt thành tích").fill("Sáng kiến kết nối dữ liệu khám bệnh toàn tỉnh.")
    page.get_by_role("button", name="Lưu đối tượng").click()
    page.get_by_label("Tóm tắt đề nghị").fill("Đề nghị tặng Bằng khen cho 1 tập thể, 1 cá nhân.")
    for paper in ("Tờ trình đề nghị khen thưởng (đã ký)", "Biên bản họp xét khen thưởng"):
        page.get_by_label("Loại giấy tờ").select_option(label=paper)
        page.get_by_label("Tệp PDF").set_input_files(PAPER)
        send(page, page.get_by_role("button", name="Lưu", exact=True))
    page.get_by_role("link", name="Xem trước và nộp").first.click()
    page.get_by_role("button", name="Nộp hồ sơ").click()
    page.wait_for_url("**/bien-nhan/1/")
    dossier = Dossier.objects.get()
    assert dossier.reference in page.locator("main").inner_text()
    return dossier


def appraise(reviewer, dossier):
    page = reviewer.page
    reviewer.go(dossier.get_absolute_url())
    for nominee in dossier.nominees.all():
        card = page.locator(f"#id_n{nominee.uid}")
        card.locator("summary").click()
        card.get_by_label("Đề nghị khen thưởng", exact=True).check()
        send(page, card.get_by_role("button", name="Ghi kết luận"))
    act(page, "Hoàn thành thẩm định")
    dossier.refresh_from_db()
    assert dossier.state == "appraised"


def propose(reviewer, lead):
    page = reviewer.page
    reviewer.go("/to-trinh/")
    act(page, "Lập Tờ trình", **{"Tên Tờ trình": "Đề nghị tặng Bằng khen phong trào chuyển đổi số"})
    proposal = Proposal.objects.get()
    reviewer.go(f"{proposal.get_absolute_url()}chon/")
    send(page, page.get_by_role("button", name="Đưa vào danh sách"))
    reviewer.go(proposal.get_absolute_url())
    act(page, "Chốt danh sách")
    # The page itself says, without being loaded again, when the worker is done.
    page.get_by_role("link", name=re.compile("Tải bộ Tờ trình")).wait_for(timeout=60_000)
    act_sign(page, "Ghi nhận đã ký", number="12/TTr-STTTT", signer="Lê Văn Mẫu")
    lead.go(proposal.get_absolute_url())
    act(lead.page, "Chuyển trình")
    proposal.refresh_from_db()
    assert proposal.state == "forwarded"
    return proposal


def act_sign(page, summary, *, number, signer, day=None):
    opened = page.locator("details.act", has=page.locator("summary", has_text=summary))
    opened.locator("summary").click()
    opened.locator("input[name$=number]").fill(number)
    opened.locator("input[name$=signed_on]").fill(f"{day or date.today():%d/%m/%Y}")
    opened.locator("input[name$=signer]").fill(signer)
    opened.locator("input[type=file]").set_input_files(PAPER)
    send(page, opened.locator("form button").last)


def approve(reviewer, lead, proposal):
    page = reviewer.page
    reviewer.go(proposal.get_absolute_url())
    for nominee in proposal.nominees.all():
        send(page, page.get_by_role("button", name=re.compile(f"^Đồng ý\\s+với {nominee.name}")))
    lead.go(proposal.get_absolute_url())
    act(lead.page, "Duyệt danh sách")
    proposal.refresh_from_db()
    assert proposal.state == "approved"


def decide(reviewer, lead, proposal):
    page = reviewer.page
    reviewer.go("/quyet-dinh-khen-thuong/")
    opened = page.locator("details.act", has=page.locator("summary", has_text="Lập dự thảo"))
    opened.locator("summary").click()
    opened.get_by_label("Trích yếu").fill("Tặng Bằng khen trong phong trào thi đua chuyển đổi số")
    send(page, opened.get_by_role("button", name="Lập dự thảo"))
    decision = proposal.decisions.get()
    reviewer.go(decision.get_absolute_url())
    act(page, "Trình ký")
    act_sign(page, "Ghi nhận ban hành", number="4321/QĐ-UBND", signer="Trần Văn Mẫu")
    return decision


def read_package(proposal):
    document = Document.objects.get(object_uid=proposal.uid, format="pdf")
    assert (document.state, document.error) == ("ready", "")
    return document


def test_from_a_draft_to_the_award_everyone_reads(world, person, tmp_path, client):
    filer = person().log_in("nguoi.lap", PASSWORD)
    reviewer = person().log_in("tham.dinh", PASSWORD)
    lead = person().log_in("lanh.dao", PASSWORD)
    dha = person().log_in("xet.duyet", PASSWORD)
    dha_lead = person().log_in("truong.ban", PASSWORD)

    registration = file_a_registration(filer)
    reviewer.go(registration.get_absolute_url())
    act(reviewer.page, "Xác nhận")
    registration.refresh_from_db()
    assert registration.state == "confirmed"

    report = report_figures(filer)
    verify(reviewer, report)
    report.refresh_from_db()
    assert report.state == "verified"

    open_a_form(lead)
    dossier = submit_a_dossier(filer)
    appraise(reviewer, dossier)
    with worker(tmp_path):
        proposal = propose(reviewer, lead)
    document = read_package(proposal)
    with pdfplumber.open(io.BytesIO((tmp_path / "files" / document.file.path).read_bytes())) as printed:
        words = " ".join(page.extract_text() for page in printed.pages)
        fonts = {char["fontname"].split("+")[-1] for page in printed.pages for char in page.chars}
    assert "TỜ TRÌNH" in words
    assert LONGEST_NAME.split()[0] in words
    assert {font.split("-")[0] for font in fonts} == {"Tinos"}

    # Before publication nobody outside sees a name, by page or by API.
    visitor = person()
    visitor.go("/ket-qua/?q=nguyen phuc hoang")
    assert "Không tìm thấy kết quả" in visitor.page.locator("main").inner_text()
    approve(dha, dha_lead, proposal)
    decision = decide(dha, dha_lead, proposal)
    assert client.get("/api/v1/results/").json() == {"results": [], "next": None}

    dha_lead.go(decision.get_absolute_url())
    act(dha_lead.page, "Công bố")
    decision.refresh_from_db()
    assert decision.state == "published"

    visitor.go("/")
    visitor.page.get_by_label("Tìm kết quả khen thưởng").fill("nguyen phuc hoang")
    visitor.page.get_by_role("button", name="Tìm").click()
    visitor.page.get_by_role("link", name=f"Bà {LONGEST_NAME}").click()
    assert "4321/QĐ-UBND" in visitor.page.locator("main").inner_text()

    awards = {award.name: award for award in Award.objects.all()}
    rows = client.get("/api/v1/results/").json()["results"]
    assert {(row["name"], row["reference"], row["state"]) for row in rows} == {
        (name, award.reference, "valid") for name, award in awards.items()
    }
    assert set(awards) == {"Phòng Nghiệp vụ Y, Sở Y tế", LONGEST_NAME}
    assert File.objects.filter(size=0).count() == 0

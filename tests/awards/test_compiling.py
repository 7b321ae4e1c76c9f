"""What a unit and a clerk compile: lists from Excel, reports, initiatives, supplements, paper, Giấy khen."""

import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from awards.models import (
    Dossier,
    FormOpening,
    Hold,
    Nominee,
    NomineeInitiative,
    RecordedAward,
    RecordedDecision,
    SupplementItem,
    SupplementRequest,
)
from awards.workflow import dossier as submitting
from awards.workflow import proposal as proposing
from core import clock, identity
from core.models import Event, OutboxMail, VerificationCode
from tests.awards.test_permissions import counts
from tests.factories import UnitFactory
from tests.factories_awards import (
    a_campaign,
    a_collective,
    a_decision,
    a_draft,
    a_forwarded_proposal,
    a_full_draft,
    a_proposal,
    a_submitted_dossier,
    an_appraised_dossier,
    an_individual,
    fill,
    signed,
    the_form,
)
from tests.factories_registrations import HANOI, a_pdf
from tests.registrations.pages import form_with
from units import house

# Excel


def template(client, dossier):
    answer = client.get(f"/ho-so/{dossier.uid}/doi-tuong/mau/")
    return load_workbook(io.BytesIO(b"".join(answer)))


def upload(client, dossier, book):
    file = io.BytesIO()
    book.save(file)
    file = SimpleUploadedFile("danh-sach.xlsx", file.getvalue())
    return client.post(f"/ho-so/{dossier.uid}/doi-tuong/nhap/", {"file": file})


def confirm(client, dossier, preview):
    return client.post(f"/ho-so/{dossier.uid}/doi-tuong/nhap/", form_with(preview, "token"))


def write(sheet, rows):
    """Put `rows` (heading → value) under what the template holds; the example row is written over."""
    headings = {cell.value.removesuffix(" *"): cell.column for cell in sheet[1]}
    last = max((c.row for c in sheet["A"] if c.value and not str(c.value).startswith("VÍ DỤ")), default=1)
    for offset, row in enumerate(rows, start=1):
        for column in headings.values():
            sheet.cell(last + offset, column).value = None
        for heading, value in row.items():
            sheet.cell(last + offset, headings[heading]).value = value


def people(count, unit):
    return [
        {
            "Họ và tên": f"Nguyễn Văn Thứ {number}",
            "Ông/Bà": "Ông",
            "Ngày sinh": f"01/02/19{50 + number % 50}",
            "Số CCCD": f"0100800{number:05d}",
            "Chức vụ, nơi công tác": "Công chức",
            "Đơn vị": unit.name,
            "Tóm tắt thành tích": "Số hóa hồ sơ.",
        }
        for number in range(count)
    ]


def test_three_hundred_from_excel_previewed_written_and_paged(world, enter, django_assert_max_num_queries):
    dossier = a_draft(world.unit, world.filer)
    client = enter(world.filer)
    book = template(client, dossier)
    assert book.sheetnames[:3] == ["Tập thể", "Hộ gia đình", "Cá nhân"]
    write(book["Cá nhân"], people(298, world.unit))
    part = {"Tên": "Văn phòng", "Tập thể là": "Một bộ phận của đơn vị", "Tóm tắt thành tích": "Tốt."}
    firm = {
        "Tên": "Công ty Mẫu",
        "Tập thể là": "Doanh nghiệp chưa có tài khoản",
        "Mã số thuế": "5300000017",
        "Địa chỉ hoặc nơi công tác": "Thôn 1",
        "Số người": 10,
        "Trong đó nữ": 7,
        "Tóm tắt thành tích": "Bán hàng trên sàn.",
    }
    write(book["Tập thể"], [part, firm])
    with django_assert_max_num_queries(60):
        preview = upload(client, dossier, book)
    assert preview.status_code == 200, preview.context["faults"]
    assert preview.context["plan"].counts == {"add": 300, "change": 0, "remove": 0}
    assert Nominee.objects.count() == 0
    assert confirm(client, dossier, preview).status_code == 302
    assert dossier.nominees.count() == 300
    person = dossier.nominees.get(name="Nguyễn Văn Thứ 7")
    assert (person.sex, person.unit, person.search_name) == ("male", world.unit, "nguyen van thu 7")
    assert identity.unseal(person.identity_ciphertext, person.identity_key) == "010080000007"
    company = dossier.nominees.get(name="Công ty Mẫu")
    assert (company.body_kind, company.tax_number, company.women_percent) == ("enterprise", "5300000017", 70)
    assert Event.objects.get(act="import_nominees").payload.data["add"] == 300
    page = client.get(f"/ho-so/{dossier.uid}/sua/")
    assert [len(page.context["list"]["rows"]), page.context["list"]["total"]] == [50, 300]
    # As it went out it comes back: nothing to do, and no identity number in it.
    again = template(client, dossier)
    assert "010080000007" not in str(list(again["Cá nhân"].values))
    assert upload(client, dossier, again).context["plan"].counts == {"add": 0, "change": 0, "remove": 0}


def test_faults_are_named_by_cell_and_nothing_is_written(world, enter):
    dossier = a_draft(world.unit, world.filer)
    client = enter(world.filer)
    book = template(client, dossier)
    wrong = people(3, world.unit)
    wrong[0]["Ông/Bà"] = "Cô"
    wrong[1]["Số CCCD"] = "123"
    wrong[2]["Họ và tên"] = None
    write(book["Cá nhân"], wrong)
    write(book["Tập thể"], [{"Tên": "Công ty", "Tập thể là": "Doanh nghiệp chưa có tài khoản"}])
    response = upload(client, dossier, book)
    places = [fault.place for fault in response.context["faults"]]
    assert response.status_code == 422
    assert len(places) >= 3, response.context["faults"]
    assert Nominee.objects.count() == 0


@pytest.mark.parametrize(
    ("role", "status"), [("colleague", 403), ("district", 404), ("standing", 404), ("stranger", 404)]
)
def test_who_may_not_import(role, status, world, enter):
    dossier = a_draft(world.unit, world.filer)
    client = enter(getattr(world, role))
    assert client.get(f"/ho-so/{dossier.uid}/doi-tuong/nhap/").status_code == status
    assert client.get(f"/ho-so/{dossier.uid}/doi-tuong/mau/").status_code == status


# Report and initiatives


def test_a_report_written_here_stands_for_a_paper_once_it_is_certified(world, enter):
    dossier = a_draft(world.unit, world.filer)
    submitting.add_nominee(dossier, by=world.filer, values=a_collective(world.unit))
    dossier.refresh_from_db()
    nominee, client = dossier.nominees.get(), enter(world.filer)
    url = f"/ho-so/{dossier.uid}/doi-tuong/{nominee.uid}"
    lacking = "Bộ phận Một cửa: thiếu Báo cáo thành tích."
    uncertified = "Bộ phận Một cửa: báo cáo thành tích chưa có xác nhận của cấp trình khen thưởng."
    assert lacking in client.get(f"/ho-so/{dossier.uid}/nop/").content.decode()
    words = {"overview": "Thành lập 2010.", "results": "100 % hồ sơ trực tuyến.", "influence": ""}
    assert client.post(f"{url}/bao-cao/", words | {"version": 0}).status_code == 409
    assert client.post(f"{url}/bao-cao/", words | {"version": dossier.version}).status_code == 302
    page = client.get(f"/ho-so/{dossier.uid}/nop/").content.decode()
    assert (lacking in page, uncertified in page) == (False, True)
    submitting.attach(
        dossier, by=world.filer, kind="certification", upload=a_pdf("xac-nhan.pdf"), nominee=nominee
    )
    assert uncertified not in client.get(f"/ho-so/{dossier.uid}/nop/").content.decode()


def test_initiatives_with_their_recognition(world, enter):
    dossier = a_draft(world.unit, world.filer)
    submitting.add_nominee(dossier, by=world.filer, values=an_individual(world.unit))
    nominee, client = dossier.nominees.get(), enter(world.filer)
    url = f"/ho-so/{dossier.uid}/doi-tuong/{nominee.uid}/sang-kien/"
    said = {"name": "Một cửa số", "recognition_number": "12/QĐ-UBND", "recognised_on": "02/01/2026"}
    assert client.post(url, said).status_code == 422
    assert client.post(url, said | {"recognised_by": "UBND huyện"}).status_code == 302
    initiative = NomineeInitiative.objects.get()
    assert initiative.recognition == "12/QĐ-UBND ngày 02/01/2026 của UBND huyện"
    assert client.post(f"{url}{initiative.uid}/bo/").status_code == 302
    assert NomineeInitiative.objects.count() == 0


def test_an_identity_number_is_kept_sealed_and_shown_by_its_end(world, enter):
    dossier = a_draft(world.unit, world.filer)
    client = enter(world.filer)
    typed = {
        "kind": "individual",
        "name": "Lò Thị Mai",
        "sex": "female",
        "unit": world.unit.uid,
        "identity_number": "001 080 000 123",
        "achievement": "Tốt",
    }
    wrong = client.post(f"/ho-so/{dossier.uid}/doi-tuong/moi/", typed | {"identity_number": "12"})
    assert (wrong.status_code, Nominee.objects.count()) == (422, 0)
    assert client.post(f"/ho-so/{dossier.uid}/doi-tuong/moi/", typed).status_code == 302
    nominee = Nominee.objects.get()
    url = f"/ho-so/{dossier.uid}/doi-tuong/{nominee.uid}/"
    for page in (url, f"{url}xem/"):
        text = client.get(page).content.decode()
        assert ("001080000123" in text, "…0123" in text) == (False, True)
    dossier.refresh_from_db()
    kept = typed | {"identity_number": "", "version": dossier.version}
    client.post(url, kept)
    nominee.refresh_from_db()
    assert identity.unseal(nominee.identity_ciphertext, nominee.identity_key) == "001080000123"
    dossier.refresh_from_db()
    client.post(url, kept | {"forget_identity": "on", "version": dossier.version})
    nominee.refresh_from_db()
    assert (nominee.identity_ciphertext, nominee.identity_index) == (None, "")


def test_a_firm_without_an_account_is_linked_later(world, enter):
    firm = a_collective(
        world.unit, "Công ty Mẫu", body_kind="enterprise", tax_number="5300000017", position="Thôn 1"
    )
    dossier = a_submitted_dossier(world.unit, world.filer, [firm])
    nominee = dossier.nominees.get()
    url = f"/ho-so/{dossier.uid}/doi-tuong/{nominee.uid}"
    client = enter(world.standing)
    assert client.get(f"{url}/xem/").context["accounts"] == []
    unit = UnitFactory(enterprise=True, name="Công ty TNHH Mẫu", tax_number="5300000017")
    assert client.get(f"{url}/xem/").context["accounts"] == [unit]
    assert enter(world.filer).post(f"{url}/lien-ket/{unit.uid}/").status_code == 403
    assert client.post(f"{url}/lien-ket/{unit.uid}/").status_code == 302
    nominee.refresh_from_db()
    assert nominee.subject == unit


# Supplements and the clock


def test_a_supplement_is_asked_item_by_item_and_stops_the_clock(world, enter, today):
    """Fri 15/01/2027 + 20 working days = 19/02; asked after 5 days, answered on 01/02: 15 are left."""
    dossier = a_submitted_dossier(world.unit, world.filer)
    assert f"{dossier.due_on}" == "2027-02-19"
    person = dossier.nominees.get(kind="individual")
    desk, client = enter(world.standing), enter(world.filer)
    url = f"/ho-so/{dossier.uid}/yeu-cau-bo-sung/"
    before = counts()
    assert (desk.post(url, {"text_1": " "}).status_code, counts()) == (422, before)
    today.move_to("2027-01-22T09:00+07:00")
    desk = enter(world.standing)
    asked = {"text_1": "Thiếu biên bản", "about_2": person.uid, "text_2": "Ghi rõ chức vụ"}
    assert desk.post(url, asked).status_code == 302
    dossier.refresh_from_db()
    assert (dossier.state, dossier.due_on, dossier.days_left) == ("returned", None, 20 - 5)
    items = SupplementItem.objects.all()
    assert [(item.nominee, item.text) for item in items] == [
        (None, "Thiếu biên bản"),
        (person, "Ghi rõ chức vụ"),
    ]
    assert "Nguyễn Thị Hòa: Ghi rõ chức vụ" in OutboxMail.objects.order_by("pk").last().body
    today.move_to("2027-02-01T09:00+07:00")
    desk, client = enter(world.standing), enter(world.filer)
    submit = {"version": dossier.version, "request_key": uuid.uuid4()}
    refused = client.post(f"/ho-so/{dossier.uid}/nop/", submit)
    assert refused.status_code == 422
    assert "Chưa trả lời mục yêu cầu bổ sung: Ghi rõ chức vụ" in refused.content.decode()
    answers = {f"answer-{item.uid}": "Đã bổ sung" for item in items}
    assert client.post(f"/ho-so/{dossier.uid}/tra-loi-bo-sung/", answers).status_code == 302
    dossier.refresh_from_db()
    submit["version"] = dossier.version
    assert client.post(f"/ho-so/{dossier.uid}/nop/", submit).status_code == 302
    dossier.refresh_from_db()
    request = SupplementRequest.objects.get()
    assert (request.is_late, request.closed_at is not None) == (True, True)
    row = desk.get("/ho-so/").context["rows"][0]
    assert row["time_left"].startswith("Còn 15 ngày làm việc")


def test_one_request_is_open_at_a_time(world, enter):
    dossier = a_submitted_dossier(world.unit, world.filer)
    submitting.request_supplement(dossier, by=world.standing, comment="Biên bản.")
    again = enter(world.standing).post(f"/ho-so/{dossier.uid}/yeu-cau-bo-sung/", {"text_1": "Nữa"})
    assert (again.status_code, SupplementRequest.objects.count()) == (409, 1)


def test_the_receipt_has_a_code_and_an_appointment(world, enter, client):
    dossier = a_full_draft(world.unit, world.filer)
    response = enter(world.filer).post(
        f"/ho-so/{dossier.uid}/nop/", {"version": dossier.version, "request_key": uuid.uuid4()}
    )
    page = enter(world.filer).get(response.url).content.decode()
    code = VerificationCode.objects.get()
    public = client.get(code.get_absolute_url()).content.decode()
    for text in (page, public):
        assert "19/02/2027" in text
    assert code.code in page
    assert "Nguyễn Thị Hòa" not in public


# Paper


def test_a_clerk_enters_what_came_on_paper(world, enter, today):
    campaign, form = a_campaign(), the_form()
    draft = a_draft(world.unit, world.filer)  # opens the time; the unit's own draft stays its own
    assert enter(world.standing).get(f"/ho-so/{draft.uid}/").status_code == 404
    said = {"unit": world.unit.uid, "campaign": campaign.uid, "form": form.code}
    for role in ("filer", "stranger", "commendation", "administrator"):
        assert enter(getattr(world, role)).post("/ho-so/ban-giay/", said).status_code == 403
    client = enter(world.standing)
    assert client.post("/ho-so/ban-giay/", said).status_code == 302
    dossier = Dossier.objects.get(channel="post")
    fill(dossier, world.standing)
    submit = {"version": dossier.version, "request_key": uuid.uuid4()}
    refused = client.post(f"/ho-so/{dossier.uid}/nop/", submit).content.decode()
    for missing in ("Chưa ghi số văn bản đến.", "Chưa ghi ngày nhận", "Chưa tải lên bản quét hồ sơ giấy."):
        assert missing in refused
    words = {"channel": "one_stop", "paper_number": "15/BPMC", "received_on": "11/01/2027"}
    words |= {"achievement_from": "01/01/2022", "achievement_to": "31/12/2025", "summary": "Đề nghị"}
    scan = {"kind": "paper", "upload": a_pdf("ban-quet.pdf")}
    saved = client.post(f"/ho-so/{dossier.uid}/sua/", words | scan | {"version": dossier.version})
    assert saved.status_code == 302
    dossier.refresh_from_db()
    submit["version"] = dossier.version
    assert client.post(f"/ho-so/{dossier.uid}/nop/", submit).status_code == 302
    dossier.refresh_from_db()
    assert (dossier.channel, f"{dossier.received_on}", f"{dossier.due_on}") == (
        "one_stop",
        "2027-01-11",
        "2027-02-15",
    )
    assert dossier.first_submitted_at.astimezone(HANOI).isoformat() == "2027-01-11T00:00:00+07:00"
    receipt = client.get(f"/ho-so/{dossier.uid}/bien-nhan/1/").content.decode()
    assert "Bộ phận một cửa, số 15/BPMC" in receipt


# When a form is proposed


def test_the_chairman_s_form_is_proposed_in_the_review_year_or_when_opened(world, enter, today):
    campaign, form = a_campaign(), the_form()
    client = enter(world.filer)
    said = {"unit": world.unit.uid, "campaign": campaign.uid, "form": form.code}
    refused = client.post("/ho-so/bat-dau/", said)
    assert refused.status_code == 422
    assert "xét vào năm tổng kết 2025" in refused.content.decode()
    assert Dossier.objects.count() == 0
    opened = {
        "form": form.code,
        "campaign": campaign.uid,
        "opens_on": "10/01/2027",
        "closes_on": "15/01/2027",
        "basis": "Công văn 1/UBND",
    }
    for role, status in (("filer", 403), ("standing", 403), ("commendation_lead", 403)):
        assert enter(getattr(world, role)).post("/dot-nhan-ho-so/", opened).status_code == status
    assert FormOpening.objects.count() == 0
    assert enter(world.standing_lead).post("/dot-nhan-ho-so/", opened).status_code == 302
    assert client.post("/ho-so/bat-dau/", said).status_code == 302
    today.move_to("2027-01-16T00:00+07:00")
    assert client.post("/ho-so/bat-dau/", said).status_code == 422
    today.move_to("2025-12-31T23:59+07:00")
    assert client.post("/ho-so/bat-dau/", said).status_code == 302


# Giấy khen


def test_a_unit_records_its_own_certificates(world, enter):
    the_form()
    client = enter(world.filer)

    def said(**changes):
        return {
            "unit": world.unit.uid,
            "form": "GK-XA",
            "number": "12/QĐ-UBND",
            "signed_on": "05/01/2027",
            "title": "Tặng Giấy khen năm 2026",
            "achievement_from": "01/01/2026",
            "achievement_to": "31/12/2026",
            "upload": a_pdf("giay-khen.pdf"),
        } | changes

    assert client.post("/giay-khen/", said(form="GK-SO")).status_code == 422
    assert client.post("/giay-khen/", said(signed_on="05/02/2027")).status_code == 422
    assert enter(world.colleague).post("/giay-khen/", said()).status_code == 403
    assert RecordedDecision.objects.count() == 0
    assert client.post("/giay-khen/", said()).status_code == 302
    assert client.post("/giay-khen/", said()).status_code == 422  # once
    decision = RecordedDecision.objects.get()
    url = f"/giay-khen/{decision.uid}/"
    name = {"kind": "individual", "name": "Nguyễn Thị Hoà", "sex": "female", "birth_date": "20/02/1980"}
    assert client.post(f"{url}them/", name | {"sex": ""}).status_code == 422
    assert client.post(f"{url}them/", name).status_code == 302
    assert RecordedAward.objects.get().search_name == "nguyen thi hoa"
    for role, status in (("district", 200), ("standing", 200), ("commendation", 200), ("stranger", 404)):
        assert enter(getattr(world, role)).get(url).status_code == status
    assert enter(world.standing).post(f"{url}go/", {"comment": "x"}).status_code == 403
    assert client.post(f"{url}go/", {"comment": " "}).status_code == 422
    assert client.post(f"{url}go/", {"comment": "Ghi nhầm số."}).status_code == 302
    assert client.post(f"{url}them/", name).status_code == 409


# Holds


def a_hold(**changes):
    return {
        "kind": "discipline",
        "reason": "Đang xem xét kỷ luật",
        "document_number": "5/TB",
        "document_on": "14/01/2027",
        "upload": a_pdf("thong-bao.pdf"),
    } | changes


def test_a_hold_is_opened_with_its_document_shown_and_closed(world, enter):
    dossier = an_appraised_dossier(world.unit, world.filer, world.standing)
    nominee = dossier.nominees.get(kind="individual")
    url = f"/ho-so/{dossier.uid}/doi-tuong/{nominee.uid}"
    client = enter(world.standing)
    before = counts()
    for wrong in (a_hold(reason=""), a_hold(document_on="16/01/2027"), a_hold(upload="")):
        assert client.post(f"{url}/tam-dung/", wrong).status_code == 422
    assert counts() == before
    assert client.post(f"{url}/tam-dung/", a_hold()).status_code == 302
    nominee.refresh_from_db()
    assert (nominee.is_held, nominee.state) == (True, "recommended")
    hold = Hold.objects.get()
    for page in (f"{url}/xem/", f"/ho-so/{dossier.uid}/"):
        assert "Tạm dừng xét" in client.get(page).content.decode()
    assert client.get(f"{url}/tam-dung/{hold.uid}/tep/").status_code == 200
    # The unit reads nothing of it, and a held one is not gathered.
    own = enter(world.filer)
    assert "kỷ luật" not in own.get(f"{url}/xem/").content.decode()
    assert own.get(f"{url}/tam-dung/{hold.uid}/tep/").status_code == 403
    proposal = a_proposal(world.standing, dossier)
    assert list(proposal.nominees.values_list("kind", flat=True)) == ["collective"]
    assert client.post(f"{url}/tam-dung/{hold.uid}/xet-tiep/", {"outcome": ""}).status_code == 422
    assert (
        client.post(f"{url}/tam-dung/{hold.uid}/xet-tiep/", {"outcome": "Không vi phạm"}).status_code == 302
    )
    again = client.post(f"{url}/tam-dung/{hold.uid}/xet-tiep/", {"outcome": "Nữa"})
    nominee.refresh_from_db()
    assert (again.status_code, nominee.is_held, nominee.hold_reason) == (409, False, "")
    assert [e.act for e in Event.objects.filter(object_uid=nominee.uid).order_by("pk")][-2:] == [
        "hold",
        "release",
    ]


HOLDS = {
    ("filer", "submitted"): 403,
    ("colleague", "submitted"): 403,
    ("district", "submitted"): 403,
    ("stranger", "submitted"): 404,
    ("standing", "submitted"): 302,
    ("standing_lead", "submitted"): 302,
    ("commendation", "submitted"): 404,
    ("commendation", "forwarded"): 302,
    ("commendation_lead", "forwarded"): 302,
    ("standing", "forwarded"): 302,
    ("administrator", "submitted"): 404,
}


@pytest.mark.parametrize(("role", "state"), HOLDS)
def test_who_holds(role, state, world, enter):
    if state == "forwarded":
        dossier = an_appraised_dossier(world.unit, world.filer, world.standing)
        a_forwarded_proposal(world.standing, world.standing_lead, dossier)
    else:
        dossier = a_submitted_dossier(world.unit, world.filer)
    nominee = dossier.nominees.first()
    before = counts()
    response = enter(getattr(world, role)).post(
        f"/ho-so/{dossier.uid}/doi-tuong/{nominee.uid}/tam-dung/", a_hold()
    )
    nominee.refresh_from_db()
    expected = HOLDS[role, state]
    assert (response.status_code, nominee.is_held) == (expected, expected == 302)
    assert (counts() == before) == (expected != 302)


# Two days of receipt


def test_a_change_of_law_between_the_two_receipts_is_said_and_settled(world, enter, today):
    """Received by the standing body under NĐ 98/2023, by the commendation body under NĐ 152/2025."""
    today.move_to("2025-06-25T09:00+07:00")
    dossier = an_appraised_dossier(world.unit, world.filer, world.standing)
    assert dossier.rule_set.code == "ND98-QD14"
    client = enter(world.standing)
    assert "Thay đổi quy định" not in client.get(f"/ho-so/{dossier.uid}/").content.decode()
    today.move_to("2025-07-02T09:00+07:00")
    warned = client.get(f"/ho-so/{dossier.uid}/").content.decode()
    assert "Nếu chuyển trình hôm nay thì áp dụng Nghị định 152/2025/NĐ-CP" in warned
    proposal = a_proposal(world.standing, dossier)
    said = f"được nhận theo {dossier.rule_set.name}, hôm nay áp dụng Nghị định 152/2025/NĐ-CP"
    assert said in client.get(f"/to-trinh/{proposal.uid}/").content.decode()
    for line in house.cited(proposal, proposal.rule_set.bases.all(), clock.today()):
        if line["objection"]:
            house.cite_anyway(proposal, line["basis"], reason="Nhận trước ngày thay đổi", by=world.standing)
    proposing.finalise(proposal, by=world.standing)
    proposing.sign(proposal, by=world.standing, **signed(world.standing))
    proposing.forward(proposal, by=world.standing_lead, request_key=uuid.uuid4())
    dossier.refresh_from_db()
    assert (f"{dossier.received_on}", f"{dossier.forwarded_on}") == ("2025-06-25", "2025-07-02")
    assert (dossier.rule_set.code, proposal.rule_set.code) == ("ND152-2025", "ND152-2025")
    assert "Thay đổi quy định" not in client.get(f"/to-trinh/{proposal.uid}/").content.decode()
    assert Event.objects.get(act="settle_rules").payload.data == {
        "before": "ND98-QD14",
        "after": "ND152-2025",
    }


def test_other_prizes_than_on_the_day_of_receipt_are_said_before_the_decision(world, enter, today):
    """The base salary of 2026 comes between the proposal and the decision (NĐ 152/2025 Art. 49.1)."""
    today.move_to("2026-06-25T09:00+07:00")
    decision = a_decision(world, an_appraised_dossier(world.unit, world.filer, world.standing))
    client = enter(world.commendation)
    addresses = [obj.get_absolute_url() for obj in (decision.proposal, decision)]
    assert ["Mức tiền thưởng đã đổi" in client.get(a).content.decode() for a in addresses] == [False, False]
    today.move_to("2026-07-02T09:00+07:00")
    said = (
        "Mức tiền thưởng đã đổi giữa ngày 25/06/2026 và ngày 02/07/2026: tập thể từ 7.020.000 đồng thành "
        "7.590.000 đồng; hộ gia đình từ 5.270.000 đồng thành 5.700.000 đồng; cá nhân từ 3.510.000 đồng "
        "thành 3.800.000 đồng. Tiền thưởng tính theo ngày ký Quyết định."
    )
    assert [said in client.get(a).content.decode() for a in addresses] == [True, True]

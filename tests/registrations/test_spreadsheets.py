"""The plan of a draft by Excel: its template, the preview, all or nothing, no stale preview."""

import io
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from core.models import Event, File
from registrations import workflow
from tests.factories import member_of
from tests.factories_registrations import a_draft, a_filed_registration, fill
from tests.registrations.pages import form_with


@pytest.fixture
def draft(world):
    return fill(a_draft(world.unit, world.filer), world.filer)


def url(draft, page="nhap-excel"):
    return f"/dang-ky/{draft.uid}/{page}/"


def template(client, draft):
    return load_workbook(io.BytesIO(b"".join(client.get(url(draft, "mau-excel")))))


def upload(client, draft, book):
    file = io.BytesIO()
    book.save(file)
    return client.post(url(draft), {"file": SimpleUploadedFile("ke-hoach.xlsx", file.getvalue())})


def confirm(client, draft, preview):
    return client.post(url(draft), form_with(preview, "token"))


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_the_template_holds_the_criteria_of_the_tier_and_what_is_written(enter, world, draft):
    book = template(enter(world.filer), draft)
    assert book.sheetnames == ["Chỉ tiêu", "Nhiệm vụ", "Hướng dẫn", "Danh mục"]
    rows = list(book["Chỉ tiêu"].values)
    criteria = draft.period.campaign.criteria_set.criteria.filter(tier="commune")
    assert rows[0] == ("Mã tiêu chí", "Chỉ tiêu *", "Kế hoạch yêu cầu", "Mức phấn đấu")
    assert [row[:3] for row in rows[1:]] == [(c.code, c.name, c.demand) for c in criteria]
    assert [row[3] for row in rows[1:]] == ["98 %", *[None] * (len(criteria) - 1)]
    assert [row[:2] for row in book["Nhiệm vụ"].values][1:] == [
        ("Số hóa hồ sơ lưu trữ", "Kho dữ liệu 10.000 hồ sơ")
    ]
    assert [cell.value for cell in book["Danh mục"]["A"]] == ["Lĩnh vực", "Y tế", "Giáo dục"]


def test_a_template_that_comes_back_as_it_went_changes_nothing(enter, world, draft):
    client = enter(world.filer)
    answer = upload(client, draft, template(client, draft))
    assert "Dữ liệu trong cổng đã đúng như tệp, không có gì để nhập." in words(answer)
    draft.refresh_from_db()
    assert draft.version == 2


def test_an_import_is_previewed_then_written_with_its_event(enter, world, draft):
    client = enter(world.filer)
    before = workflow.content_of(draft)
    book = template(client, draft)
    targets, tasks = book["Chỉ tiêu"], book["Nhiệm vụ"]
    targets["D2"], targets["D3"] = None, "100 %"
    targets.append([None, "Mọi thôn có tổ công nghệ số", None, "12 thôn"])
    tasks["D2"] = date(2027, 10, 31)
    tasks.append(["Mở lớp tập huấn", "3 lớp", "Giáo dục", "30/6/2027", "Văn hóa – xã hội"])
    preview = upload(client, draft, book)
    assert preview.status_code == 200
    said = words(preview)
    assert "thêm 2, sửa 2, bỏ 1 , giữ nguyên" in said
    assert "Thời hạn: 30/09/2027 → 31/10/2027" in said
    assert workflow.content_of(draft) == before

    assert confirm(client, draft, preview).url == f"/dang-ky/{draft.uid}/sua/"
    draft.refresh_from_db()
    after = workflow.content_of(draft)
    assert (draft.version, draft.saved_by) == (3, world.filer)
    assert [t["level"] for t in after["targets"]][:2] == ["", "100 %"]
    assert after["targets"][-1] == {
        "criterion": None,
        "text": "Mọi thôn có tổ công nghệ số",
        "level": "12 thôn",
    }
    assert after["tasks"][0] == before["tasks"][0] | {"due": "2027-10-31"}
    assert {k: v for k, v in after["tasks"][1].items() if k != "key"} == {
        "name": "Mở lớp tập huấn",
        "product": "3 lớp",
        "field": "b",
        "due": "2027-06-30",
        "in_charge": "Văn hóa – xã hội",
    }
    assert {k: after[k] for k in ("contact", "fields", "objectives")} == {
        k: before[k] for k in ("contact", "fields", "objectives")
    }
    event = Event.objects.get(act="import_plan")
    file = File.objects.get(name="ke-hoach.xlsx")
    assert (event.actor, event.object_uid) == (world.filer, draft.uid)
    assert event.payload.data == {
        "file": str(file.uid),
        "name": "ke-hoach.xlsx",
        "sha256": file.sha256,
        "add": 2,
        "change": 2,
        "remove": 1,
    }


def test_faults_of_both_sheets_come_together_and_nothing_is_kept(enter, world, draft):
    client = enter(world.filer)
    book = template(client, draft)
    targets, tasks = book["Chỉ tiêu"], book["Nhiệm vụ"]
    first = targets["A2"].value
    targets["A3"] = first
    targets["A4"] = "KHONG-CO"
    targets["B2"] = "Tên khác"
    targets.append([None, "Chỉ tiêu A"])
    targets.append([None, "chỉ  tiêu a"])
    tasks.append([tasks["A2"].value.upper(), "Sản phẩm"])
    answer = upload(client, draft, book)
    assert answer.status_code == 422
    last = targets.max_row
    assert re.findall(r"Ô ([A-Z]+[0-9]+) sheet “(.*?)”", words(answer)) == [
        ("B2", "Chỉ tiêu"),
        ("B3", "Chỉ tiêu"),
        ("A4", "Chỉ tiêu"),
        (f"B{last}", "Chỉ tiêu"),
        ("A3", "Nhiệm vụ"),
    ]
    assert "Tệp có 5 lỗi, chưa ghi gì" in words(answer)
    assert File.objects.filter(name="ke-hoach.xlsx").count() == 0


def test_two_thousand_tasks_with_37_faults_are_too_many_and_all_37_are_named(enter, world, draft):
    client = enter(world.filer)
    book = template(client, draft)
    tasks, expected = book["Nhiệm vụ"], []
    faults = [("A", None), ("B", None), ("C", "Vũ trụ"), ("D", "31/02/2027"), ("A", "Nhiệm vụ 0")]
    for n in range(1999):
        row = dict(
            zip("ABCDE", [f"Nhiệm vụ {n}", "Sản phẩm", "Y tế", "30/06/2027", "Văn phòng"], strict=True)
        )
        if n % 54 == 7:
            column, cell = faults[n % 5]
            row[column] = cell
            expected.append(f"{column}{n + 3}")
        tasks.append(list(row.values()))
    answer = upload(client, draft, book)
    named = re.findall(r"Ô ([A-Z]+[0-9]+) sheet “Nhiệm vụ”", words(answer))
    assert (answer.status_code, len(expected), named) == (422, 37, [*expected, "A2001"])
    assert "mỗi lần nhập nhiều nhất 100 dòng" in words(answer).lower()
    assert (
        File.objects.filter(name="ke-hoach.xlsx").count(),
        Event.objects.filter(act="import_plan").count(),
    ) == (0, 0)


def test_a_preview_that_somebody_has_overtaken_is_refused_and_made_anew(enter, world, draft):
    client = enter(world.filer)
    book = template(client, draft)
    book["Chỉ tiêu"]["D2"] = "99 %"
    preview = upload(client, draft, book)
    content = workflow.content_of(draft) | {"objectives": "Người khác vừa sửa."}
    assert workflow.save_draft(draft, by=world.filer, version=draft.version, content=content)
    answer = confirm(client, draft, preview)
    assert answer.status_code == 409
    assert "Dữ liệu đã thay đổi sau khi bạn xem trước nên chưa ghi gì." in words(answer)
    assert workflow.content_of(draft)["targets"][0]["level"] == "98 %"
    assert confirm(client, draft, answer).status_code == 302
    assert workflow.content_of(draft)["targets"][0]["level"] == "99 %"
    assert workflow.content_of(draft)["objectives"] == "Người khác vừa sửa."


def test_a_second_click_finds_nothing_more_to_do(enter, world, draft):
    client = enter(world.filer)
    book = template(client, draft)
    book["Chỉ tiêu"]["D2"] = "99 %"
    preview = upload(client, draft, book)
    assert [confirm(client, draft, preview).status_code for _ in range(2)] == [302, 302]
    assert Event.objects.filter(act="import_plan").count() == 1


@pytest.mark.parametrize("token", ["", "x", "eyJmaWxlIjoxfQ:1abc:xyz"])
def test_a_forged_preview_is_refused(enter, world, draft, token):
    answer = enter(world.filer).post(url(draft), {"token": token})
    assert answer.status_code == 409
    assert "Bản xem trước đã hết hạn hoặc không đúng." in words(answer)


def test_a_preview_is_its_owners_and_its_drafts(enter, world, draft):
    client = enter(world.filer)
    book = template(client, draft)
    book["Chỉ tiêu"]["D2"] = "99 %"
    preview = upload(client, draft, book)
    answer = confirm(enter(member_of(world.unit)), draft, preview)
    assert answer.status_code == 409
    assert "Không tìm thấy tệp đã xem trước." in words(answer)


def test_who_may_not_edit_may_not_import(enter, world, draft):
    assert {
        name: [
            enter(getattr(world, name)).get(url(draft, page)).status_code
            for page in ("nhap-excel", "mau-excel")
        ]
        for name in ("filer", "colleague", "stranger", "district", "standing", "administrator")
    } == {
        "filer": [200, 200],
        "colleague": [403, 403],
        "stranger": [404, 404],
        "district": [404, 404],
        "standing": [404, 404],
        "administrator": [404, 404],
    }


def test_what_is_filed_is_not_imported_into(enter, world):
    filed = a_filed_registration(world.unit, world.filer)
    answer = enter(world.filer).get(url(filed))
    assert (answer.status_code, answer.url) == (302, f"/dang-ky/{filed.uid}/")


def test_a_file_that_is_no_spreadsheet_is_told_so(enter, world, draft):
    client = enter(world.filer)
    answer = client.post(url(draft), {"file": SimpleUploadedFile("a.xlsx", b"%PDF-1.7")})
    assert answer.status_code == 422
    assert "Đây không phải tệp Excel (.xlsx), dù tên tệp có thể ghi như vậy." in words(answer)
    assert client.post(url(draft), {}).status_code == 422
    assert upload(client, draft, Workbook()).status_code == 422


def test_the_form_of_the_draft_leads_to_the_import(enter, world, draft):
    assert url(draft) in enter(world.filer).get(f"/dang-ky/{draft.uid}/sua/").content.decode()

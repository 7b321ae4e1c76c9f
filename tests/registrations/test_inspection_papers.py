"""The minutes of a visit and the report on an inspection: what they say, who asks for and reads them."""

import pytest

from core.models import Document
from registrations import documents, tasks
from registrations.workflow import inspection as workflow
from tests.factories import UnitFactory, member_of
from tests.factories_movement import a_told_visit


@pytest.fixture
def visited(world):
    world.head = member_of(UnitFactory(name="Sở Nội vụ mẫu"), full_name="Phạm Thị Hà")
    return a_told_visit(world.standing, world.unit, head=world.head)


def _words(compose, document) -> str:
    return " ".join(compose(document).words())


def test_the_report_says_who_where_what_and_until_when(world, visited):
    workflow.conclude(visited.inspection, by=world.head, conclusion="Các đơn vị triển khai đồng bộ.")
    workflow.print_report(visited.inspection, by=world.standing)
    document = Document.objects.filter(object_uid=visited.inspection.uid).first()
    printed = documents.inspection_report(document)
    said = " ".join(printed.words())
    wanted = (
        "Kết quả kiểm tra đợt 1",
        "Thực hiện Quyết định số 12/QĐ-STTTT ngày 05/01/2027",
        "từ ngày 10/01/2027 đến ngày 20/01/2027",
        "Xã Bản Phiệt (ngày 12/01/2027)",
        "Phạm Thị Hà, Sở Nội vụ mẫu: trưởng đoàn",
        "Đơn vị triển khai tốt.",
        "Các đơn vị triển khai đồng bộ.",
        "Hồ sơ chưa xử lý trên môi trường mạng.",
        "Xử lý hết trên hệ thống.",
        "01/02/2027. Cần khắc phục",
    )
    assert [words for words in wanted if words not in said] == []
    assert (printed.kind, printed.number, printed.day) == ("BÁO CÁO", None, None)


def test_the_minutes_are_signed_by_both(world, visited):
    workflow.print_minutes(visited.visit, by=world.filer)
    document = Document.objects.filter(object_uid=visited.visit.uid).first()
    printed = documents.inspection_minutes(document)
    assert (printed.kind, printed.signature.name) == ("BIÊN BẢN", "Phạm Thị Hà")
    assert (printed.opposite.lines, printed.number_line) == (("ĐẠI DIỆN ĐƠN VỊ",), "")
    said = _words(documents.inspection_minutes, document)
    wanted = ("Ngày 12/01/2027, tại Trụ sở đơn vị", "- Trần Thị Bình", "Ghi nhận")
    assert [words for words in wanted if words not in said] == []


def test_both_formats_are_rendered_and_handed_out(enter, world, visited):
    client = enter(world.filer)
    page = visited.visit.get_absolute_url()
    assert client.post(f"{page}in/").status_code == 302
    assert "Đang chờ tới lượt" in client.get(f"{page}tien-do/").content.decode()
    assert [client.get(f"{page}bien-ban/{path}").status_code for path in ("", "word/")] == [404, 404]
    for document in Document.objects.filter(object_uid=visited.visit.uid):
        tasks.render_inspection_minutes(document_id=document.pk)
    answers = [client.get(f"{page}bien-ban/{path}") for path in ("", "word/")]
    begins = [b"".join(answer.streaming_content)[:4] for answer in answers]
    assert ([a.status_code for a in answers], begins) == ([200, 200], [b"%PDF", b"PK\x03\x04"])


@pytest.mark.parametrize(
    ("reader", "report", "minutes"),
    [
        ("standing", 302, 302),
        ("commendation", 302, 302),
        ("head", 302, 302),
        ("filer", 403, 302),
        ("colleague", 403, 302),
        ("district", 404, 404),
        ("stranger", 404, 404),
    ],
)
def test_who_asks_for_which(enter, world, visited, reader, report, minutes):
    client = enter(getattr(world, reader))
    addresses = (visited.inspection.get_absolute_url(), visited.visit.get_absolute_url())
    assert [client.post(f"{a}in/").status_code for a in addresses] == [report, minutes]
    assert Document.objects.count() == 2 * (report == 302) + 2 * (minutes == 302)

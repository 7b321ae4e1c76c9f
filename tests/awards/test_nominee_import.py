"""Whole lists of nominees from Excel: previewed, faults named by cell, written at once."""

import pytest

from awards.models import (
    Nominee,
)
from core import identity
from core.models import Event
from tests.awards.sheets import confirm, of, people, template, upload, write
from tests.factories_awards import (
    a_draft,
)


def test_three_hundred_from_excel_previewed_written_and_paged(world, enter, django_assert_max_num_queries):
    dossier = a_draft(world.unit, world.filer)
    client = enter(world.filer)
    book = template(client, of(dossier))
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
        preview = upload(client, of(dossier), book)
    assert preview.status_code == 200, preview.context["faults"]
    assert preview.context["plan"].counts == {"add": 300, "change": 0, "remove": 0}
    assert Nominee.objects.count() == 0
    assert confirm(client, of(dossier), preview).status_code == 302
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
    again = template(client, of(dossier))
    assert "010080000007" not in str(list(again["Cá nhân"].values))
    assert upload(client, of(dossier), again).context["plan"].counts == {"add": 0, "change": 0, "remove": 0}


def test_faults_are_named_by_cell_and_nothing_is_written(world, enter):
    dossier = a_draft(world.unit, world.filer)
    client = enter(world.filer)
    book = template(client, of(dossier))
    wrong = people(3, world.unit)
    wrong[0]["Ông/Bà"] = "Cô"
    wrong[1]["Số CCCD"] = "123"
    wrong[2]["Họ và tên"] = None
    write(book["Cá nhân"], wrong)
    write(book["Tập thể"], [{"Tên": "Công ty", "Tập thể là": "Doanh nghiệp chưa có tài khoản"}])
    response = upload(client, of(dossier), book)
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

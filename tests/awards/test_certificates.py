"""The register of certificates, and what is printed onto them."""

from datetime import date

from awards.models import (
    Certificate,
    CertificateLayout,
)
from awards.workflow import certificate as registering
from core.models import Document
from core.tasks import render_paper
from tests.factories_awards import (
    a_published_decision,
    an_appraised_dossier,
    propose_revocation,
    revoke,
)


def test_certificates_are_numbered_handed_out_and_printed(world, enter, today):
    decision = a_published_decision(world, an_appraised_dossier(world.unit, world.filer, world.standing))
    client = enter(world.commendation)
    assert client.post(f"/quyet-dinh-khen-thuong/{decision.uid}/vao-so/").status_code == 302
    client.post(f"/quyet-dinh-khen-thuong/{decision.uid}/vao-so/")  # once more changes nothing
    found = [(c.label, c.award.kind) for c in Certificate.objects.order_by("number")]
    assert found == [("001/2027", "collective"), ("002/2027", "individual")]

    collective, person = Certificate.objects.order_by("number")
    propose_revocation(collective.award, world.filer)
    revoke(collective.award, world.commendation)
    said = {"handed_on": "15/01/2027", "scope": "", "all": "1"}
    answer = client.post("/so-bang-khen/trao/", said)
    page = answer.content.decode()
    assert "Đã ghi 1; 1 dòng không ghi được" in page
    assert "Khen thưởng đã bị hủy bỏ, không trao nữa." in page
    person.refresh_from_db()
    assert (person.handed_on, person.handed_to) == (date(2027, 1, 15), "Bà Nguyễn Thị Hòa")
    early = client.post("/so-bang-khen/trao/", {"handed_on": "16/01/2027", "certificate": person.uid})
    assert (early.status_code, "Ngày trao không thể ở tương lai." in early.content.decode()) == (422, True)
    assert client.post("/so-bang-khen/trao/", {"handed_on": "15/01/2027"}).status_code == 422

    assert client.post(f"/so-bang-khen/{person.uid}/in-lai/", {"comment": ""}).status_code == 302
    assert person.reprints.count() == 0
    answer = client.post(f"/so-bang-khen/{person.uid}/in-lai/", {"comment": "Phôi bị nhòe mực."})
    assert answer.url == f"/van-ban/phoi-bang-khen/{person.uid}/"
    assert person.reprints.get().reason == "Phôi bị nhòe mực."
    sheet = a_sheet(client, "phoi-bang-khen", person)
    assert sheet.pages == 1
    for words in ("Bà Nguyễn Thị Hòa", "left: 60.0mm; top: 128.0mm", "Số vào sổ: 002/2027"):
        assert words in sheet.html
    assert "<svg" not in sheet.html  # no code on pre-printed paper unless a box asks for it
    # The revoked one is no longer printed.
    assert a_sheet(client, "phoi-ca-quyet-dinh", decision).pages == 1
    assert client.get(f"/van-ban/phoi-bang-khen/{collective.uid}/").status_code == 404
    assert enter(world.standing).get(f"/van-ban/phoi-bang-khen/{person.uid}/").status_code == 404


def a_sheet(client, kind, obj) -> Document:
    assert client.post(f"/van-ban/{kind}/{obj.uid}/").status_code == 302
    row = Document.objects.get(kind=kind, object_uid=obj.uid)
    render_paper(document_id=row.pk)
    row.refresh_from_db()
    assert (row.state, row.error, row.format) == ("ready", "", "pdf")
    return row


def test_the_measures_of_a_sheet_are_data_and_a_test_sheet_shows_them(world, enter):
    layout = CertificateLayout.objects.get()
    client = enter(world.commendation)
    page = client.get(f"/so-bang-khen/phoi/{layout.uid}/")
    forms = page.context["boxes"]
    posted = {f.html_name: "" if f.value() is None else f.value() for f in page.context["form"]}
    posted |= {f"o-{name}": value for name, value in forms.management_form.initial.items()}
    for form in forms:
        posted |= {f.html_name: f.value() for f in form if f.value() not in (False, None)}
    posted |= {"shift_x": "1.5", "o-7-content": "code", "o-7-x": "20", "o-7-y": "20", "o-7-width": "25"}
    posted |= {"o-7-size": "14", "o-7-align": "left"}
    bad = client.post(page.request["PATH_INFO"], posted | {"o-7-x": "abc"})
    assert (bad.status_code, layout.fields.count()) == (422, 7)
    assert client.post(page.request["PATH_INFO"], posted).status_code == 302
    assert layout.fields.count() == 8
    sheet = a_sheet(client, "to-thu-phoi", layout)
    assert "left: 61.5mm; top: 128.0mm" in sheet.html
    assert "<svg" in sheet.html
    assert enter(world.standing).get("/so-bang-khen/phoi/").status_code == 403


def test_a_certificate_of_a_dossier_is_entered_once_at_a_time(world):
    decision = a_published_decision(world, an_appraised_dossier(world.unit, world.filer, world.standing))
    assert registering.enter(decision, by=world.commendation) == 2
    assert registering.enter(decision, by=world.commendation) == 0

"""Who sees a registration or a report at all, by page, by file and by API."""

import pytest

from core.models import AccessLog
from registrations import workflow
from tests.factories_registrations import (
    PDF,
    a_filed_registration,
    a_full_draft,
    a_full_report,
    a_pdf,
    a_submitted_report,
    file,
    fill,
    judge_all,
    submit,
)


def _addresses(registration):
    page = registration.get_absolute_url()
    attachment = registration.attachments.get()
    return [
        page,
        f"{page}bien-nhan/1/",
        f"{page}tep/{attachment.file.uid}/",
        f"/api/v1/registrations/{registration.uid}/",
    ]


@pytest.mark.parametrize(
    ("reader", "status"),
    [
        ("filer", 200),
        ("colleague", 200),
        ("district", 200),
        ("standing", 200),
        ("commendation", 200),
        ("stranger", 404),
        ("administrator", 404),
    ],
)
def test_a_filed_registration(world, enter, reader, status):
    registration = a_filed_registration(world.unit, world.filer)
    client = enter(getattr(world, reader))
    assert [client.get(a).status_code for a in _addresses(registration)] == [status] * 4
    listed = client.get("/api/v1/registrations/").json()["results"]
    assert [r["uid"] for r in listed] == ([str(registration.uid)] if status == 200 else [])


@pytest.mark.parametrize(
    ("reader", "status"),
    [("filer", 200), ("district", 404), ("standing", 404), ("commendation", 404), ("stranger", 404)],
)
def test_a_draft(world, enter, reader, status):
    page, _, attachment, api = _addresses(a_full_draft(world.unit, world.filer))
    client = enter(getattr(world, reader))
    assert [client.get(a).status_code for a in (page, attachment, api)] == [status] * 3


@pytest.mark.parametrize(
    ("reader", "status"),
    [("filer", 200), ("district", 200), ("standing", 200), ("commendation", 200), ("stranger", 404)],
)
def test_a_submitted_report_with_its_evidence(world, enter, reader, status):
    report = a_full_report(world.unit, world.filer)
    evidence = [("COMM-1", a_pdf())]
    workflow.save_report(report, by=world.filer, version=report.version, content=None, evidence=evidence)
    report.refresh_from_db()
    submit(report, world.filer)
    evidence = report.figures.get(criterion__code="COMM-1").evidence.get()
    page = report.get_absolute_url()
    addresses = [page, f"{page}minh-chung/{evidence.file.uid}/", f"/api/v1/reports/{report.uid}/"]
    client = enter(getattr(world, reader))
    assert [client.get(a).status_code for a in addresses] == [status] * 3


@pytest.mark.parametrize(("reader", "status"), [("filer", 200), ("district", 404), ("standing", 404)])
def test_a_report_in_draft(world, enter, reader, status):
    report = a_full_report(world.unit, world.filer)
    addresses = [report.get_absolute_url(), f"/api/v1/reports/{report.uid}/"]
    client = enter(getattr(world, reader))
    assert [client.get(a).status_code for a in addresses] == [status] * 2


def test_while_the_unit_changes_it_others_read_what_was_filed(world, enter):
    registration = a_filed_registration(world.unit, world.filer)
    workflow.return_(registration, by=world.standing, comment="Bổ sung.")
    fill(registration, world.filer, objectives="Mục tiêu đang sửa")
    filed, unfiled = registration.attachments.all()
    page = registration.get_absolute_url()

    client = enter(world.standing)
    seen = client.get(page).content.decode()
    assert "Mục tiêu đang sửa" not in seen
    assert "Mọi thủ tục hành chính được giải quyết trực tuyến." in seen
    api = client.get(f"/api/v1/registrations/{registration.uid}/").json()
    assert api["content"]["objectives"] == "Mọi thủ tục hành chính được giải quyết trực tuyến."

    seen = enter(world.filer).get(page).content.decode()
    assert "Mục tiêu đang sửa" in seen
    assert filed.file.sha256 == unfiled.file.sha256  # the same bytes are the same document


def test_a_file_not_yet_filed_is_the_unit_s_own(world, enter):
    registration = a_filed_registration(world.unit, world.filer)
    workflow.return_(registration, by=world.standing, comment="Bổ sung.")
    workflow.save_draft(
        registration,
        by=world.filer,
        version=registration.version,
        content=None,
        uploads=[a_pdf("moi.pdf", PDF + b"\n%%EOF")],
    )
    fresh = registration.attachments.last().file
    address = f"{registration.get_absolute_url()}tep/{fresh.uid}/"
    assert enter(world.standing).get(address).status_code == 404
    assert enter(world.filer).get(address).status_code == 200
    registration.refresh_from_db()
    file(registration, world.filer)
    assert enter(world.standing).get(address).status_code == 200


def test_a_returned_report_shows_others_the_figures_submitted(world, enter):
    report = a_submitted_report(world.unit, world.filer)
    workflow.return_report(report, by=world.standing, comment="Bổ sung.")
    content = workflow.content_of_report(report)
    content["figures"]["COMM-1"] |= {"numerator": 12_345, "denominator": 99_999}
    content["narrative"] = "Đang sửa"
    workflow.save_report(report, by=world.filer, version=report.version, content=content)
    seen = enter(world.standing).get(report.get_absolute_url()).content.decode()
    assert "12.345" not in seen
    assert "Đang sửa" not in seen
    own = enter(world.filer).get(report.get_absolute_url()).content.decode()
    assert "12.345" in own
    assert "Đang sửa" in own


def test_a_download_is_logged_and_never_run_in_the_page(world, enter):
    registration = a_filed_registration(world.unit, world.filer)
    stored = registration.attachments.get().file
    address = f"{registration.get_absolute_url()}tep/{stored.uid}/"
    answer = enter(world.commendation).get(address)
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="ke-hoach.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    inline = enter(world.commendation).get(address + "?xem=1")
    assert inline["Content-Disposition"] == 'inline; filename="ke-hoach.pdf"'
    logged = AccessLog.objects.filter(what="download").values_list("user", "object_uid")
    assert list(logged) == [(world.commendation.pk, stored.uid)] * 2


def test_what_the_desk_thinks_of_single_figures_is_its_own_until_it_has_finished(world, enter):
    report = a_submitted_report(world.unit, world.filer)
    figure = report.figures.get(criterion__code="COMM-1")
    workflow.judge_figure(figure, by=world.standing, verdict="refused", comment="Số liệu không khớp.")
    page = report.get_absolute_url()
    assert "Số liệu không khớp." in enter(world.standing).get(page).content.decode()
    for reader in (world.filer, world.district, world.commendation):
        assert "Số liệu không khớp." not in enter(reader).get(page).content.decode()
    judge_all(report, world.standing)
    workflow.verify(report, by=world.standing)
    for reader in (world.filer, world.district, world.commendation):
        assert "Số liệu không khớp." in enter(reader).get(page).content.decode()

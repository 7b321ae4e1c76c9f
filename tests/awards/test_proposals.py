"""The package while it is rendered, what is signed, what is forwarded once."""

import uuid

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from awards.enums import NomineeState
from awards.models import Award, Nominee, PublicRecord
from awards.workflow import decision as deciding
from awards.workflow import judging
from awards.workflow import proposal as proposing
from core import clock, files
from core.models import Document, Event, OutboxMail
from tests.factories_awards import (
    a_decision,
    a_forwarded_proposal,
    a_proposal,
    a_published_decision,
    a_signed_proposal,
    an_appraised_dossier,
    an_individual,
    judge_all,
    signed,
)
from tests.factories_registrations import PDF, a_pdf
from units.models import LegalBasis


@pytest.fixture
def dossier(world):
    return an_appraised_dossier(world.unit, world.filer, world.standing)


@pytest.fixture
def finalised(world, dossier):
    proposal = a_proposal(world.standing, dossier)
    proposing.finalise(proposal, by=world.standing)
    return proposal


FRAGMENTS = {
    "pending": ({}, "Đang chờ tới lượt", True),
    "running": ({"done": 2, "total": 5, "stage": "Dàn trang"}, "bước 2/5", True),
    "failed": ({"error": "Tên quá dài"}, "Tên quá dài", False),
}


@pytest.mark.parametrize("state", FRAGMENTS)
def test_rendering_is_visible(state, world, finalised, enter):
    values, said, is_polled = FRAGMENTS[state]
    Document.objects.update(state=state, **values)
    client = enter(world.standing)
    for address in (f"/to-trinh/{finalised.uid}/", f"/to-trinh/{finalised.uid}/van-ban/"):
        page = client.get(address).content.decode()
        assert said in page
        assert ('hx-trigger="every 2s"' in page) is is_polled
    assert client.get(f"/to-trinh/{finalised.uid}/tep/van-ban/").status_code == 404


def test_a_failed_rendering_is_tried_again(world, finalised, enter):
    Document.objects.update(state="failed", error="Tên quá dài", attempts=3)
    response = enter(world.standing).post(f"/to-trinh/{finalised.uid}/van-ban/tao-lai/")
    assert response.status_code == 302
    assert list(Document.objects.order_by("pk").values_list("format", "state", "attempts", "error")) == [
        ("pdf", "pending", 0, ""),
        ("docx", "pending", 0, ""),
    ]


def test_the_package_is_there_when_ready(world, finalised, enter):
    file = files.store_bytes(PDF, name="to-trinh.pdf", content_type=files.PDF)
    Document.objects.update(state="ready", file=file, ready_at=finalised.finalised_at, pages=3)
    client = enter(world.standing)
    page = client.get(f"/to-trinh/{finalised.uid}/van-ban/").content.decode()
    assert "3 trang" in page
    assert 'hx-trigger="every 2s"' not in page
    response = client.get(f"/to-trinh/{finalised.uid}/tep/van-ban/")
    assert (response.status_code, b"".join(response.streaming_content)) == (200, PDF)


def test_word_is_offered_beside_the_pdf(world, finalised, enter):
    stored = {
        format: files.store_bytes(content, name=f"to-trinh.{format}", content_type=content_type)
        for format, content, content_type in (("pdf", PDF, files.PDF), ("docx", b"PK", files.DOCX))
    }
    client = enter(world.standing)
    base = f"/to-trinh/{finalised.uid}/tep/van-ban/"
    assert [client.get(f"{base}{end}").status_code for end in ("", "word/", "0/")] == [404] * 3
    for format, file in stored.items():
        Document.objects.filter(format=format).update(
            state="ready", file=file, ready_at=finalised.finalised_at
        )
    page = client.get(f"/to-trinh/{finalised.uid}/").content.decode()
    assert f'href="{base}word/"' in page
    response = client.get(f"{base}word/")
    assert (response["Content-Type"], b"".join(response.streaming_content)) == (files.DOCX, b"PK")
    assert client.get(f"{base}1/").status_code == 404
    assert enter(world.commendation).get(f"{base}word/").status_code == 404


def test_the_parts_of_a_long_list_are_files_of_their_own(world, finalised, enter):
    whole = Document.objects.get(format="pdf")
    Document.objects.filter(pk=whole.pk).update(state="running", done=1, total=3, stage="Dàn trang: trang 10")
    file = files.store_bytes(PDF, name="Phụ lục I.pdf", content_type=files.PDF)
    like = {"whole": whole, "kind": whole.kind, "object_uid": whole.object_uid, "task": whole.task}
    like["requested_at"] = whole.requested_at
    Document.objects.create(
        **like, part=0, title="Văn bản chính", state="running", stage="Dàn trang: trang 10"
    )
    Document.objects.create(
        **like, part=1, title="Phụ lục I", state="ready", file=file, pages=35, ready_at=whole.requested_at
    )
    Document.objects.create(**like, part=2, title="Phụ lục II")
    client = enter(world.standing)
    page = client.get(f"/to-trinh/{finalised.uid}/van-ban/").content.decode()
    assert "đã xong 1/3 tệp" in page
    assert f'href="/to-trinh/{finalised.uid}/tep/van-ban/1/"' in page
    assert "35 trang" in page
    assert "chờ tới lượt" in page
    assert client.get(f"/to-trinh/{finalised.uid}/tep/van-ban/1/").status_code == 200
    assert client.get(f"/to-trinh/{finalised.uid}/tep/van-ban/2/").status_code == 404
    assert client.get(f"/to-trinh/{finalised.uid}/tep/van-ban/").status_code == 404


def test_an_act_out_of_force_is_cited_with_a_reason_or_not_at_all(world, dossier, enter, today):
    proposal = a_proposal(world.standing, dossier)
    basis = proposal.rule_set.bases.last()
    LegalBasis.objects.filter(pk=basis.pk).update(validity=DateRange(None, clock.today()))
    client = enter(world.standing)
    refused = client.post(f"/to-trinh/{proposal.uid}/chot/")
    assert refused.status_code == 422
    assert f"“{basis.citation}” đã hết hiệu lực từ" in refused.content.decode()
    address = f"/to-trinh/{proposal.uid}/can-cu/{basis.code}/"
    assert [client.post(address, {"comment": said}).status_code for said in ("", "Điều 60 khoản 3")] == [
        422,
        302,
    ]
    assert "vẫn viện dẫn: Điều 60 khoản 3" in client.get(f"/to-trinh/{proposal.uid}/").content.decode()
    assert client.post(f"/to-trinh/{proposal.uid}/can-cu/KHAC/", {"comment": "A"}).status_code == 404
    assert enter(world.filer).post(address, {"comment": "A"}).status_code == 404
    client = enter(world.standing)
    assert client.post(f"/to-trinh/{proposal.uid}/chot/").status_code == 302
    assert client.post(address, {"comment": "A"}).status_code == 409


def test_the_package_of_an_earlier_list_is_not_shown(world, dossier, enter, today):
    proposal = a_forwarded_proposal(world.standing, world.standing_lead, dossier)
    file = files.store_bytes(PDF, name="to-trinh.pdf", content_type=files.PDF)
    Document.objects.update(state="ready", file=file, ready_at=proposal.finalised_at, pages=3)
    proposing.return_(proposal, by=world.commendation, comment="Sai.")
    client = enter(world.standing)
    assert client.get(f"/to-trinh/{proposal.uid}/tep/van-ban/").status_code == 404
    today.shift(60)
    proposing.finalise(proposal, by=world.standing)
    assert Document.objects.count() == 4
    assert client.get(f"/to-trinh/{proposal.uid}/tep/van-ban/").status_code == 404


def test_the_list_is_frozen(world, finalised, dossier, enter):
    person = dossier.nominees.get(kind="individual")
    client = enter(world.standing)
    base = f"/to-trinh/{finalised.uid}/"
    moved = [
        client.post(f"{base}doi-tuong/{person.uid}/{act}/").status_code for act in ("bo", "len", "xuong")
    ]
    assert moved == [409, 409, 409]
    assert [n["name"] for n in finalised.snapshot] == ["Bộ phận Một cửa", "Nguyễn Thị Hòa"]


def test_an_empty_list_is_not_finalised(world, dossier, enter):
    proposal = a_proposal(world.standing, dossier)
    for nominee in proposal.nominees.all():
        proposing.drop(proposal, nominee, by=world.standing)
    response = enter(world.standing).post(f"/to-trinh/{proposal.uid}/chot/")
    assert response.status_code == 422
    assert "Danh sách chưa có ai." in response.content.decode()


def test_a_dossier_in_a_proposal_is_not_reopened(world, dossier, enter):
    a_proposal(world.standing, dossier)
    response = enter(world.standing_lead).post(f"/ho-so/{dossier.uid}/mo-lai/", {"comment": "Xem lại."})
    dossier.refresh_from_db()
    assert (response.status_code, dossier.state) == (409, "appraised")
    assert f"Hồ sơ {dossier.reference} có đối tượng đã nằm trong Tờ trình." in response.content.decode()


WRONG_SIGNATURES = {
    "future": ({"signed_on": "16/01/2027"}, "Ngày ký không thể ở tương lai."),
    "early": ({"signed_on": "14/01/2027"}, "Ngày ký phải từ ngày 15/01/2027 trở đi."),
    "unnumbered": ({"number": " "}, "Hãy điền mục này."),
    "no_scan": ({"upload": ""}, "Hãy chọn tệp."),
    "wrong_scan": ({"upload": a_pdf(content=b"MZ")}, "không phải là tệp PDF"),
}


@pytest.mark.parametrize("kind", WRONG_SIGNATURES)
def test_a_wrong_signature_is_named_at_its_field(kind, world, finalised, enter):
    changes, said = WRONG_SIGNATURES[kind]
    typed = {
        "number": "7/TTr",
        "signed_on": "15/01/2027",
        "signer": "Trần Văn Mẫu",
        "upload": a_pdf(),
    } | changes
    response = enter(world.standing).post(f"/to-trinh/{finalised.uid}/ky/", typed)
    page = response.content.decode()
    finalised.refresh_from_db()
    assert (response.status_code, finalised.state) == (422, "finalised")
    assert said in page
    assert 'value="Trần Văn Mẫu"' in page


def test_forwarding_twice_with_one_key_changes_nothing(world, dossier, enter):
    proposal = a_signed_proposal(world.standing, dossier)
    client, key = enter(world.standing_lead), uuid.uuid4()
    address = f"/to-trinh/{proposal.uid}/chuyen-trinh/"
    assert client.post(address, {"request_key": key}).status_code == 302
    before = (Event.objects.count(), OutboxMail.objects.count())
    assert client.post(address, {"request_key": key}).status_code == 302
    assert (Event.objects.count(), OutboxMail.objects.count()) == before
    assert client.post(address, {"request_key": uuid.uuid4()}).status_code == 409


def test_not_everyone_judged_is_not_approved(world, dossier, enter):
    proposal = a_forwarded_proposal(world.standing, world.standing_lead, dossier)
    nominee = dossier.nominees.get(kind="individual")
    judging.judge(nominee, by=world.commendation, judgement="approved")
    response = enter(world.commendation_lead).post(f"/to-trinh/{proposal.uid}/duyet/")
    assert response.status_code == 422
    assert "Bộ phận Một cửa: chưa có kết quả xét." in response.content.decode()


def test_a_held_nominee_is_split_off(world, dossier):
    proposal = a_forwarded_proposal(world.standing, world.standing_lead, dossier)
    judge_all(proposal, world.commendation)
    Nominee.objects.filter(kind="individual").update(is_held=True, hold_reason="Đang thanh tra")
    proposing.approve(proposal, by=world.commendation_lead)
    states = {n.kind: (n.state, n.proposal) for n in Nominee.objects.all()}
    assert states == {"individual": ("recommended", None), "collective": ("approved", proposal)}


def test_a_number_taken_that_day_is_named(world, enter):
    first = a_published_decision(
        world, an_appraised_dossier(world.unit, world.filer, world.standing, [an_individual(world.unit)])
    )
    decision = a_decision(world, an_appraised_dossier(world.unit, world.filer, world.standing))
    deciding.submit(decision, by=world.commendation)
    typed = {"number": first.number, "signed_on": "15/01/2027", "signer": "Trần Văn Mẫu", "upload": a_pdf()}
    response = enter(world.commendation).post(f"/quyet-dinh-khen-thuong/{decision.uid}/ban-hanh/", typed)
    decision.refresh_from_db()
    assert (response.status_code, decision.state) == (422, "submitted")
    assert "Đã có Quyết định mang số này, ký cùng ngày." in response.content.decode()


def test_publication_makes_awards_and_public_records_at_once(world, dossier, enter):
    decision = a_decision(world, dossier)
    deciding.submit(decision, by=world.commendation)
    deciding.issue(decision, by=world.commendation, **signed(world.commendation))
    assert (Award.objects.count(), PublicRecord.objects.count()) == (0, 0)
    enter(world.commendation_lead).post(f"/quyet-dinh-khen-thuong/{decision.uid}/cong-bo/")
    assert set(Nominee.objects.values_list("state", flat=True)) == {NomineeState.AWARDED}
    assert sorted(Award.objects.values_list("name", "prize_amount")) == [
        ("Bộ phận Một cửa", 7_590_000),
        ("Nguyễn Thị Hòa", 3_800_000),
    ]
    kinds = list(PublicRecord.objects.order_by("sequence").values_list("kind", flat=True))
    assert kinds == ["decision", "award", "award"]
    page = enter(world.commendation).get(f"/quyet-dinh-khen-thuong/{decision.uid}/").content.decode()
    assert "11.390.000 đồng" in page
    assert "Mười một triệu ba trăm chín mươi nghìn đồng" in page
    payloads = "".join(str(p) for p in PublicRecord.objects.values_list("payload", flat=True))
    assert "1980" not in payloads


def test_a_list_judged_in_one_go_is_told_in_one_sentence(world, enter):
    nominees = [an_individual(world.unit, f"Người thứ {n}") for n in range(6)]
    dossier = an_appraised_dossier(world.unit, world.filer, world.standing, nominees)
    proposal = a_forwarded_proposal(world.standing, world.standing_lead, dossier)
    for nominee in proposal.nominees.all():
        judging.judge(nominee, by=world.commendation, judgement="approved")
    events = enter(world.commendation).get(f"/to-trinh/{proposal.uid}/").context["events"]
    assert events[0]["text"] == "đã xét, đồng ý: 6 đối tượng"
    assert [event["text"] for event in events[1:]] == [
        "đã chuyển trình",
        "đã ghi nhận Tờ trình được ký",
        "đã chốt danh sách",
        "đã đưa đối tượng vào danh sách",
        "đã bắt đầu lập Tờ trình",
    ]

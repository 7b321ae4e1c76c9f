"""The dossier while the unit compiles it: nothing typed is lost, nobody is overwritten, once is once."""

import uuid

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection

from awards.models import Dossier, DossierSubmission, Nominee
from awards.workflow import appraisal as appraising
from awards.workflow import dossier as submitting
from core.models import AccessLog, Event, OutboxMail
from tests.factories_awards import (
    a_draft,
    a_full_draft,
    a_submitted_dossier,
    an_individual,
    submit,
)
from tests.factories_registrations import PDF


def words(dossier, **changes):
    typed = {"achievement_from": "01/01/2022", "achievement_to": "31/12/2025", "summary": "Lời đã gõ"}
    return typed | {"version": dossier.version, "kind": "minutes"} | changes


WRONG_FILES = {
    "renamed": (SimpleUploadedFile("a.pdf", b"MZ" + b"\0" * 4000), "không phải là tệp PDF"),
    "empty": (SimpleUploadedFile("b.pdf", b""), "rỗng (0 byte)"),
    "heavy": (SimpleUploadedFile("c.pdf", PDF + b"\0" * (30 * 1024 * 1024)), "vượt mức 20,0 MB"),
}


@pytest.mark.parametrize("kind", WRONG_FILES)
def test_wrong_file_is_refused_in_words_and_the_rest_is_saved(kind, world, enter):
    dossier = a_draft(world.unit, world.filer)
    upload, reason = WRONG_FILES[kind]
    upload.seek(0)
    response = enter(world.filer).post(f"/ho-so/{dossier.uid}/sua/", words(dossier, upload=upload))
    page = response.content.decode()
    dossier.refresh_from_db()
    assert response.status_code == 422
    assert reason in page
    assert '<option value="minutes" selected>' in page
    assert (dossier.summary, dossier.documents.count()) == ("Lời đã gõ", 0)


def test_files_sent_again_because_the_line_broke_are_taken_once(world, enter):
    dossier = a_draft(world.unit, world.filer)
    address, client = f"/ho-so/{dossier.uid}/sua/", enter(world.filer)

    def send(key, by=client, content=PDF):
        dossier.refresh_from_db()
        upload = SimpleUploadedFile("bien-ban.pdf", content)
        answer = by.post(address, words(dossier, upload=upload), headers={"X-Upload": key})
        return answer.status_code, answer.headers.get("Location")

    # What was refused is judged anew under the same key, what was taken is not.
    assert [send("a" * 32, content=b"MZ")[0], dossier.documents.count()] == [422, 0]
    first = send("a" * 32)
    assert first[0] == 204
    assert [send("a" * 32), dossier.documents.count()] == [first, 1]
    assert "Lần gửi trước đã tới cổng" in client.get(first[1]).content.decode()
    # Nobody is answered by the key of another; and without a key of the script's form nothing is kept.
    assert send("a" * 32, by=enter(world.stranger))[0] == 404
    assert [send(key)[0] for key in ("b" * 32, "1", "1")] == [204, 204, 204]
    cache.set(f"sent:{world.filer.pk}:{uuid.UUID('c' * 32)}:{address}", "under way")
    assert [send("c" * 32)[0], dossier.documents.count()] == [425, 4]


def test_wrong_report_keeps_what_was_typed_of_the_nominee(world, enter):
    dossier = a_draft(world.unit, world.filer)
    typed = {
        "kind": "collective",
        "name": "Tổ công nghệ số",
        "unit": world.unit.uid,
        "achievement": "Làm tốt",
    }
    typed["report"] = SimpleUploadedFile("a.pdf", b"MZ not a pdf")
    response = enter(world.filer).post(f"/ho-so/{dossier.uid}/doi-tuong/moi/", typed)
    assert response.status_code == 422
    assert 'value="Tổ công nghệ số"' in response.content.decode()
    assert Nominee.objects.count() == 0


def test_a_person_needs_ong_or_ba(world, enter):
    dossier = a_draft(world.unit, world.filer)
    typed = {"kind": "individual", "name": "Lò Thị Mai", "unit": world.unit.uid, "birth_date": "20/02/1980"}
    client = enter(world.filer)
    response = client.post(f"/ho-so/{dossier.uid}/doi-tuong/moi/", typed)
    assert (response.status_code, Nominee.objects.count()) == (422, 0)
    assert "Chọn Ông hoặc Bà." in response.content.decode()
    assert client.post(f"/ho-so/{dossier.uid}/doi-tuong/moi/", typed | {"sex": "female"}).status_code == 302
    nominee = Nominee.objects.get()
    assert (nominee.title, f"{nominee.birth_date}", nominee.search_name) == ("Bà", "1980-02-20", "lo thi mai")


def test_achievement_period_ends_after_it_begins(world, enter):
    dossier = a_draft(world.unit, world.filer)
    response = enter(world.filer).post(
        f"/ho-so/{dossier.uid}/sua/", words(dossier, achievement_to="31/12/2021")
    )
    assert response.status_code == 422
    assert "Thời gian lập thành tích: ngày cuối phải sau ngày đầu." in response.content.decode()


def test_a_nominee_is_of_the_unit_or_of_one_below_it(world, enter):
    dossier = a_draft(world.unit, world.filer)
    elsewhere = {"kind": "collective", "name": "Tổ", "unit": world.unit.parent.uid}
    response = enter(world.filer).post(f"/ho-so/{dossier.uid}/doi-tuong/moi/", elsewhere)
    assert (response.status_code, Nominee.objects.count()) == (422, 0)


def test_a_stale_page_overwrites_nobody_and_keeps_the_words(world, enter):
    dossier = a_draft(world.unit, world.filer)
    client, seen = enter(world.filer), dossier.version
    client.post(f"/ho-so/{dossier.uid}/sua/", words(dossier, summary="Bản của người thứ nhất"))
    response = client.post(
        f"/ho-so/{dossier.uid}/sua/", words(dossier, version=seen, summary="Bản của người thứ hai")
    )
    dossier.refresh_from_db()
    assert (response.status_code, dossier.summary) == (409, "Bản của người thứ nhất")
    assert "Bản của người thứ hai" in response.content.decode()


def test_submitting_twice_with_one_key_gives_one_receipt(world, enter):
    dossier = a_full_draft(world.unit, world.filer)
    client = enter(world.filer)
    posted = {"version": dossier.version, "request_key": uuid.uuid4()}
    first = client.post(f"/ho-so/{dossier.uid}/nop/", posted)
    events, mails = Event.objects.count(), OutboxMail.objects.count()
    again = client.post(f"/ho-so/{dossier.uid}/nop/", posted)
    assert first.url == again.url == f"/ho-so/{dossier.uid}/bien-nhan/1/"
    assert DossierSubmission.objects.count() == 1
    assert (Event.objects.count(), OutboxMail.objects.count()) == (events, mails)
    receipt = client.get(first.url).content.decode()
    assert "HS-2027-00001" in receipt
    assert "09:00:00 ngày 15/01/2027" in receipt


def test_a_key_of_another_person_is_refused(world, enter):
    dossier = a_full_draft(world.unit, world.filer)
    key = uuid.uuid4()
    submit(dossier, world.filer, key)
    other = a_full_draft(world.unit, world.filer)
    response = enter(world.filer).post(
        f"/ho-so/{other.uid}/nop/", {"version": other.version, "request_key": key}
    )
    other.refresh_from_db()
    assert (response.status_code, other.state) == (409, "draft")


def test_a_dossier_changed_since_the_preview_is_not_submitted(world, enter):
    dossier = a_full_draft(world.unit, world.filer)
    seen = dossier.version
    submitting.add_nominee(dossier, by=world.filer, values=an_individual(world.unit, "Vàng A Páo"))
    response = enter(world.filer).post(
        f"/ho-so/{dossier.uid}/nop/", {"version": seen, "request_key": uuid.uuid4()}
    )
    dossier.refresh_from_db()
    assert (response.status_code, dossier.state) == (409, "draft")


def test_what_is_missing_is_named_and_blocks(world, enter):
    dossier = a_draft(world.unit, world.filer)
    submitting.add_nominee(dossier, by=world.filer, values=an_individual(world.unit, achievement=""))
    client = enter(world.filer)
    for page in (f"/ho-so/{dossier.uid}/", f"/ho-so/{dossier.uid}/sua/", f"/ho-so/{dossier.uid}/nop/"):
        text = client.get(page).content.decode()
        for finding in (
            "Chưa viết tóm tắt đề nghị.",
            "Nguyễn Thị Hòa: chưa có tóm tắt thành tích.",
            "Thiếu giấy tờ: Tờ trình đề nghị khen thưởng (đã ký).",
            "Thiếu giấy tờ: Biên bản họp xét khen thưởng.",
        ):
            assert finding in text
    response = client.post(
        f"/ho-so/{dossier.uid}/nop/", {"version": dossier.version, "request_key": uuid.uuid4()}
    )
    dossier.refresh_from_db()
    assert (response.status_code, dossier.state) == (422, "draft")


def test_a_collective_needs_its_report_and_a_person_does_not(world, enter):
    dossier = a_full_draft(world.unit, world.filer)
    client = enter(world.filer)
    for document in dossier.documents.filter(kind="achievement_report"):
        assert client.post(f"/ho-so/{dossier.uid}/tep/{document.file.uid}/bo/").status_code == 302
    text = client.get(f"/ho-so/{dossier.uid}/nop/").content.decode()
    assert "Bộ phận Một cửa: thiếu Báo cáo thành tích." in text
    assert "Nguyễn Thị Hòa: thiếu" not in text


def test_a_changed_nominee_is_judged_afresh_and_the_others_keep_their_verdict(world):
    dossier = a_submitted_dossier(world.unit, world.filer)
    for nominee in dossier.nominees.all():
        appraising.give_verdict("recommend", nominee, by=world.standing)
    submitting.request_supplement(dossier, by=world.standing, comment="Ghi rõ chức vụ.")
    person = dossier.nominees.get(kind="individual")
    values = an_individual(world.unit, position="Phó Trưởng phòng")
    assert submitting.change_nominee(person, by=world.filer, version=dossier.version, values=values)
    dossier.refresh_from_db()
    submit(dossier, world.filer)
    states = dict(dossier.nominees.values_list("kind", "state"))
    assert states == {"individual": "proposed", "collective": "recommended"}


def test_a_nominee_removed_after_a_submission_stays_as_withdrawn(world, enter):
    dossier = a_submitted_dossier(world.unit, world.filer)
    submitting.request_supplement(dossier, by=world.standing, comment="Rút bớt.")
    person = dossier.nominees.get(kind="individual")
    enter(world.filer).post(f"/ho-so/{dossier.uid}/doi-tuong/{person.uid}/bo/")
    person.refresh_from_db()
    assert person.state == "withdrawn"
    draft = a_full_draft(world.unit, world.filer)
    person = draft.nominees.get(kind="individual")
    enter(world.filer).post(f"/ho-so/{draft.uid}/doi-tuong/{person.uid}/bo/")
    assert draft.nominees.count() == 1


def test_a_withdrawn_dossier_takes_its_nominees_along(world, enter):
    dossier = a_submitted_dossier(world.unit, world.filer)
    enter(world.filer).post(f"/ho-so/{dossier.uid}/rut/")
    assert set(dossier.nominees.values_list("state", flat=True)) == {"withdrawn"}


def test_what_was_submitted_cannot_be_changed(world):
    dossier = a_submitted_dossier(world.unit, world.filer)
    with (
        pytest.raises(IntegrityError, match="rows are never changed or deleted"),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE awards_dossiersubmission SET sha256 = '' WHERE dossier_id = %s", [dossier.pk])


def test_the_supplement_is_due_after_the_working_days_of_the_rules(world):
    """15/01/2027 is a Friday: five working days end on the next Friday."""
    dossier = a_submitted_dossier(world.unit, world.filer)
    submitting.request_supplement(dossier, by=world.standing, comment="Bổ sung.")
    assert f"{Dossier.objects.get().supplement_due}" == "2027-01-22"


def test_files_are_served_inline_and_noted(world, enter):
    dossier = a_full_draft(world.unit, world.filer)
    document = dossier.documents.first()
    response = enter(world.filer).get(f"/ho-so/{dossier.uid}/tep/{document.file.uid}/")
    assert (response.status_code, b"".join(response.streaming_content)) == (200, PDF)
    logged = AccessLog.objects.get()
    assert (logged.user, logged.what, logged.object_uid) == (world.filer, "download", document.file.uid)


def test_the_unit_reads_what_the_review_asks_of_it_until_it_submits(world, enter):
    """On the pages on which it still decides whether to submit; afterwards it is the desks' business."""
    dossier = a_full_draft(world.unit, world.filer)
    pages = [f"/ho-so/{dossier.uid}/{page}" for page in ("", "sua/", "nop/")]
    said = "Chưa ấn định năm của báo cáo làm căn cứ xét."

    def read(role):
        answers = [enter(getattr(world, role)).get(page) for page in pages]
        return [said in answer.content.decode() for answer in answers]

    assert (read("filer"), read("colleague"), read("standing")) == ([True] * 3, [False] * 3, [False] * 3)
    submit(dossier, world.filer)
    assert (read("filer"), read("standing")) == ([False] * 3, [True, False, False])

"""Opinions asked of other offices: the letter, the time, what silence means, what waits for them."""

from datetime import date

import pytest

from awards.documents.consultation import letter_of
from awards.models import Consultation, ConsultationRule, Opinion
from awards.workflow import consultation as consulting
from core import clock
from core.models import Event, OutboxMail
from tests.factories_awards import (
    a_collective,
    a_forwarded_proposal,
    a_submitted_dossier,
    an_appraised_dossier,
    an_individual,
    appraise,
)
from tests.factories_registrations import a_pdf

AGREES = "Quá hạn không trả lời: coi như thống nhất, không có ý kiến khác."
WAITS = "Quá hạn không trả lời: chưa kết luận được, phải có văn bản trả lời."


@pytest.fixture
def dossier(world):
    return a_submitted_dossier(
        world.unit, world.filer, [a_collective(world.unit), an_individual(world.unit, "Giàng A Sử")]
    )


def ask(client, case_url, nominees, **changes):
    posted = {"nominee": [n.uid for n in nominees], "topic": "tax"} | changes
    return client.post(f"{case_url}xin-y-kien/", posted)


def sent(client, consultation, **changes):
    posted = {"number": "12/STTTT", "sent_on": "15/01/2027", "upload": a_pdf("cv.pdf")} | changes
    return client.post(f"/xin-y-kien/{consultation.uid}/gui/", posted)


def reply(consultation, view="agrees", words="", **changes):
    said = {"number": "9/CT", "replied_on": "15/01/2027"}
    for nominee in consultation.nominees.all():
        said |= {f"view_{nominee.uid}": view, f"words_{nominee.uid}": words}
    return said | changes


def test_an_opinion_is_asked_sent_and_answered(world, dossier, enter):
    client = enter(world.standing)
    page = client.get(f"/ho-so/{dossier.uid}/xin-y-kien/").content.decode()
    assert [AGREES in page, WAITS in page, "10 ngày làm việc" in page] == [True] * 3
    answer = ask(client, f"/ho-so/{dossier.uid}/", dossier.nominees.all())
    asked = Consultation.objects.get()
    assert (answer.url, asked.state, asked.office) == (
        asked.get_absolute_url(),
        "draft",
        "Cơ quan thuế quản lý trực tiếp",
    )
    assert sent(client, asked).status_code == 302
    asked.refresh_from_db()
    assert (asked.state, asked.due_on) == ("sent", date(2027, 1, 29))
    assert sent(client, asked).status_code == 409
    against = client.post(f"/xin-y-kien/{asked.uid}/tra-loi/", reply(asked, "objects"))
    assert against.status_code == 422
    assert "ý kiến không thống nhất phải có nội dung" in against.content.decode()
    done = client.post(f"/xin-y-kien/{asked.uid}/tra-loi/", reply(asked, "objects", "Nợ thuế quý III."))
    assert (done.status_code, Opinion.objects.filter(view="objects", words="Nợ thuế quý III.").count()) == (
        302,
        2,
    )


def test_the_letter_says_what_is_asked_until_when_and_what_silence_means(world, dossier):
    letters = {}
    for topic in ("tax", "police"):
        rule = ConsultationRule.objects.get(topic=topic)
        asked = consulting.ask(
            dossier,
            list(dossier.nominees.all()),
            rule=rule,
            office=rule.office,
            question=rule.question,
            by=world.standing,
        )
        letters[topic] = " ".join(letter_of(asked, clock.today()).words())
    assert "nếu không có văn bản trả lời thì coi như Quý cơ quan thống nhất" in letters["tax"]
    assert "trao đổi lý do và thời gian trả lời" in letters["police"]
    assert "chậm nhất ngày 29/01/2027" in letters["tax"]
    assert "Giàng A Sử" in letters["tax"]
    assert "1980" not in letters["tax"]


def test_the_appraisal_waits_for_an_answer_or_for_a_silence_that_speaks(world, dossier, enter, today):
    client = enter(world.standing)
    for topic in ("tax", "police"):
        ask(client, f"/ho-so/{dossier.uid}/", dossier.nominees.all(), topic=topic)
    finish = f"/ho-so/{dossier.uid}/tham-dinh/"
    for nominee in dossier.nominees.all():
        client.post(f"/ho-so/{dossier.uid}/doi-tuong/{nominee.uid}/ket-luan/", {"verdict": "recommend"})
    page = client.post(finish).content.decode()
    assert page.count("công văn chưa gửi, hãy gửi hoặc hủy") >= 2
    for asked in Consultation.objects.all():
        sent(client, asked)
    assert "chưa hết hạn trả lời" in client.post(finish).content.decode()
    today.move_to("2027-01-29T16:59:59+00:00")
    assert "Đang chờ ý kiến về nghĩa vụ thuế" in enter(world.standing).post(finish).content.decode()
    today.move_to("2027-01-29T17:00:00+00:00")
    client = enter(world.standing)
    page = client.post(finish).content.decode()
    assert "Đang chờ ý kiến về nghĩa vụ thuế" not in page
    assert "quá hạn, nhưng phải có văn bản trả lời" in page
    tax, police = Consultation.objects.get(topic="tax"), Consultation.objects.get(topic="police")
    assert AGREES in client.get(tax.get_absolute_url()).content.decode()
    assert client.post(f"/xin-y-kien/{police.uid}/huy/", {"comment": ""}).status_code == 422
    late = client.post(f"/xin-y-kien/{police.uid}/tra-loi/", reply(police, replied_on="30/01/2027"))
    assert late.status_code == 302
    assert client.post(finish).status_code == 302
    assert "(sau hạn)" in client.get(police.get_absolute_url()).content.decode()


def test_the_commendation_body_asks_about_what_was_forwarded(world, dossier, enter):
    appraise(dossier, world.standing)
    proposal = a_forwarded_proposal(world.standing, world.standing_lead, dossier)
    nominee = proposal.nominees.first()
    base = f"/to-trinh/{proposal.uid}/"
    assert ask(enter(world.standing), base, [nominee]).status_code == 403
    assert ask(enter(world.commendation), base, [nominee]).status_code == 302
    asked = Consultation.objects.get()
    assert asked.unit == world.commendation.memberships.get().unit
    assert [enter(p).get(asked.get_absolute_url()).status_code for p in (world.standing, world.filer)] == [
        403,
        404,
    ]


def test_whoever_may_not_appraise_does_not_ask(world, dossier, enter):
    before = (Event.objects.count(), OutboxMail.objects.count())
    answers = [
        ask(enter(getattr(world, role)), f"/ho-so/{dossier.uid}/", dossier.nominees.all()).status_code
        for role in ("filer", "district", "stranger", "commendation", "administrator")
    ]
    nobody = ask(enter(world.standing), f"/ho-so/{dossier.uid}/", [])
    assert (answers, nobody.status_code) == ([403, 403, 404, 404, 404], 422)
    assert (Consultation.objects.count(), Event.objects.count(), OutboxMail.objects.count()) == (0, *before)


def test_a_unit_reads_nothing_of_what_was_asked(world, enter):
    dossier = an_appraised_dossier(world.unit, world.filer, world.standing)
    other = a_submitted_dossier(world.unit, world.filer)
    ask(enter(world.standing), f"/ho-so/{other.uid}/", other.nominees.all())
    page = enter(world.filer).get(f"/ho-so/{other.uid}/").content.decode()
    assert ["Nghĩa vụ thuế" in page, "công văn xin ý kiến" in page] == [False, False]
    assert enter(world.filer).get(f"/ho-so/{dossier.uid}/xin-y-kien/").status_code == 403


def test_the_desk_leads_to_the_asking_only_who_may_ask(world, enter):
    submitted = a_submitted_dossier(world.unit, world.filer)
    forwarded = an_appraised_dossier(world.unit, world.filer, world.standing)
    a_forwarded_proposal(world.standing, world.standing_lead, forwarded)
    leads = {}
    for who, dossier in {"standing": submitted, "commendation": forwarded}.items():
        client, address = enter(getattr(world, who)), f"/ho-so/{dossier.uid}/"
        desk = client.get(f"{address}doi-tuong/")
        asking = client.get(f"{address}xin-y-kien/")
        leads[who] = (desk.status_code, f"{address}xin-y-kien/" in desk.content.decode(), asking.status_code)
    assert leads == {"standing": (200, True, 200), "commendation": (200, False, 403)}

"""What no number can judge: people and firms, by a person's word on papers of the dossier."""

import pytest

from core.models import Event
from registrations.models import Judgement
from registrations.workflow import judge_person
from tests.factories import UnitFactory, member_of
from tests.factories_awards import a_collective, a_submitted_dossier, an_individual, appraise

REASON = "Sáng kiến đã áp dụng ở ba xã."


@pytest.fixture
def dossier(world):
    nominees = [an_individual(world.unit), an_individual(world.unit, "Lò Thị Mai"), a_collective(world.unit)]
    return a_submitted_dossier(world.unit, world.filer, nominees)


def address(nominee):
    return f"/ho-so/{nominee.dossier.uid}/doi-tuong/{nominee.uid}/tieu-chi/"


def papers(dossier, nominee=None):
    found = dossier.documents.filter(nominee=nominee).order_by("pk")
    return [str(document.file.uid) for document in found.select_related("file")]


def said(dossier, nominee, **changes):
    evidence = papers(dossier, nominee)[:1]
    return {"code": "IND-1", "is_met": "yes", "reason": REASON, "evidence": evidence} | changes


@pytest.mark.parametrize(
    ("role", "reads", "judges"),
    [
        ("filer", 403, 403),
        ("colleague", 403, 403),
        ("district", 403, 403),
        ("stranger", 404, 404),
        ("standing", 200, 302),
        ("standing_lead", 200, 302),
        ("commendation", 404, 404),
        ("administrator", 404, 404),
    ],
)
def test_who_may(world, enter, dossier, role, reads, judges):
    nominee = dossier.nominees.get(name="Nguyễn Thị Hòa")
    client = enter(getattr(world, role))

    assert client.get(address(nominee)).status_code == reads
    assert client.post(address(nominee), said(dossier, nominee)).status_code == judges
    assert Judgement.objects.count() == (judges == 302)


def test_a_word_on_evidence_stands_beside_the_nominee_and_is_kept_from_the_unit(world, enter, dossier):
    nominee = dossier.nominees.get(name="Nguyễn Thị Hòa")
    client = enter(world.standing)
    assert client.get(dossier.get_absolute_url()).content.decode().count("Chờ xét</span>") >= 4

    assert client.post(address(nominee), said(dossier, nominee, is_met="no")).status_code == 302
    assert client.post(address(nominee), said(dossier, nominee)).status_code == 302

    page = client.get(address(nominee)).content.decode()
    assert REASON in page
    assert f'href="/ho-so/{dossier.uid}/tep/{papers(dossier, nominee)[0]}/"' in page
    told = client.get(dossier.get_absolute_url()).content.decode()
    assert "đã kết luận theo minh chứng, IND-1: đạt, Nguyễn Thị Hòa" in told
    assert "đã kết luận theo minh chứng, IND-1: chưa đạt, Nguyễn Thị Hòa" in told
    judged = list(Judgement.objects.values_list("criterion__code", "subject_name", "is_met"))
    assert judged == [("IND-1", "Nguyễn Thị Hòa", False), ("IND-1", "Nguyễn Thị Hòa", True)]
    assert Event.objects.filter(act="judge", case_uid=dossier.uid).count() == 2
    for reader in (world.filer, world.colleague, world.district):
        seen = enter(reader).get(dossier.get_absolute_url()).content.decode()
        assert [w for w in (REASON, "theo minh chứng", "IND-1") if w in seen] == []


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"evidence": []}, 422, "Hãy chọn ít nhất một giấy tờ làm minh chứng."),
        ({"evidence": ["0" * 8]}, 422, "Hãy chọn lại."),
        ({"reason": " "}, 422, "Hãy điền mục này."),
        ({"is_met": "maybe"}, 422, "Hãy chọn lại."),
        ({"code": "IND-9"}, 404, ""),
        ({"code": "COMM-1"}, 404, ""),
    ],
)
def test_a_word_that_lacks_something_is_not_taken(world, enter, dossier, changes, status, words):
    nominee = dossier.nominees.get(name="Nguyễn Thị Hòa")

    answer = enter(world.standing).post(address(nominee), said(dossier, nominee) | changes)

    assert answer.status_code == status
    assert words in answer.content.decode()
    assert Judgement.objects.count() == 0


def test_the_papers_of_another_nominee_are_no_evidence(world, enter, dossier):
    nominee, other = (dossier.nominees.get(name=name) for name in ("Nguyễn Thị Hòa", "Lò Thị Mai"))

    answer = enter(world.standing).post(
        address(nominee), said(dossier, nominee, evidence=papers(dossier, other))
    )

    assert (answer.status_code, Judgement.objects.count()) == (422, 0)


def test_a_collective_is_measured_by_figures_and_a_firm_by_its_own_criteria(world, enter, dossier):
    collective = dossier.nominees.get(kind="collective")
    client = enter(world.standing)
    assert client.get(address(collective)).status_code == 404
    firm = UnitFactory(enterprise=True)
    theirs = a_submitted_dossier(firm, member_of(firm), [a_collective(firm, firm.name)])
    nominee = theirs.nominees.get()
    page = client.get(address(nominee)).content.decode()
    assert [code for code in ("ENT-1", "ENT-2", "ENT-3", "IND-1") if f'id="{code}"' in page] == [
        "ENT-1",
        "ENT-2",
    ]


def test_after_the_appraisal_no_word_is_taken(world, enter, dossier):
    nominee = dossier.nominees.get(name="Nguyễn Thị Hòa")
    appraise(dossier, world.standing)

    answer = enter(world.standing).post(address(nominee), said(dossier, nominee))

    assert (answer.status_code, Judgement.objects.count()) == (403, 0)


def test_another_room_s_word_on_the_nominee_is_read_back(world, enter, dossier):
    nominee = dossier.nominees.get(name="Lò Thị Mai")
    criterion = dossier.campaign.criteria_set.criteria.get(code="IND-2")
    evidence = [dossier.documents.first().file]
    judge_person(
        criterion,
        nominee,
        unit=nominee.unit,
        is_met=False,
        reason=REASON,
        evidence=evidence,
        by=world.standing,
    )

    assert REASON in enter(world.standing).get(address(nominee)).content.decode()

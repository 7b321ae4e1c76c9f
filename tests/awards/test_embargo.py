"""Until publication a unit reads the stage of its dossier and no verdict, wherever it looks."""

import pytest
from django.urls import reverse

from awards.models import Award, PublicRecord
from awards.workflow import appraisal as appraising
from awards.workflow import decision as deciding
from awards.workflow import dossier as submitting
from core.models import OutboxMail
from tests.factories_awards import (
    a_forwarded_proposal,
    a_published_decision,
    a_submitted_dossier,
    an_appraised_dossier,
    an_approved_proposal,
    an_individual,
    an_issued_decision,
    appraise,
    judge_all,
)

#: words that would give a verdict away; the form of award itself is named on every dossier
GIVE_AWAY = [
    "Không đề nghị",
    "Đề nghị khen thưởng",
    "Đủ điều kiện, không được chọn",
    "Trùng đề nghị",
    "Được duyệt",
    "Không được duyệt",
    "Được khen thưởng",
    "đã đề nghị khen thưởng",
    "đã không chọn",
    "đã duyệt",
    "Đồng ý",
    "Ý kiến thẩm định.",
    "Lý do xét.",
    "Lý do kín",
]
NAMES = ["Giàng A Sử", "Lò Thị Mai", "Vàng A Páo", "Trần Thị Hoa"]
VERDICTS = {"Giàng A Sử": "not_recommend", "Lò Thị Mai": "not_select", "Vàng A Páo": "mark_duplicate"}


@pytest.fixture
def dossier(world):
    """Four people, one for each verdict of the appraisal."""
    nominees = [an_individual(world.unit, name) for name in NAMES]
    return a_submitted_dossier(world.unit, world.filer, nominees)


def words_given_away(client, dossier):
    page = client.get(f"/ho-so/{dossier.uid}/").content.decode()
    return [word for word in GIVE_AWAY if word in page]


def states_in_api(client, dossier):
    nominees = client.get(f"/api/v1/dossiers/{dossier.uid}/").json()["nominees"]
    return {n["name"]: n["state"] for n in nominees}


@pytest.mark.parametrize("role", ["filer", "colleague", "district"])
def test_nothing_shows_from_the_first_verdict_to_the_decision(role, world, dossier, enter):
    client = enter(getattr(world, role))
    under_review = dict.fromkeys(NAMES, "under_review")

    def looks():
        mails = " ".join(OutboxMail.objects.values_list("body", flat=True))
        shown = [word for word in GIVE_AWAY if word in mails]
        return words_given_away(client, dossier), states_in_api(client, dossier), shown

    for nominee in dossier.nominees.all():
        action = VERDICTS.get(nominee.name, "recommend")
        appraising.give_verdict(action, nominee, by=world.standing, comment="Ý kiến thẩm định.")
    assert looks() == ([], under_review, [])
    appraising.appraise(dossier, by=world.standing)
    appraising.reopen(dossier, by=world.standing_lead, comment="Lý do kín")
    assert looks() == ([], under_review, [])
    appraising.appraise(dossier, by=world.standing)
    proposal = a_forwarded_proposal(world.standing, world.standing_lead, dossier)
    judge_all(proposal, world.commendation)
    assert looks() == ([], under_review, [])
    assert PublicRecord.objects.count() == Award.objects.count() == 0


def test_the_desk_reads_the_verdicts(world, dossier, enter):
    appraise(dossier, world.standing, VERDICTS)
    states = states_in_api(enter(world.standing), dossier)
    assert states == {
        "Giàng A Sử": "not_recommended",
        "Lò Thị Mai": "not_selected",
        "Vàng A Páo": "duplicate",
        "Trần Thị Hoa": "recommended",
    }
    assert "Ý kiến thẩm định." in enter(world.standing).get(f"/ho-so/{dossier.uid}/").content.decode()


def test_publication_tells_each_outcome(world, dossier, enter):
    appraise(dossier, world.standing, VERDICTS)
    decision = an_issued_decision(world, dossier)
    client = enter(world.filer)
    assert states_in_api(client, dossier) == dict.fromkeys(NAMES, "under_review")
    deciding.publish(decision, by=world.commendation_lead)
    # The three who came into no proposal were appraised in the same frozen instant.
    assert states_in_api(client, dossier)["Trần Thị Hoa"] == "awarded"
    page = client.get(f"/ho-so/{dossier.uid}/").content.decode()
    assert "Được khen thưởng" in page
    assert Award.objects.get().reference in page


def test_publication_of_a_later_day_tells_the_others_too(world, dossier, enter, today):
    appraise(dossier, world.standing, VERDICTS)
    today.shift(86_400)
    a_published_decision(world, dossier)
    assert states_in_api(enter(world.filer), dossier) == {
        "Giàng A Sử": "not_recommended",
        "Lò Thị Mai": "not_selected",
        "Vàng A Páo": "duplicate",
        "Trần Thị Hoa": "awarded",
    }


def test_a_decision_on_another_proposal_lifts_no_embargo_of_this_one(world, enter, today):
    refused = an_appraised_dossier(world.unit, world.filer, world.standing, [an_individual(world.unit)])
    an_approved_proposal(world, refused, refused=["Nguyễn Thị Hòa"])
    other = an_appraised_dossier(
        world.unit, world.filer, world.standing, [an_individual(world.unit, "Lò Thị Mai")]
    )
    today.shift(86_400)
    a_published_decision(world, other)
    assert states_in_api(enter(world.filer), refused) == {"Nguyễn Thị Hòa": "under_review"}


def test_a_refused_nominee_is_told_with_its_own_decision(world, enter):
    nominees = [an_individual(world.unit, name) for name in ("Lò Thị Mai", "Trần Thị Hoa")]
    dossier = an_appraised_dossier(world.unit, world.filer, world.standing, nominees)
    a_published_decision(world, dossier, refused=["Lò Thị Mai"])
    states = states_in_api(enter(world.filer), dossier)
    assert states == {"Lò Thị Mai": "refused", "Trần Thị Hoa": "awarded"}
    assert [a.name for a in Award.objects.all()] == ["Trần Thị Hoa"]


def test_the_unit_reads_the_supplement_request_word_for_word(world, dossier, enter):
    submitting.request_supplement(dossier, by=world.standing, comment="Bổ sung biên bản có dấu.")
    page = enter(world.filer).get(f"/ho-so/{dossier.uid}/").content.decode()
    assert "Bổ sung biên bản có dấu." in page
    assert "Hạn: hết ngày 22/01/2027" in page


def test_duplicates_show_what_one_may_see_and_no_more(world, dossier, enter):
    twin = a_submitted_dossier(world.unit, world.filer, [an_individual(world.unit, "GIÀNG A SỬ")])
    marked = "trùng tên"
    page = enter(world.standing).get(f"/ho-so/{twin.uid}/").content.decode()
    assert marked in page
    nominee_page = reverse("awards:nominee", args=[twin.uid, twin.nominees.get().uid])
    assert dossier.reference in enter(world.standing).get(nominee_page).content.decode()
    assert marked not in enter(world.filer).get(f"/ho-so/{twin.uid}/").content.decode()
    forwarded = an_appraised_dossier(
        world.unit, world.filer, world.standing, [an_individual(world.unit, "Giàng A Sử")]
    )
    a_forwarded_proposal(world.standing, world.standing_lead, forwarded)
    page = enter(world.commendation).get(f"/ho-so/{forwarded.uid}/").content.decode()
    assert marked not in page

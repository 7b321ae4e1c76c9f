"""Nobody judges twice, nobody judges his own."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from awards.workflow import decision as deciding
from awards.workflow import dossier as submitting
from awards.workflow import proposal as proposing
from core.transitions import Refused
from tests.factories import MembershipFactory, UnitFactory, holder_of, member_of
from tests.factories_awards import (
    a_campaign,
    a_collective,
    a_forwarded_proposal,
    a_signed_proposal,
    a_submitted_dossier,
    an_appraised_dossier,
    an_individual,
    judge_all,
    signed,
    the_form,
)
from units.enums import Function, Role
from units.models import UnitFunction, UnitSuccession

YESTERDAYS = {"valid_from": date(2020, 1, 1), "valid_to": date(2026, 12, 31)}


def verdict(client, dossier):
    nominee = dossier.nominees.first()
    return client.post(
        f"/ho-so/{dossier.uid}/doi-tuong/{nominee.uid}/ket-luan/", {"verdict": "recommend", "comment": ""}
    ).status_code


def kin(world, how):
    """A unit related to the commune in the way named."""
    if how == "own":
        return world.unit
    if how == "parent":
        return world.unit.parent
    if how == "child":
        return UnitFactory(commune=True, parent=world.unit)
    other = UnitFactory(commune=True)
    pair = (other, world.unit) if how == "predecessor" else (world.unit, other)
    UnitSuccession.objects.create(
        predecessor=pair[0], successor=pair[1], effective_on=date(2025, 7, 1), legal_basis="Nghị quyết"
    )
    return other


@pytest.mark.parametrize("how", ["own", "parent", "child", "predecessor", "successor"])
def test_a_reviewer_of_kin_is_kept_out(how, world, enter):
    dossier = a_submitted_dossier(world.unit, world.filer)
    MembershipFactory(user=world.standing, unit=kin(world, how), role=Role.FILER, **YESTERDAYS)
    client = enter(world.standing)
    assert verdict(client, dossier) == 403
    assert client.post(f"/ho-so/{dossier.uid}/tham-dinh/").status_code == 403
    page = client.get(f"/ho-so/{dossier.uid}/").content.decode()
    assert "Bạn không thẩm định hồ sơ này" in page
    assert "Ghi kết luận" not in page
    assert dossier.nominees.first().state == "proposed"


#: successions among the nominee's unit 0 and two others; the reviewer was lately of unit 2
ROADS = {
    "two steps on": [(0, 1), (1, 2)],
    "two steps back": [(2, 1), (1, 0)],
    "up in the same one": [(0, 1), (2, 1)],
}


@pytest.mark.parametrize("road", ROADS)
def test_kin_is_followed_through_every_reorganisation(road, world, enter):
    units = [world.unit, UnitFactory(commune=True), UnitFactory(commune=True)]
    for old, new in ROADS[road]:
        UnitSuccession.objects.create(
            predecessor=units[old],
            successor=units[new],
            effective_on=date(2025, 7, 1),
            legal_basis="Nghị quyết",
        )
    dossier = a_submitted_dossier(world.unit, world.filer)
    MembershipFactory(user=world.standing, unit=units[2], role=Role.FILER, **YESTERDAYS)
    assert verdict(enter(world.standing), dossier) == 403
    assert dossier.nominees.first().state == "proposed"


def test_a_reviewer_of_the_unit_a_firm_was_linked_to_is_kept_out_with_the_reason(world, enter):
    firm = UnitFactory(enterprise=True, name="Công ty Sao Mai")
    values = a_collective(world.unit, name="Công ty Sao Mai", body_kind="enterprise", subject=firm)
    dossier = a_submitted_dossier(world.unit, world.filer, [values])
    MembershipFactory(user=world.standing, unit=firm, role=Role.FILER, **YESTERDAYS)
    client = enter(world.standing)
    assert verdict(client, dossier) == 403
    page = client.get(f"/ho-so/{dossier.uid}/doi-tuong/").content.decode()
    assert "đang hoặc vừa công tác tại Công ty Sao Mai" in page


def test_a_membership_long_past_bars_nobody(world, enter):
    dossier = a_submitted_dossier(world.unit, world.filer)
    long_past = {"valid_from": date(2020, 1, 1), "valid_to": date(2025, 12, 31)}
    MembershipFactory(user=world.standing, unit=world.unit, role=Role.FILER, **long_past)
    assert verdict(enter(world.standing), dossier) == 302


def test_a_reviewer_of_the_nominees_own_unit_is_kept_out(world, enter):
    """The dossier is the district's, the nominee a commune's: the commune's man does not judge."""
    child = UnitFactory(commune=True, parent=world.unit.parent)
    nominees = [an_individual(child)]
    dossier = a_submitted_dossier(world.unit.parent, world.district, nominees)
    MembershipFactory(user=world.standing, unit=child, role=Role.FILER, **YESTERDAYS)
    assert verdict(enter(world.standing), dossier) == 403


def test_the_standing_bodys_own_dossier_is_appraised_by_the_commendation_body(world, enter):
    standing_body = UnitFunction.holder(Function.STANDING_BODY)
    filer = member_of(standing_body)
    dossier = a_submitted_dossier(standing_body, filer)
    assert verdict(enter(world.standing), dossier) == 403
    assert verdict(enter(world.standing_lead), dossier) == 403
    assert verdict(enter(world.commendation), dossier) == 302


def test_the_commendation_bodys_own_nominee_is_judged_by_the_standing_body(world, enter):
    commendation_body = UnitFunction.holder(Function.COMMENDATION_BODY)
    filer = member_of(commendation_body)
    dossier = an_appraised_dossier(commendation_body, filer, world.standing)
    proposal = a_forwarded_proposal(world.standing, world.standing_lead, dossier)
    nominee = dossier.nominees.first()
    address = f"/to-trinh/{proposal.uid}/doi-tuong/{nominee.uid}/xet/"
    assert enter(world.commendation).post(address, {"judgement": "approved"}).status_code == 403
    assert enter(world.standing).post(address, {"judgement": "approved"}).status_code == 403  # appraised it
    assert enter(world.standing_lead).post(address, {"judgement": "approved"}).status_code == 302
    nominee.refresh_from_db()
    assert (nominee.judgement, nominee.judged_by) == ("approved", world.standing_lead)


def test_whoever_appraised_does_not_judge(world, enter):
    """One person at both bodies: the appraisal bars from the judgement, page and database alike."""
    dossier = an_appraised_dossier(world.unit, world.filer, world.standing)
    proposal = a_forwarded_proposal(world.standing, world.standing_lead, dossier)
    body = UnitFunction.holder(Function.COMMENDATION_BODY)
    MembershipFactory(user=world.standing, unit=body, role=Role.REVIEWER)
    nominee = dossier.nominees.first()
    client = enter(world.standing)
    response = client.post(
        f"/to-trinh/{proposal.uid}/doi-tuong/{nominee.uid}/xet/", {"judgement": "approved"}
    )
    nominee.refresh_from_db()
    assert (response.status_code, nominee.judgement) == (403, "")


def test_a_refusal_of_a_nominee_needs_a_reason(world, enter):
    dossier = an_appraised_dossier(world.unit, world.filer, world.standing)
    proposal = a_forwarded_proposal(world.standing, world.standing_lead, dossier)
    nominee = dossier.nominees.first()
    address = f"/to-trinh/{proposal.uid}/doi-tuong/{nominee.uid}/xet/"
    response = enter(world.commendation).post(address, {"judgement": "refused", "comment": " "})
    nominee.refresh_from_db()
    assert (response.status_code, nominee.judgement) == (422, "")
    assert "Cần ghi lý do không đồng ý." in response.content.decode()


def test_a_lead_who_appraised_does_not_forward(world, enter):
    dossier = an_appraised_dossier(world.unit, world.filer, world.standing_lead)
    proposal = a_signed_proposal(world.standing, dossier)
    client = enter(world.standing_lead)
    assert client.post(f"/to-trinh/{proposal.uid}/chuyen-trinh/").status_code == 403
    page = client.get(f"/to-trinh/{proposal.uid}/").content.decode()
    assert "Một lãnh đạo không tham gia thẩm định đối tượng nào trong danh sách sẽ chuyển trình." in page


def test_a_lead_who_judged_does_not_approve(world, enter):
    dossier = an_appraised_dossier(world.unit, world.filer, world.standing)
    proposal = a_forwarded_proposal(world.standing, world.standing_lead, dossier)
    judge_all(proposal, world.commendation_lead)
    assert enter(world.commendation_lead).post(f"/to-trinh/{proposal.uid}/duyet/").status_code == 403
    other_lead = holder_of(Function.COMMENDATION_BODY, Role.LEAD)
    assert enter(other_lead).post(f"/to-trinh/{proposal.uid}/duyet/").status_code == 302


def test_whoever_issued_does_not_publish(world, enter):
    dossier = an_appraised_dossier(world.unit, world.filer, world.standing)
    proposal = a_forwarded_proposal(world.standing, world.standing_lead, dossier)
    judge_all(proposal, world.commendation)
    proposing.approve(proposal, by=world.commendation_lead)
    decision = deciding.start(proposal, title="Tặng Bằng khen", by=world.commendation)
    deciding.submit(decision, by=world.commendation)
    deciding.issue(decision, by=world.commendation_lead, **signed(world.commendation_lead))
    client = enter(world.commendation_lead)
    assert client.post(f"/quyet-dinh-khen-thuong/{decision.uid}/cong-bo/").status_code == 403
    page = client.get(f"/quyet-dinh-khen-thuong/{decision.uid}/").content.decode()
    assert "Một lãnh đạo khác với người đã ghi nhận ban hành sẽ công bố." in page
    other_lead = holder_of(Function.COMMENDATION_BODY, Role.LEAD)
    assert enter(other_lead).post(f"/quyet-dinh-khen-thuong/{decision.uid}/cong-bo/").status_code == 302


def test_a_dossier_for_somebody_elses_unit_is_not_begun(world):
    with pytest.raises(Refused) as refused:
        submitting.start(a_campaign(), the_form(), world.unit, by=world.stranger)
    assert refused.value.status == 403


@pytest.mark.django_db
def test_what_reaches_the_public_asks_again_who_sits_there(settings, client):
    """Each of these addresses sends away whoever has not confirmed lately, before anything is looked up."""
    settings.CONFIRMATION_REQUIRED = True
    client.force_login(holder_of(Function.COMMENDATION_BODY, Role.LEAD))
    uid = uuid.uuid4()
    sent_away = {
        name: client.post(reverse(f"awards:{name}", args=[uid])).status_code
        for name in ("approve", "issue", "publish", "correct", "revoke", "submit_decision")
    }
    assert sent_away == {
        **dict.fromkeys(("approve", "issue", "publish", "correct", "revoke"), 302),
        "submit_decision": 404,
    }

"""A nominee held while something is looked into, with the document that says so."""

import pytest

from awards.models import (
    Hold,
)
from core.models import Event
from tests.awards.trying import counts
from tests.factories_awards import (
    a_forwarded_proposal,
    a_proposal,
    a_submitted_dossier,
    an_appraised_dossier,
)
from tests.factories_registrations import a_pdf


def a_hold(**changes):
    return {
        "kind": "discipline",
        "reason": "Đang xem xét kỷ luật",
        "document_number": "5/TB",
        "document_on": "14/01/2027",
        "upload": a_pdf("thong-bao.pdf"),
    } | changes


def test_a_hold_is_opened_with_its_document_shown_and_closed(world, enter):
    dossier = an_appraised_dossier(world.unit, world.filer, world.standing)
    nominee = dossier.nominees.get(kind="individual")
    url = f"/ho-so/{dossier.uid}/doi-tuong/{nominee.uid}"
    client = enter(world.standing)
    before = counts()
    for wrong in (a_hold(reason=""), a_hold(document_on="16/01/2027"), a_hold(upload="")):
        assert client.post(f"{url}/tam-dung/", wrong).status_code == 422
    assert counts() == before
    assert client.post(f"{url}/tam-dung/", a_hold()).status_code == 302
    nominee.refresh_from_db()
    assert (nominee.is_held, nominee.state) == (True, "recommended")
    hold = Hold.objects.get()
    for page in (f"{url}/xem/", f"/ho-so/{dossier.uid}/"):
        assert "Tạm dừng xét" in client.get(page).content.decode()
    assert client.get(f"{url}/tam-dung/{hold.uid}/tep/").status_code == 200
    # The unit reads nothing of it, and a held one is not gathered.
    own = enter(world.filer)
    assert "kỷ luật" not in own.get(f"{url}/xem/").content.decode()
    assert own.get(f"{url}/tam-dung/{hold.uid}/tep/").status_code == 403
    proposal = a_proposal(world.standing, dossier)
    assert list(proposal.nominees.values_list("kind", flat=True)) == ["collective"]
    assert client.post(f"{url}/tam-dung/{hold.uid}/xet-tiep/", {"outcome": ""}).status_code == 422
    assert (
        client.post(f"{url}/tam-dung/{hold.uid}/xet-tiep/", {"outcome": "Không vi phạm"}).status_code == 302
    )
    again = client.post(f"{url}/tam-dung/{hold.uid}/xet-tiep/", {"outcome": "Nữa"})
    nominee.refresh_from_db()
    assert (again.status_code, nominee.is_held, nominee.hold_reason) == (409, False, "")
    assert [e.act for e in Event.objects.filter(object_uid=nominee.uid).order_by("pk")][-2:] == [
        "hold",
        "release",
    ]


HOLDS = {
    ("filer", "submitted"): 403,
    ("colleague", "submitted"): 403,
    ("district", "submitted"): 403,
    ("stranger", "submitted"): 404,
    ("standing", "submitted"): 302,
    ("standing_lead", "submitted"): 302,
    ("commendation", "submitted"): 404,
    ("commendation", "forwarded"): 302,
    ("commendation_lead", "forwarded"): 302,
    ("standing", "forwarded"): 302,
    ("administrator", "submitted"): 404,
}


@pytest.mark.parametrize(("role", "state"), HOLDS)
def test_who_holds(role, state, world, enter):
    if state == "forwarded":
        dossier = an_appraised_dossier(world.unit, world.filer, world.standing)
        a_forwarded_proposal(world.standing, world.standing_lead, dossier)
    else:
        dossier = a_submitted_dossier(world.unit, world.filer)
    nominee = dossier.nominees.first()
    before = counts()
    response = enter(getattr(world, role)).post(
        f"/ho-so/{dossier.uid}/doi-tuong/{nominee.uid}/tam-dung/", a_hold()
    )
    nominee.refresh_from_db()
    expected = HOLDS[role, state]
    assert (response.status_code, nominee.is_held) == (expected, expected == 302)
    assert (counts() == before) == (expected != 302)

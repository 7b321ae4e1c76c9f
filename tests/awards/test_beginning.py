"""How a dossier begins: entered from paper by a clerk, or in a time that is open for its form."""

import uuid

from awards.models import (
    Dossier,
    FormOpening,
)
from tests.factories_awards import (
    a_campaign,
    a_draft,
    fill,
    the_form,
)
from tests.factories_registrations import HANOI, a_pdf


def test_a_clerk_enters_what_came_on_paper(world, enter, today):
    campaign, form = a_campaign(), the_form()
    draft = a_draft(world.unit, world.filer)  # opens the time; the unit's own draft stays its own
    assert enter(world.standing).get(f"/ho-so/{draft.uid}/").status_code == 404
    said = {"unit": world.unit.uid, "campaign": campaign.uid, "form": form.code}
    for role in ("filer", "stranger", "commendation", "administrator"):
        assert enter(getattr(world, role)).post("/ho-so/ban-giay/", said).status_code == 403
    client = enter(world.standing)
    assert client.post("/ho-so/ban-giay/", said).status_code == 302
    dossier = Dossier.objects.get(channel="post")
    fill(dossier, world.standing)
    submit = {"version": dossier.version, "request_key": uuid.uuid4()}
    refused = client.post(f"/ho-so/{dossier.uid}/nop/", submit).content.decode()
    for missing in ("Chưa ghi số văn bản đến.", "Chưa ghi ngày nhận", "Chưa tải lên bản quét hồ sơ giấy."):
        assert missing in refused
    words = {"channel": "one_stop", "paper_number": "15/BPMC", "received_on": "11/01/2027"}
    words |= {"achievement_from": "01/01/2022", "achievement_to": "31/12/2025", "summary": "Đề nghị"}
    scan = {"kind": "paper", "upload": a_pdf("ban-quet.pdf")}
    saved = client.post(f"/ho-so/{dossier.uid}/sua/", words | scan | {"version": dossier.version})
    assert saved.status_code == 302
    dossier.refresh_from_db()
    submit["version"] = dossier.version
    assert client.post(f"/ho-so/{dossier.uid}/nop/", submit).status_code == 302
    dossier.refresh_from_db()
    assert (dossier.channel, f"{dossier.received_on}", f"{dossier.due_on}") == (
        "one_stop",
        "2027-01-11",
        "2027-02-15",
    )
    assert dossier.first_submitted_at.astimezone(HANOI).isoformat() == "2027-01-11T00:00:00+07:00"
    receipt = client.get(f"/ho-so/{dossier.uid}/bien-nhan/1/").content.decode()
    assert "Bộ phận một cửa, số 15/BPMC" in receipt


def test_the_chairman_s_form_is_proposed_in_the_review_year_or_when_opened(world, enter, today):
    campaign, form = a_campaign(), the_form()
    client = enter(world.filer)
    said = {"unit": world.unit.uid, "campaign": campaign.uid, "form": form.code}
    refused = client.post("/ho-so/bat-dau/", said)
    assert refused.status_code == 422
    assert "xét vào năm tổng kết 2025" in refused.content.decode()
    assert Dossier.objects.count() == 0
    opened = {
        "form": form.code,
        "campaign": campaign.uid,
        "opens_on": "10/01/2027",
        "closes_on": "15/01/2027",
        "basis": "Công văn 1/UBND",
    }
    for role, status in (("filer", 403), ("standing", 403), ("commendation_lead", 403)):
        assert enter(getattr(world, role)).post("/dot-nhan-ho-so/", opened).status_code == status
    assert FormOpening.objects.count() == 0
    assert enter(world.standing_lead).post("/dot-nhan-ho-so/", opened).status_code == 302
    assert client.post("/ho-so/bat-dau/", said).status_code == 302
    today.move_to("2027-01-16T00:00+07:00")
    assert client.post("/ho-so/bat-dau/", said).status_code == 422
    today.move_to("2025-12-31T23:59+07:00")
    assert client.post("/ho-so/bat-dau/", said).status_code == 302

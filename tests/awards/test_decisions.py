"""Decisions: several of one proposal, names struck, minutes, data set right, who is told."""

import re

from awards.models import (
    Award,
)
from awards.workflow import decision as deciding
from core.models import OutboxMail
from tests.awards.test_award_acts import a_signature
from tests.factories import UnitFactory, member_of
from tests.factories_awards import (
    a_decision,
    an_appraised_dossier,
    an_approved_proposal,
    an_individual,
    an_issued_decision,
)
from tests.factories_registrations import a_pdf


def test_several_decisions_come_of_one_proposal(world, enter):
    proposal = an_approved_proposal(world, an_appraised_dossier(world.unit, world.filer, world.standing))
    client = enter(world.commendation)
    for kind in ("collective", "individual"):
        said = {"proposal": proposal.uid, "title": f"Tặng Bằng khen {kind}", "kinds": [kind]}
        assert client.post("/quyet-dinh-khen-thuong/", said).status_code == 302
    one, other = proposal.decisions.order_by("pk")
    assert [[n.kind for n in d.nominees.all()] for d in (one, other)] == [["collective"], ["individual"]]
    # A name may be left to another decision, and taken up again.
    person = other.nominees.get()
    client.post(f"/quyet-dinh-khen-thuong/{other.uid}/doi-tuong/{person.uid}/bo/")
    assert client.post(f"/quyet-dinh-khen-thuong/{other.uid}/trinh/").status_code == 422
    client.post(f"/quyet-dinh-khen-thuong/{one.uid}/them/")
    assert {n.kind for n in one.nominees.all()} == {"collective", "individual"}


def test_a_card_at_home_leads_from_each_approved_list_to_its_draft(world, enter):
    """As often as names of it are left: the last of them takes the card away."""
    others = UnitFactory(commune=True, name="Xã Bản Lầu")
    first, second = (
        an_approved_proposal(world, an_appraised_dossier(unit, filer, world.standing))
        for unit, filer in ((world.unit, world.filer), (others, member_of(others)))
    )
    client = enter(world.commendation)

    def cards():
        page = client.get("/ban-lam-viec/").content.decode()
        return re.findall(r'<a [^>]*href="([^"]+)">Lập dự thảo<', page)

    desk = "/quyet-dinh-khen-thuong/"
    assert cards() == [f"{desk}?to-trinh={one.uid}#lap-du-thao" for one in (first, second)]
    for one, other in ((first, second), (second, first)):
        page = client.get(f"{desk}?to-trinh={one.uid}").content.decode()
        assert f'<option value="{one.uid}" selected>' in page
        assert f'<option value="{other.uid}">' in page
        assert re.search(r'<details class="act mb-4" id="lap-du-thao" open>', page)
    assert client.get(f"{desk}?to-trinh=khong-co").status_code == 200

    client.post(desk, {"proposal": first.uid, "title": "Tặng Bằng khen", "kinds": ["collective"]})
    assert cards() == [f"{desk}?to-trinh={one.uid}#lap-du-thao" for one in (first, second)]
    client.post(desk, {"proposal": first.uid, "title": "Tặng Bằng khen", "kinds": []})
    assert cards() == [f"{desk}?to-trinh={second.uid}#lap-du-thao"]


def test_a_name_the_chairman_struck_is_not_awarded_and_its_unit_reads_why(world, enter):
    names = [an_individual(world.unit, name) for name in ("Lò Thị Mai", "Trần Thị Hoa")]
    dossier = an_appraised_dossier(world.unit, world.filer, world.standing, names)
    decision = an_issued_decision(world, dossier)
    struck = decision.nominees.get(name="Lò Thị Mai")
    client = enter(world.commendation)
    address = f"/quyet-dinh-khen-thuong/{decision.uid}/doi-tuong/{struck.uid}/gach-ten/"
    assert client.post(address, {"comment": " "}).status_code == 422
    assert client.post(address, {"comment": "Chủ tịch cho rằng thành tích chưa rõ."}).status_code == 302
    last = decision.nominees.get()
    alone = client.post(
        f"/quyet-dinh-khen-thuong/{decision.uid}/doi-tuong/{last.uid}/gach-ten/", {"comment": "Cả hai."}
    )
    assert (alone.status_code, "Đây là tên cuối cùng" in alone.content.decode()) == (422, True)
    unit = enter(world.filer)
    assert "Không được duyệt" not in unit.get(dossier.get_absolute_url()).content.decode()
    deciding.publish(decision, by=world.commendation_lead)
    assert [a.name for a in Award.objects.all()] == ["Trần Thị Hoa"]
    states = unit.get(f"/api/v1/dossiers/{dossier.uid}/").json()["nominees"]
    assert {n["name"]: n["state"] for n in states} == {"Lò Thị Mai": "refused", "Trần Thị Hoa": "awarded"}


def test_council_minutes_where_the_rules_ask_for_them(world, enter):
    decision = a_decision(world, an_appraised_dossier(world.unit, world.filer, world.standing))
    rules = decision.proposal.rule_set
    rules.needs_council_minutes, rules.council_basis = True, "Quy chế của tỉnh"
    rules.save()
    client = enter(world.commendation)
    page = f"/quyet-dinh-khen-thuong/{decision.uid}/"
    refused = client.post(f"{page}trinh/")
    assert (
        refused.status_code,
        "Chưa có biên bản họp Hội đồng (Quy chế của tỉnh)." in refused.content.decode(),
    ) == (
        422,
        True,
    )
    future = client.post(f"{page}hoi-dong/", {"met_on": "16/01/2027", "upload": a_pdf()})
    assert future.status_code == 422
    assert client.post(f"{page}hoi-dong/", {"met_on": "14/01/2027", "upload": a_pdf()}).status_code == 302
    assert client.post(f"{page}trinh/").status_code == 302
    assert client.get(f"{page}tep/hoi-dong/").status_code == 200


def test_what_was_recorded_is_set_right_until_publication_and_not_published_by_who_did(world, enter):
    decision = an_issued_decision(world, an_appraised_dossier(world.unit, world.filer, world.standing))
    lead = enter(world.commendation_lead)
    page = f"/quyet-dinh-khen-thuong/{decision.uid}/"
    amended = a_signature(number="45/QĐ-UBND")
    del amended["upload"]  # the scan stays
    assert lead.post(f"{page}sua-ban-hanh/", amended).status_code == 302
    decision.refresh_from_db()
    assert (decision.number, decision.issued_by, decision.amended_by) == (
        "45/QĐ-UBND",
        world.commendation,
        world.commendation_lead,
    )
    assert lead.post(f"{page}cong-bo/").status_code == 403
    assert "Một lãnh đạo khác" in lead.get(page).content.decode()


def test_publication_tells_every_unit_that_has_an_outcome(world, today):
    """The unit whose only nominee was refused is told too, and reads why in its dossier."""
    other = UnitFactory(commune=True)
    filer = member_of(other)
    awarded = an_appraised_dossier(world.unit, world.filer, world.standing, [an_individual(world.unit)])
    refused = an_appraised_dossier(other, filer, world.standing, [an_individual(other, "Lò Thị Mai")])
    decision = an_issued_decision(world, awarded, refused, refused=["Lò Thị Mai"])
    today.shift(60)
    deciding.publish(decision, by=world.commendation_lead)
    told = OutboxMail.objects.filter(subject__startswith="Đã công bố Quyết định")
    assert {mail.recipient for mail in told} == {world.filer, filer}

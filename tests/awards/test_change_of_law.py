"""A change of law between two days of one road is said, and settled by the later one."""

import uuid

from awards.workflow import proposal as proposing
from core import clock
from core.models import Event
from tests.factories_awards import (
    a_decision,
    a_proposal,
    an_appraised_dossier,
    signed,
)
from units import house


def test_a_change_of_law_between_the_two_receipts_is_said_and_settled(world, enter, today):
    """Received by the standing body under NĐ 98/2023, by the commendation body under NĐ 152/2025."""
    today.move_to("2025-06-25T09:00+07:00")
    dossier = an_appraised_dossier(world.unit, world.filer, world.standing)
    assert dossier.rule_set.code == "ND98-QD14"
    client = enter(world.standing)
    assert "Thay đổi quy định" not in client.get(f"/ho-so/{dossier.uid}/").content.decode()
    today.move_to("2025-07-02T09:00+07:00")
    warned = client.get(f"/ho-so/{dossier.uid}/").content.decode()
    assert "Nếu chuyển trình hôm nay thì áp dụng Nghị định 152/2025/NĐ-CP" in warned
    nominee = f"/ho-so/{dossier.uid}/doi-tuong/{dossier.nominees.first().uid}/xem/"
    assert "Nếu chuyển trình hôm nay thì áp dụng" in client.get(nominee).content.decode()
    assert "Nếu chuyển trình hôm nay" not in enter(world.filer).get(nominee).content.decode()
    proposal = a_proposal(world.standing, dossier)
    said = f"được nhận theo {dossier.rule_set.name}, hôm nay áp dụng Nghị định 152/2025/NĐ-CP"
    assert said in client.get(f"/to-trinh/{proposal.uid}/").content.decode()
    for line in house.cited(proposal.rule_set.bases.all(), clock.today(), proposal):
        if line["objection"]:
            house.cite_anyway(proposal, line["basis"], reason="Nhận trước ngày thay đổi", by=world.standing)
    proposing.finalise(proposal, by=world.standing)
    proposing.sign(proposal, by=world.standing, **signed(world.standing))
    proposing.forward(proposal, by=world.standing_lead, request_key=uuid.uuid4())
    dossier.refresh_from_db()
    assert (f"{dossier.received_on}", f"{dossier.forwarded_on}") == ("2025-06-25", "2025-07-02")
    assert (dossier.rule_set.code, proposal.rule_set.code) == ("ND152-2025", "ND152-2025")
    assert "Thay đổi quy định" not in client.get(f"/to-trinh/{proposal.uid}/").content.decode()
    assert Event.objects.get(act="settle_rules").payload.data == {
        "before": "ND98-QD14",
        "after": "ND152-2025",
    }


def test_other_prizes_than_on_the_day_of_receipt_are_said_before_the_decision(world, enter, today):
    """The base salary of 2026 comes between the proposal and the decision (NĐ 152/2025 Art. 49.1)."""
    today.move_to("2026-06-25T09:00+07:00")
    decision = a_decision(world, an_appraised_dossier(world.unit, world.filer, world.standing))
    client = enter(world.commendation)
    addresses = [obj.get_absolute_url() for obj in (decision.proposal, decision)]
    assert ["Mức tiền thưởng đã đổi" in client.get(a).content.decode() for a in addresses] == [False, False]
    today.move_to("2026-07-02T09:00+07:00")
    said = (
        "Mức tiền thưởng đã đổi giữa ngày 25/06/2026 và ngày 02/07/2026: tập thể từ 7.020.000 đồng thành "
        "7.590.000 đồng; hộ gia đình từ 5.270.000 đồng thành 5.700.000 đồng; cá nhân từ 3.510.000 đồng "
        "thành 3.800.000 đồng. Tiền thưởng tính theo ngày ký Quyết định."
    )
    assert [said in client.get(a).content.decode() for a in addresses] == [True, True]

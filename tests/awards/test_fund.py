"""The ledger of the fund that pays the prizes."""

import pytest
from django.db import IntegrityError, transaction

from awards import fund as ledger
from awards.models import (
    Award,
    Fund,
    FundEntry,
    FundYear,
)
from awards.workflow import decision as deciding
from awards.workflow import fund as keeping
from tests.factories_awards import (
    a_decision,
    a_published_decision,
    an_appraised_dossier,
    an_issued_decision,
    propose_revocation,
    revoke,
)


def test_the_ledger_follows_decisions_payments_and_recoveries(world, enter):
    client = enter(world.commendation)
    stated = {
        "fund": "QUY-TDKT-TINH",
        "year": "2027",
        "ceiling": "12.000.000",
        "warn_percent": "80",
        "basis": "QĐ 1",
    }
    assert client.post("/quy/", stated).status_code == 302
    year = FundYear.objects.get()
    decision = an_issued_decision(world, an_appraised_dossier(world.unit, world.filer, world.standing))
    page = client.get(decision.get_absolute_url()).content.decode()
    assert "dùng 94 % mức trần" in page  # 3.800.000 + 7.590.000
    deciding.publish(decision, by=world.commendation_lead)
    client.post(f"/quy/{year.uid}/ghi/", an_entry(amount="3.800.000", kind="payment"))
    assert client.post(f"/quy/{year.uid}/ghi/", an_entry(on="01/02/2027")).status_code == 422
    award = Award.objects.get(kind="individual")
    propose_revocation(award, world.filer)
    revoke(award, world.commendation)
    too_much = client.post(
        f"/khen-thuong/{award.uid}/nop-lai/", {"returned_on": "15/01/2027", "money": "3800001"}
    )
    assert too_much.status_code == 422
    back = {"returned_on": "15/01/2027", "money": "3.800.000", "note": "Đã nhận Bằng khen bản gốc."}
    assert client.post(f"/khen-thuong/{award.uid}/nop-lai/", back).status_code == 302

    found = ledger.balance(year)
    assert (found.prizes, found.paid, found.recovered, found.left, found.is_near, found.is_over) == (
        11_390_000,
        3_800_000,
        3_800_000,
        4_410_000,
        False,
        False,
    )
    with pytest.raises(IntegrityError, match="rows are never changed"), transaction.atomic():
        FundEntry.objects.filter(kind="payment").update(amount=1)


def an_entry(**changes):
    return {"kind": "other", "amount": "100.000", "on": "15/01/2027", "note": "Chi tổ chức."} | changes


def test_a_decision_beyond_the_ceiling_warns_and_one_before_it_is_entered_later(world, enter):
    decision = a_published_decision(world, an_appraised_dossier(world.unit, world.filer, world.standing))
    assert FundEntry.objects.count() == 0  # nobody had stated a ceiling
    stated = keeping.state_ceiling(
        Fund.objects.get(), year=2027, ceiling=5_000_000, warn_percent=80, basis="QĐ 1", by=world.commendation
    )
    client = enter(world.commendation)
    assert client.post(f"/quy/{stated.uid}/ghi-thieu/").status_code == 302
    assert [e.amount for e in decision.fund_entries.all()] == [11_390_000]
    assert "Đã vượt mức trần" in client.get(f"/quy/{stated.uid}/").content.decode()
    another = a_decision(world, an_appraised_dossier(world.unit, world.filer, world.standing))
    page = client.get(another.get_absolute_url()).content.decode()
    assert "Vượt mức trần: Quỹ Thi đua, Khen thưởng tỉnh, năm 2027 còn 0 đồng" in page
    roles = ("filer", "standing", "standing_lead", "commendation", "administrator")
    found = {role: enter(getattr(world, role)).get("/quy/").status_code for role in roles}
    assert found == {
        "filer": 403,
        "standing": 403,
        "standing_lead": 200,
        "commendation": 200,
        "administrator": 403,
    }
    assert enter(world.standing_lead).post("/quy/", {}).status_code == 403

"""A dossier of 300 from Excel, gathered with 40 others into one list of 2,000 names.

Pages stay pages, acts answer per row, and the list is judged, approved and published through the pages.
"""

import time
import uuid

import pytest

from awards.enums import DocumentKind
from awards.models import Award, Batch, PublicRecord
from awards.workflow import appraisal as appraising
from awards.workflow import decision as deciding
from awards.workflow import dossier as submitting
from awards.workflow import proposal as proposing
from tests.awards.sheets import confirm, of, people, template, upload, write
from tests.factories import UnitFactory, member_of
from tests.factories_awards import (
    a_draft,
    an_appraised_dossier,
    an_individual,
    many_nominees,
    signed,
    submit,
)
from tests.factories_registrations import a_pdf

pytestmark = pytest.mark.prove
#: 300 from Excel, and forty dossiers of 42 or 43
OTHERS = [43] * 20 + [42] * 20


def from_excel(world, client):
    """The dossier as its unit makes it: filled in, previewed, confirmed, submitted."""
    dossier = a_draft(world.unit, world.filer)
    words = {"summary": "Đề nghị khen thưởng tổng kết."}
    assert submitting.save_dossier(dossier, by=world.filer, version=dossier.version, words=words)
    book = template(client, of(dossier))
    write(book["Cá nhân"], people(300, world.unit))
    preview = upload(client, of(dossier), book)
    assert preview.context["plan"].counts == {"add": 300, "change": 0, "remove": 0}
    assert confirm(client, of(dossier), preview).status_code == 302
    for kind in (DocumentKind.SUBMISSION, DocumentKind.MINUTES):
        submitting.attach(dossier, by=world.filer, kind=kind, upload=a_pdf(f"{kind}.pdf"))
    dossier.refresh_from_db()
    submit(dossier, world.filer)
    return dossier


def timed(told, name, act):
    began = time.monotonic()
    answer = act()
    told[name] = f"{time.monotonic() - began:.1f} s"
    return answer


def test_a_list_of_two_thousand_names(world, enter):
    told, desk = {}, enter(world.standing)
    dossier = timed(told, "300 from Excel, submitted", lambda: from_excel(world, enter(world.filer)))
    base = f"/ho-so/{dossier.uid}/"
    words = {"which": "all", "verdict": "recommend", "comment": "", "request_key": uuid.uuid4()}
    answer = timed(told, "300 verdicts", lambda: desk.post(f"{base}ket-luan/", words))
    batch = Batch.objects.get(dossier=dossier)
    assert (answer.status_code, batch.done, batch.failed) == (302, 300, 0)
    appraising.appraise(dossier, by=world.standing)
    for number, size in enumerate(OTHERS):
        unit = UnitFactory(commune=True, name=f"Xã số {number}")
        first = [an_individual(unit, f"Người đầu danh sách {number}")]
        other = an_appraised_dossier(unit, member_of(unit), world.standing, first)
        many_nominees(other, size - 1, of=f"xa {number}")
    proposal = proposing.start(
        dossier.campaign, dossier.form, dossier.rule_set, title="Đề nghị", by=world.standing
    )
    page = f"/to-trinh/{proposal.uid}/"
    words = {"which": "all", "act": "gather", "request_key": uuid.uuid4()}
    answer = timed(told, "gathered", lambda: desk.post(f"{page}chon/", words))
    batch = Batch.objects.get(proposal=proposal)
    assert (answer.status_code, batch.done, batch.failed, len(batch.results)) == (302, 2000, 0, 2000)
    assert proposal.nominees.count() == 2000
    listed = timed(told, "the list's page", lambda: desk.get(page))
    results = timed(told, "the results' page", lambda: desk.get(batch.get_absolute_url()))
    assert [len(shown.context["rows"]) for shown in (listed, results)] == [50, 50]
    answer = timed(told, "finalised", lambda: desk.post(f"{page}chot/"))
    assert answer.status_code == 302
    proposing.sign(proposal, by=world.standing, **signed(world.standing))
    proposing.forward(proposal, by=world.standing_lead, request_key=uuid.uuid4())
    judge, lead = enter(world.commendation), enter(world.commendation_lead)
    refused = {"judgement": "refused", "comment": "Chưa đủ.", "scope": "all", "request_key": uuid.uuid4()}
    assert judge.post(f"{page}xet/?q=xa+so+7", refused).status_code == 302
    words = {"judgement": "approved", "scope": "all", "request_key": uuid.uuid4()}
    answer = timed(told, "judged", lambda: judge.post(f"{page}xet/?stand=cho", words))
    assert Batch.objects.get(proposal=proposal, request_key=words["request_key"]).done == 2000 - 43
    assert timed(told, "approved", lambda: lead.post(f"{page}duyet/")).status_code == 302
    proposal.refresh_from_db()
    decision = deciding.start(proposal, title="Tặng Bằng khen", by=world.commendation)
    deciding.submit(decision, by=world.commendation)
    deciding.issue(decision, by=world.commendation, **signed(world.commendation))
    address = f"/quyet-dinh-khen-thuong/{decision.uid}/"
    assert timed(told, "published", lambda: lead.post(f"{address}cong-bo/")).status_code == 302
    shown = timed(told, "the decision's page", lambda: judge.get(address))
    assert len(shown.context["rows"]) == 50
    assert (Award.objects.count(), PublicRecord.objects.awards().count()) == (2000 - 43, 2000 - 43)
    print("\n" + "; ".join(f"{what} {seconds}" for what, seconds in told.items()))

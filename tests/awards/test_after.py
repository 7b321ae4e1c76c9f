"""After publication: corrections, revocations, the register, the fund, as people and the public see them."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from awards import fund as ledger
from awards.models import (
    Award,
    Certificate,
    CertificateLayout,
    Fund,
    FundEntry,
    FundYear,
    PublicRecord,
    TimeLimit,
)
from awards.workflow import award as after
from awards.workflow import certificate as registering
from awards.workflow import decision as deciding
from awards.workflow import fund as keeping
from core.models import Document, Event, OutboxMail, VerificationCode
from core.tasks import render_paper
from tests.factories import MembershipFactory, UnitFactory, member_of
from tests.factories_awards import (
    a_decision,
    a_published_decision,
    an_appraised_dossier,
    an_approved_proposal,
    an_award_in,
    an_individual,
    an_issued_decision,
    draft_correction,
    other_words,
    propose_revocation,
    revoke,
    signed_act,
)
from tests.factories_registrations import a_pdf
from units.enums import Function, Role
from units.models import UnitFunction


def public(address) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def pulled_since(instant: datetime) -> list[tuple]:
    """What a client gets that asks for everything changed since."""
    answer = Client().get("/api/v1/results/", {"updated_since": instant.isoformat()})
    return [(r["reference"], r["state"], r["position"]) for r in answer.json()["results"]]


def told_by_the_api(reference) -> tuple:
    answer = Client().get(f"/api/v1/results/{reference}/").json()
    return answer["corrections"], answer["revocation"]


def a_signature(**changes):
    return {
        "number": "99/QĐ-UBND",
        "signed_on": "15/01/2027",
        "signer": "Trần Văn Mẫu",
        "upload": a_pdf(),
    } | changes


# --- Correction ------------------------------------------------------------------------------


def test_a_correction_takes_two_people_and_keeps_both_wordings(world, enter, today):
    award = an_award_in("published", world)
    first_code = VerificationCode.objects.get(object_uid=award.uid)
    first, second = enter(world.commendation), enter(world.commendation_lead)
    page = f"/khen-thuong/{award.uid}/"
    result = f"/ket-qua/{award.reference}/"

    assert first.post(f"{page}dinh-chinh/", other_words(award)).status_code == 302
    assert "Công chức Văn hóa - Xã hội" not in public(result)
    before = (PublicRecord.objects.count(), Event.objects.count(), OutboxMail.objects.count())
    own = first.post(f"{page}dinh-chinh/hieu-luc/", a_signature())
    assert own.status_code == 403
    empty = second.post(f"{page}dinh-chinh/hieu-luc/", a_signature(signed_on="01/01/2027"))
    assert empty.status_code == 422
    assert "Ngày ký phải từ ngày 15/01/2027 trở đi." in empty.content.decode()
    assert (PublicRecord.objects.count(), Event.objects.count(), OutboxMail.objects.count()) == before

    today.shift(3600)
    changed_at = datetime.fromisoformat("2027-01-15T09:30:00+07:00")
    assert second.post(f"{page}dinh-chinh/hieu-luc/", a_signature()).status_code == 302
    award.refresh_from_db()
    assert (award.state, award.position) == ("corrected", "Công chức Văn hóa - Xã hội")
    shown = public(result)
    for words in (
        "Đã đính chính theo văn bản số 99/QĐ-UBND ngày 15/01/2027",
        "Công chức Văn phòng",
        "Công chức Văn hóa - Xã hội",
        "In nhầm chức vụ.",
    ):
        assert words in shown
    assert award.reference in public("/ket-qua/?q=van+phong")  # found by the old wording too
    assert pulled_since(changed_at) == [(award.reference, "corrected", "Công chức Văn hóa - Xã hội")]
    act = {"number": "99/QĐ-UBND", "date": "2027-01-15"}
    change = {
        "label": "Chức vụ, đơn vị công tác",
        "printed": "Công chức Văn phòng",
        "corrected": "Công chức Văn hóa - Xã hội",
    }
    correction = {"act": act, "reason": "In nhầm chức vụ.", "changes": [change]}
    assert told_by_the_api(award.reference) == ([correction], None)
    printed_before = public(first_code.get_absolute_url())
    assert "Đã đính chính" in printed_before
    assert "“Công chức Văn phòng” đính chính thành “Công chức Văn hóa - Xã hội”" in printed_before
    new_code = VerificationCode.objects.get(object_uid=award.corrections.get().uid)
    printed_after = public(new_code.get_absolute_url())
    assert "Giấy này ghi đúng nội dung đã đính chính" in printed_after
    mail = OutboxMail.objects.get(subject__contains="đã đính chính")
    assert mail.recipient == world.filer


def test_a_second_correction_of_the_same_award_shows_all_wordings(world):
    award = an_award_in("corrected", world)
    draft_correction(award, world.commendation, position="Công chức Địa chính")
    after.correct(award, by=world.commendation_lead, **signed_act(world.commendation_lead))
    shown = public(f"/ket-qua/{award.reference}/")
    wordings = ["Công chức Văn phòng", "Công chức Văn hóa - Xã hội", "Công chức Địa chính"]
    assert [words for words in wordings if words not in shown] == []
    assert [
        c["changes"][0]["corrected"] for c in PublicRecord.objects.awards().get(uid=award.uid).corrections
    ] == (wordings[1:])


NOTHING_NEW = {"position": "Công chức Văn phòng"}
FAULTS = [
    (NOTHING_NEW, "Nội dung mới giống hệt nội dung đã in."),
    ({"name": " "}, "Trường này là bắt buộc."),
    ({"reason": ""}, "Trường này là bắt buộc."),
]


def test_a_correction_of_nothing_is_refused_and_what_was_typed_stays(world, enter):
    award = an_award_in("published", world)
    client = enter(world.commendation)
    before = Event.objects.count()
    for changes, _words in FAULTS:
        said = other_words(award) | changes
        answer = client.post(f"/khen-thuong/{award.uid}/dinh-chinh/", said)
        page = answer.content.decode()
        assert (answer.status_code, award.corrections.count()) == (422, 0)
        if changes is NOTHING_NEW:
            assert "Nội dung mới giống hệt nội dung đã in." in page
        else:
            assert "Công chức Văn hóa - Xã hội" in page
    assert Event.objects.count() == before


# --- Revocation ------------------------------------------------------------------------------


def test_revoking_changes_everything_the_public_reads(world, enter, today):
    award = an_award_in("published", world)
    code = VerificationCode.objects.get(object_uid=award.uid)
    unit, desk = enter(world.filer), enter(world.commendation)
    page, result = f"/khen-thuong/{award.uid}/", f"/ket-qua/{award.reference}/"
    before = {address: public(address) for address in (result, code.get_absolute_url(), "/ket-qua/")}
    today.shift(3600)
    revoked_at = datetime.fromisoformat("2027-01-15T09:30:00+07:00")

    asked = {"ground": "93-2-b", "explanation": "Giấy xác nhận bị làm giả, theo kết luận nội bộ."}
    assert unit.post(f"{page}de-nghi-huy-bo/", asked | {"upload": a_pdf()}).status_code == 302
    # A proposal is nobody's business: neither the public nor the other people of the units see it.
    assert {address: public(address) for address in before} == before
    for other in (world.colleague, world.district):
        seen = enter(other).get(page).content.decode()
        assert "Còn hiệu lực" in seen
        assert "hủy bỏ" not in seen.lower().replace("đính chính, hủy bỏ", "")
    assert "Đang đề nghị hủy bỏ" in desk.get(page).content.decode()

    reason = {"public_reason": "Hồ sơ có giấy tờ không đúng sự thật."}
    without = desk.post(f"{page}huy-bo/", a_signature(public_reason=" "))
    assert (without.status_code, public(result)) == (422, before[result])
    assert desk.post(f"{page}huy-bo/", a_signature(**reason)).status_code == 302

    for address in (result, code.get_absolute_url()):
        shown = public(address)
        assert "Đã hủy bỏ" in shown
        assert "99/QĐ-UBND" in shown
        assert "Hồ sơ có giấy tờ không đúng sự thật" in shown
        assert "theo kết luận nội bộ" not in shown
    assert pulled_since(revoked_at) == [(award.reference, "revoked", "Công chức Văn phòng")]
    assert told_by_the_api(award.reference) == (
        [],
        {
            "act": {"number": "99/QĐ-UBND", "date": "2027-01-15"},
            "ground": "Luật Thi đua, khen thưởng 2022, Điều 93.2.b",
            "reason": "Hồ sơ có giấy tờ không đúng sự thật.",
        },
    )
    assert "Đã hủy bỏ" in unit.get(page).content.decode()
    assert "Đã hủy bỏ" in public("/ket-qua/")
    mail = OutboxMail.objects.get(subject__contains="đã hủy bỏ")
    assert "đến hết ngày 12/02/2027" in mail.body  # fifteen working days, Tết between
    assert award.revocations.get().items_due == date(2027, 2, 12)


def test_a_dismissed_revocation_leaves_the_award_as_it_was(world, enter):
    award = an_award_in("corrected", world)
    propose_revocation(award, world.filer)
    records = PublicRecord.objects.count()
    client = enter(world.commendation)
    address = f"/khen-thuong/{award.uid}/khong-huy-bo/"
    assert client.post(address, {"comment": " "}).status_code == 422
    assert client.post(address, {"comment": "Kết luận không có vi phạm."}).status_code == 302
    award.refresh_from_db()
    assert (award.state, PublicRecord.objects.count()) == ("corrected", records)
    propose_revocation(award, world.standing)  # may be asked again
    assert award.revocations.count() == 2


def test_whoever_asked_does_not_revoke(world, enter):
    """One person at both bodies: page and database alike refuse."""
    award = an_award_in("published", world)
    propose_revocation(award, world.standing)
    body = UnitFunction.holder(Function.COMMENDATION_BODY)
    MembershipFactory(user=world.standing, unit=body, role=Role.REVIEWER)
    answer = enter(world.standing).post(f"/khen-thuong/{award.uid}/huy-bo/", a_signature(public_reason="x"))
    award.refresh_from_db()
    assert (answer.status_code, award.state) == (403, "revocation_proposed")


# --- The register ----------------------------------------------------------------------------


def test_certificates_are_numbered_handed_out_and_printed(world, enter, today):
    decision = a_published_decision(world, an_appraised_dossier(world.unit, world.filer, world.standing))
    client = enter(world.commendation)
    assert client.post(f"/quyet-dinh-khen-thuong/{decision.uid}/vao-so/").status_code == 302
    client.post(f"/quyet-dinh-khen-thuong/{decision.uid}/vao-so/")  # once more changes nothing
    found = [(c.label, c.award.kind) for c in Certificate.objects.order_by("number")]
    assert found == [("001/2027", "collective"), ("002/2027", "individual")]

    collective, person = Certificate.objects.order_by("number")
    propose_revocation(collective.award, world.filer)
    revoke(collective.award, world.commendation)
    said = {"handed_on": "15/01/2027", "scope": "", "all": "1"}
    answer = client.post("/so-bang-khen/trao/", said)
    page = answer.content.decode()
    assert "Đã ghi 1; 1 dòng không ghi được" in page
    assert "Khen thưởng đã bị hủy bỏ, không trao nữa." in page
    person.refresh_from_db()
    assert (person.handed_on, person.handed_to) == (date(2027, 1, 15), "Bà Nguyễn Thị Hòa")
    early = client.post("/so-bang-khen/trao/", {"handed_on": "16/01/2027", "certificate": person.uid})
    assert (early.status_code, "Ngày trao không thể ở tương lai." in early.content.decode()) == (422, True)
    assert client.post("/so-bang-khen/trao/", {"handed_on": "15/01/2027"}).status_code == 422

    assert client.post(f"/so-bang-khen/{person.uid}/in-lai/", {"comment": ""}).status_code == 302
    assert person.reprints.count() == 0
    answer = client.post(f"/so-bang-khen/{person.uid}/in-lai/", {"comment": "Phôi bị nhòe mực."})
    assert answer.url == f"/van-ban/phoi-bang-khen/{person.uid}/"
    assert person.reprints.get().reason == "Phôi bị nhòe mực."
    sheet = a_sheet(client, "phoi-bang-khen", person)
    assert sheet.pages == 1
    for words in ("Bà Nguyễn Thị Hòa", "left: 60.0mm; top: 128.0mm", "Số vào sổ: 002/2027"):
        assert words in sheet.html
    assert "<svg" not in sheet.html  # no code on pre-printed paper unless a box asks for it
    # The revoked one is no longer printed.
    assert a_sheet(client, "phoi-ca-quyet-dinh", decision).pages == 1
    assert client.get(f"/van-ban/phoi-bang-khen/{collective.uid}/").status_code == 404
    assert enter(world.standing).get(f"/van-ban/phoi-bang-khen/{person.uid}/").status_code == 404


def a_sheet(client, kind, obj) -> Document:
    assert client.post(f"/van-ban/{kind}/{obj.uid}/").status_code == 302
    row = Document.objects.get(kind=kind, object_uid=obj.uid)
    render_paper(document_id=row.pk)
    row.refresh_from_db()
    assert (row.state, row.error, row.format) == ("ready", "", "pdf")
    return row


def test_the_measures_of_a_sheet_are_data_and_a_test_sheet_shows_them(world, enter):
    layout = CertificateLayout.objects.get()
    client = enter(world.commendation)
    page = client.get(f"/so-bang-khen/phoi/{layout.uid}/")
    forms = page.context["boxes"]
    posted = {f.html_name: "" if f.value() is None else f.value() for f in page.context["form"]}
    posted |= {f"o-{name}": value for name, value in forms.management_form.initial.items()}
    for form in forms:
        posted |= {f.html_name: f.value() for f in form if f.value() not in (False, None)}
    posted |= {"shift_x": "1.5", "o-7-content": "code", "o-7-x": "20", "o-7-y": "20", "o-7-width": "25"}
    posted |= {"o-7-size": "14", "o-7-align": "left"}
    bad = client.post(page.request["PATH_INFO"], posted | {"o-7-x": "abc"})
    assert (bad.status_code, layout.fields.count()) == (422, 7)
    assert client.post(page.request["PATH_INFO"], posted).status_code == 302
    assert layout.fields.count() == 8
    sheet = a_sheet(client, "to-thu-phoi", layout)
    assert "left: 61.5mm; top: 128.0mm" in sheet.html
    assert "<svg" in sheet.html
    assert enter(world.standing).get("/so-bang-khen/phoi/").status_code == 403


# --- The fund --------------------------------------------------------------------------------


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


def test_limits_of_the_law_are_rows(world):
    TimeLimit.objects.filter(step="return_items").update(working_days=5)
    award = an_award_in("revoked", world)
    assert award.revocations.get().items_due == date(2027, 1, 22)


# --- The decision ----------------------------------------------------------------------------


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


def test_a_certificate_of_a_dossier_is_entered_once_at_a_time(world):
    decision = a_published_decision(world, an_appraised_dossier(world.unit, world.filer, world.standing))
    assert registering.enter(decision, by=world.commendation) == 2
    assert registering.enter(decision, by=world.commendation) == 0

"""Corrections by two people with both wordings kept, and revocations, as the public reads them."""

from datetime import date, datetime

from django.test import Client

from awards.models import (
    PublicRecord,
    TimeLimit,
)
from awards.workflow import award as after
from core.models import Event, OutboxMail, VerificationCode
from tests.factories import MembershipFactory
from tests.factories_awards import (
    an_award_in,
    draft_correction,
    other_words,
    propose_revocation,
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


def test_limits_of_the_law_are_rows(world):
    TimeLimit.objects.filter(step="return_items").update(working_days=5)
    award = an_award_in("revoked", world)
    assert award.revocations.get().items_due == date(2027, 1, 22)

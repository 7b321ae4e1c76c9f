"""A stranger asks for an account on a public page; the standing body decides."""

import uuid

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from core.models import OutboxMail
from tests.factories import UnitFactory, UserFactory, holder_of, member_of
from tests.factories_registrations import PDF
from units import tax, workflow
from units.enums import Function, Kind, Role
from units.models import AccountRequest, Unit, User


@pytest.fixture(autouse=True)
def _now(db):
    with time_machine.travel("2026-11-24T09:00:00+07:00", tick=False):
        yield


@pytest.fixture
def place():
    return UnitFactory(district=True, name="Huyện Bảo Thắng")


@pytest.fixture
def stranger():
    """A client from an address nobody else asks from: the limits count by address."""
    return Client(REMOTE_ADDR=f"2001:db8::{uuid.uuid4().hex[:4]}")


def words(district, **changed):
    return {
        "kind": "enterprise",
        "name": "Công ty TNHH Mây Trắng",
        "tax_number": "0100233488",
        "address": "Số 1, thị trấn Phố Lu",
        "place": district.pk,
        "contact_name": "Vàng Thị Mẫu",
        "contact_position": "Giám đốc",
        "contact_email": "mau@may-trang.example",
        "contact_phone": "0900000000",
        "request_key": str(uuid.uuid4()),
        "website": "",
        "document": SimpleUploadedFile("dang-ky.pdf", PDF),
        **changed,
    }


def asked(place, **changed):
    given = words(place, **changed)
    upload = given.pop("document")
    given.pop("website")
    return workflow.ask(**given | {"place": place, "upload": upload})


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("0100233488", "0100233488"),
        ("0100 684 378", "0100684378"),
        ("0314409058-002", "0314409058002"),
        ("010203000123", "010203000123"),
    ],
)
def test_tax_numbers_as_people_write_them(text, digits):
    assert tax.normalised(text) == digits


@pytest.mark.parametrize("text", ["0100233480", "0314409059-002", "123", "01002334881", "٠١٠٠٢٣٣٤٨٨", ""])
def test_what_is_no_tax_number(text):
    with pytest.raises(tax.TaxNumberRefused):
        tax.normalised(text)


def test_a_stranger_asks_and_looks_up_his_request(stranger, place):
    answer = stranger.post("/xin-tai-khoan/", words(place))
    assert (answer.status_code, answer.url) == (302, "/xin-tai-khoan/tra-cuu/")
    request = AccountRequest.objects.get()
    assert (request.state, request.tax_number, request.place) == ("submitted", "0100233488", place)
    assert request.code in stranger.get(answer.url).content.decode()
    mail = OutboxMail.objects.get()
    assert (mail.to, mail.recipient, request.code in mail.body) == ("mau@may-trang.example", None, True)
    found = Client().post("/xin-tai-khoan/tra-cuu/", {"code": f" {request.code.lower()} "})
    assert found.context["found"] == request
    assert Client().post("/xin-tai-khoan/tra-cuu/", {"code": "ABCDEFGHJKMN"}).status_code == 422


def test_the_same_form_sent_twice_is_one_request(stranger, place):
    given = words(place)
    for _ in range(2):
        given["document"] = SimpleUploadedFile("dang-ky.pdf", PDF)
        assert stranger.post("/xin-tai-khoan/", given).status_code == 302
    assert (AccountRequest.objects.count(), OutboxMail.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"tax_number": "0100233480"}, "tax_number"),
        ({"tax_number": "010203000123"}, "tax_number"),
        ({"website": "http://spam.example"}, "website"),
        ({"document": SimpleUploadedFile("x.pdf", b"MZ not a pdf")}, "document"),
        ({"name": " "}, "name"),
        ({"place": 0}, "place"),
        ({"request_key": "x"}, "request_key"),
        ({"contact_email": "mau"}, "contact_email"),
    ],
)
def test_what_is_not_taken_says_where(stranger, place, changed, field):
    answer = stranger.post("/xin-tai-khoan/", words(place, **changed))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert AccountRequest.objects.count() == 0


def test_the_number_of_a_household_is_sealed(stranger, place):
    number = "010203000123"
    stranger.post("/xin-tai-khoan/", words(place, kind="household_business", tax_number=number))
    request = AccountRequest.objects.get()
    assert (request.tax_number, request.tax_number_shown) == ("", number)
    assert number.encode() not in bytes(request.identity_ciphertext)


def test_an_address_may_ask_ten_times_an_hour(stranger):
    answers = [stranger.post("/xin-tai-khoan/", {}).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]


def test_the_form_is_guarded_against_forged_posts(place):
    assert Client(enforce_csrf_checks=True).post("/xin-tai-khoan/", words(place)).status_code == 403


@pytest.mark.parametrize(
    ("reader", "seen", "decided"),
    [
        (lambda: holder_of(Function.STANDING_BODY), 200, 302),
        (lambda: UserFactory(administrator=True), 200, 403),
        (lambda: holder_of(Function.COMMENDATION_BODY), 404, 404),
        (lambda: member_of(UnitFactory(), Role.ADMINISTRATOR), 404, 404),
    ],
)
@pytest.mark.parametrize("verb", ["cap", "tu-choi"])
def test_who_sees_and_who_decides(place, reader, seen, decided, verb):
    address = asked(place).get_absolute_url()
    client = Client()
    client.force_login(reader())
    assert [client.get(a).status_code for a in (address, f"{address}giay-to/")] == [seen] * 2
    assert client.post(f"{address}{verb}/", {"comment": "Thiếu giấy tờ."}).status_code == decided
    state = {"cap": "approved", "tu-choi": "refused"}[verb] if decided == 302 else "submitted"
    assert AccountRequest.objects.get().state == state


def test_approval_enters_the_unit_and_invites_the_person(place):
    request, reviewer = asked(place), holder_of(Function.STANDING_BODY)
    workflow.approve(request, by=reviewer)
    unit = Unit.objects.get(code="DN-2026-00001")
    user = User.objects.get(email="mau@may-trang.example")
    assert (unit.name, unit.kind, unit.tax_number) == (request.name, Kind.ENTERPRISE, "0100233488")
    assert (user.memberships.count(), user.invitations.get().roles) == (0, ["filer", "administrator"])
    assert (request.unit, request.decided_by) == (unit, reviewer)


def test_refusal_needs_a_reason_that_the_requester_reads(place):
    request = asked(place)
    client = Client()
    client.force_login(holder_of(Function.STANDING_BODY))
    address = f"{request.get_absolute_url()}tu-choi/"
    assert client.post(address, {"comment": " "}).status_code == 422
    client.post(address, {"comment": "Giấy tờ không đọc được."})
    assert client.post(address, {"comment": "Lần nữa."}).status_code == 409
    found = Client().post("/xin-tai-khoan/tra-cuu/", {"code": request.code})
    assert "Giấy tờ không đọc được." in found.content.decode()
    assert "Giấy tờ không đọc được." in OutboxMail.objects.latest("pk").body


def test_what_may_be_the_same_body_is_shown_with_the_reason(place):
    by_name = UnitFactory(enterprise=True, name="CÔNG TY CỔ PHẦN MÂY TRẮNG")
    by_number = UnitFactory(enterprise=True, name="Công ty Khác", tax_number="0100233488")
    UnitFactory(enterprise=True, name="Công ty TNHH Mây Trắng Sa Pa")
    UnitFactory(name="Mây Trắng")
    assert workflow.alike(asked(place)) == [
        (by_number, "cùng mã số thuế"),
        (by_name, "tên giống nhau, bỏ dấu và loại hình"),
    ]
    again = asked(place, name="Công ty TNHH mây trắng")
    assert workflow.other_requests(again).count() == 1


@pytest.mark.parametrize(
    ("has_administrator", "roles"), [(False, ["filer", "administrator"]), (True, ["filer"])]
)
def test_a_firm_that_is_there_already_gets_one_more_person_and_no_twin(place, has_administrator, roles):
    firm = UnitFactory(enterprise=True, name="Công ty Khác", tax_number="0100233488")
    UnitFactory(enterprise=True, name="Công ty CP Mây Trắng", valid_to="2026-01-31")
    if has_administrator:
        member_of(firm, Role.ADMINISTRATOR)
    request, client = asked(place), Client()
    client.force_login(holder_of(Function.STANDING_BODY))
    page, approve = request.get_absolute_url(), f"{request.get_absolute_url()}cap/"
    # What has ended is named and cannot be joined.
    offered = client.get(page).content.decode().split("Đơn vị trong sổ")[1].split("</fieldset>")[0]
    assert [t in offered for t in ("Công ty Khác", "Công ty CP Mây Trắng")] == [True, False]
    for given in ({}, {"approve-unit": str(UnitFactory(enterprise=True).uid)}):
        answer = client.post(approve, given)
        assert (answer.status_code, AccountRequest.objects.get().state) == (422, "submitted")
    assert client.post(approve, {"approve-unit": str(firm.uid)}).status_code == 302
    request.refresh_from_db()
    invitation = User.objects.get(email="mau@may-trang.example").invitations.get()
    assert (request.unit, invitation.unit, invitation.roles) == (firm, firm, roles)
    assert Unit.objects.filter(tax_number="0100233488").count() == 1
    # A second person of the firm asks too.
    again = asked(place, contact_email="hai@may-trang.example")
    workflow.approve(again, by=holder_of(Function.STANDING_BODY), unit=firm)
    assert firm.account_requests.count() == 2


def test_a_namesake_may_be_entered_beside_what_is_there(place):
    UnitFactory(enterprise=True, name="Công ty cổ phần Mây Trắng")
    request, client = asked(place), Client()
    client.force_login(holder_of(Function.STANDING_BODY))
    client.post(f"{request.get_absolute_url()}cap/", {"approve-unit": "new"})
    request.refresh_from_db()
    assert (request.unit.code, request.unit.tax_number) == ("DN-2026-00001", "0100233488")

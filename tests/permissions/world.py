"""The rows that the addresses show, one of each state, and the people who ask for them.

The rows are the demo's. For each of them the people are placed anew: memberships are moved to its unit,
to the one above it and to one below it, so that the same accounts are its own people, its kin or strangers.
"""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Case, Value, When
from django.test import Client

from awards import models as awards
from core import clock, press
from core.models import Holiday, OutboxMail, VerificationCode
from criteria.models import CriteriaSet, Criterion
from registrations import models as registrations
from tests.factories import MembershipFactory, UnitFactory, UserFactory, holder_of
from tests.permissions import PEOPLE, Address
from units import models as units
from units.enums import Function, Kind, Role
from units.models import Membership, Reorganisation, Unit, UnitSuccession, User

NOBODY = uuid.UUID(int=7)


@dataclass(frozen=True)
class Family:
    """Addresses that begin with `prefix` show rows of `model`; the values are look-ups from such a row."""

    prefix: str
    model: type
    kwargs: dict[str, str] = field(default_factory=lambda: {"uid": "uid"})
    unit: str = "unit"
    state: str = ""
    only: dict = field(default_factory=dict)

    def rows(self) -> Iterator[tuple[str, dict, int | None, int | None]]:
        """(state, arguments, unit, version) of one row of each state, a commune's rather than another's."""
        rows = self.model._base_manager.filter(**self.only)
        wanted = {name: path for name, path in self.kwargs.items() if isinstance(path, str)}
        order = ["pk"]
        if self.unit:
            is_commune = {f"{self.unit}__kind": Kind.COMMUNE} if self.unit != "pk" else {"kind": Kind.COMMUNE}
            order = [Case(When(**is_commune, then=Value(0)), default=Value(1)), "pk"]
        states = sorted(set(rows.order_by().values_list(self.state, flat=True))) if self.state else ["*"]
        version = self.kwargs.get("uid", "uid").removesuffix("uid") + "version"
        for state in states:
            found = rows.filter(**{self.state: state}) if self.state else rows
            row = found.order_by(*order).first()
            if row is None:
                continue
            one = self.model._base_manager.filter(pk=row.pk)
            args = dict(zip(wanted, one.values_list(*wanted.values()).first(), strict=True))
            unit = one.values_list(self.unit, flat=True).first() if self.unit else None
            yield str(state), args, unit, _value(one, version)


def _value(rows, path):
    try:
        return rows.values_list(path, flat=True).first()
    except Exception as error:
        if type(error).__name__ != "FieldError":
            raise
        return None


_OF_NOMINEE = {"uid": "dossier__uid", "nominee": "uid"}
_OF_VISIT = {"uid": "inspection__uid", "visit": "uid"}
_OF_FINDING = {"uid": "visit__inspection__uid", "visit": "visit__uid", "finding": "uid"}
_OF_HOLD = {"uid": "nominee__dossier__uid", "nominee": "nominee__uid", "hold": "uid"}
R, W = registrations, awards
#: the longest prefix of an address decides
FAMILIES = [
    Family("/api/v1/units/", Unit, unit="pk"),
    Family("/api/v1/criteria-sets/", CriteriaSet, unit="", state="state"),
    Family("/api/v1/registrations/", R.Registration, state="state"),
    Family("/api/v1/reports/", R.Report, state="state"),
    Family("/api/v1/dossiers/", W.Dossier, state="state"),
    Family("/api/v1/results/", W.PublicRecord, {"reference": "reference"}, unit="", only={"kind": "award"}),
    Family("/api/v1/decisions/", W.Decision, unit="nominees__dossier__unit", state="state"),
    Family("/ket-qua/", W.PublicRecord, {"reference": "reference"}, unit="", only={"kind": "award"}),
    Family("/quyet-dinh/", W.Decision, unit="nominees__dossier__unit", state="state"),
    Family("/dien-hinh/", W.Exemplar, state="state"),
    Family("/cong-bo-tien-do/", R.Period, unit=""),
    Family("/don-vi/", Unit, unit="pk"),
    Family("/don-vi/<uuid:uid>/nguoi/<uuid:user>", Membership, {"uid": "unit__uid", "user": "user__uid"}),
    Family("/sap-xep/", Reorganisation, unit=""),
    Family("/thu/", OutboxMail, unit="", state="state"),
    Family("/bo-tieu-chi/", CriteriaSet, unit="", state="state"),
    Family("/bo-tieu-chi/<uuid:uid>/sua/<int:pk>", Criterion, {"uid": "criteria_set__uid", "pk": "pk"}, unit="", state="criteria_set__state"),
    Family("/dang-ky/", R.Registration, state="state"),
    Family("/dang-ky/<uuid:uid>/trinh/<uuid:approval>", R.HeadApproval, {"uid": "registration__uid", "approval": "uid"}, unit="registration__unit", state="state"),
    Family("/dang-ky/<uuid:uid>/bien-nhan/", R.RegistrationVersion, {"uid": "registration__uid", "number": "number"}, unit="registration__unit", state="registration__state"),
    Family("/dang-ky/<uuid:uid>/lan-nop/", R.RegistrationVersion, {"uid": "registration__uid", "number": "number"}, unit="registration__unit", state="registration__state"),
    Family("/dang-ky/<uuid:uid>/tep/", R.RegistrationAttachment, {"uid": "registration__uid", "file": "file__uid"}, unit="registration__unit", state="registration__state"),
    Family("/bao-cao/", R.Report, state="state"),
    Family("/bao-cao/<uuid:uid>/tinh/", R.Figure, {"uid": "report__uid", "code": "criterion__code"}, unit="report__unit", state="report__state"),
    Family("/bao-cao/<uuid:uid>/so-lieu/", R.Figure, {"uid": "report__uid", "code": "criterion__code"}, unit="report__unit", state="report__state"),
    Family("/bao-cao/<uuid:uid>/minh-chung/", R.FigureEvidence, {"uid": "figure__report__uid", "file": "file__uid"}, unit="figure__report__unit", state="figure__report__state"),
    Family("/tham-dinh/", R.Report, state="state"),
    Family("/qua-cac-nam/", Unit, unit="pk"),
    Family("/xep-hang/", R.Ranking, unit="", state="state"),
    Family("/diem/<int:year>/<str:tier>/", R.Period, {"year": "year"}, unit="", only={"year": 2025}),
    Family("/diem/<int:year>/don-vi/", R.Report, {"uid": "unit__uid", "year": "period__year"}, only={"period__year": 2025}),
    Family("/diem/cong-tru/", R.Adjustment),
    Family("/theo-doi/hang-loat/", R.BulkAct, unit=""),
    Family("/cong-van/", R.ReminderLetter, state="state"),
    Family("/nhac-viec/quy-tac/", R.ReminderRule, unit=""),
    Family("/nhac-viec/mau-loi/", R.Wording, unit=""),
    Family("/giai-doan/", R.Campaign, unit=""),
    Family("/ky/", R.Period, {"year": "year"}, unit="", only={"year": 2026}),
    Family("/viec-phai-lam/", R.Obligation, state="is_waived", only={"period__year": 2027}),
    Family("/viec-phai-lam/<uuid:uid>/van-ban/", R.Extension, {"uid": "obligation__uid", "file": "document__uid"}, unit="obligation__unit"),
    Family("/viec-phai-lam/<uuid:uid>/ket-thuc-gia-han/", R.Extension, {"uid": "obligation__uid"}, unit="obligation__unit"),
    Family("/lich-nghi/", Holiday, {"pk": "pk"}, unit=""),
    Family("/phong-trao/phat-dong/<int:year>/", R.Obligation, {"year": "period__year", "unit": "unit__uid"}, only={"period__year": 2026, "kind": "launch"}),
    Family("/phong-trao/phat-dong/<uuid:uid>", R.Launch),
    Family("/phong-trao/chi-dao-diem/", R.PilotList, state="state"),
    Family("/phong-trao/chi-dao-diem/<uuid:uid>/don-vi/", R.Pilot, {"uid": "list__uid", "pilot": "uid"}, unit="list__unit", state="list__state"),
    Family("/phong-trao/kiem-tra/<int:year>/", R.Period, {"year": "year"}, unit="", only={"year": 2025}),
    Family("/phong-trao/kiem-tra/<uuid:uid>", R.Inspection, unit="visits__unit", state="state"),
    Family("/phong-trao/kiem-tra/<uuid:uid>/thanh-vien/", R.InspectionMember, {"uid": "inspection__uid", "member": "uid"}, unit="", state="inspection__state"),
    Family("/phong-trao/kiem-tra/<uuid:uid>/don-vi/", R.Visit, _OF_VISIT, state="state"),
    Family("/phong-trao/kiem-tra/<uuid:uid>/don-vi/<uuid:visit>/phat-hien/<uuid:finding>", R.Finding, _OF_FINDING, unit="visit__unit", state="state"),
    Family("/phong-trao/kiem-tra/<uuid:uid>/don-vi/<uuid:visit>/phat-hien/<uuid:finding>/tep/", R.FindingFile, {"uid": "finding__visit__inspection__uid", "visit": "finding__visit__uid", "finding": "finding__uid", "file": "file__uid"}, unit="finding__visit__unit"),
    Family("/loi-moi/", units.Invitation),
    Family("/yeu-cau-tai-khoan/", units.AccountRequest, unit="", state="state"),
    Family("/ma-truy-cap/", units.ApiToken, unit=""),
    Family("/khoi-thi-dua/", units.EmulationBloc, unit=""),
    Family("/khoi-thi-dua/<uuid:uid>/ra/", units.BlocMembership, {"uid": "bloc__uid", "unit": "unit__uid"}),
    Family("/giay-khen/", W.RecordedDecision),
    Family("/giay-khen/<uuid:uid>/<uuid:award>", W.RecordedAward, {"uid": "decision__uid", "award": "uid"}, unit="decision__unit"),
    Family("/lich-su-khen-thuong/", Unit, unit="pk"),
    Family("/ho-so/", W.Dossier, state="state"),
    Family("/ho-so/<uuid:uid>/doi-tuong/<uuid:nominee>", W.Nominee, _OF_NOMINEE, unit="dossier__unit", state="dossier__state"),
    Family("/ho-so/<uuid:uid>/doi-tuong/<uuid:nominee>/trung/", W.MatchResolution, {"uid": "nominee__dossier__uid", "nominee": "nominee__uid", "other": "other__uid"}, unit="nominee__dossier__unit", state="nominee__dossier__state", only={"other__isnull": False}),
    Family("/ho-so/<uuid:uid>/doi-tuong/<uuid:nominee>/sang-kien/<uuid:initiative>", W.NomineeInitiative, {"uid": "nominee__dossier__uid", "nominee": "nominee__uid", "initiative": "uid"}, unit="nominee__dossier__unit", state="nominee__dossier__state"),
    Family("/ho-so/<uuid:uid>/doi-tuong/<uuid:nominee>/tam-dung/<uuid:hold>", W.Hold, _OF_HOLD, unit="nominee__dossier__unit", state="nominee__dossier__state"),
    Family("/ho-so/<uuid:uid>/doi-tuong/<uuid:nominee>/lien-ket/", W.Nominee, {"uid": "dossier__uid", "nominee": "uid", "unit": "dossier__unit__uid"}, unit="dossier__unit", state="dossier__state"),
    Family("/ho-so/<uuid:uid>/tep/", W.DossierDocument, {"uid": "dossier__uid", "file": "file__uid"}, unit="dossier__unit", state="dossier__state"),
    Family("/ho-so/<uuid:uid>/bien-nhan/", W.DossierSubmission, {"uid": "dossier__uid", "number": "number"}, unit="dossier__unit", state="dossier__state"),
    Family("/chi-dinh/", W.Designation, unit="dossier__unit"),
    Family("/viec-hang-loat/", W.Batch, unit="dossier__unit"),
    Family("/xin-y-kien/", W.Consultation, state="state"),
    Family("/lay-y-kien/", W.Posting, unit=""),
    Family("/lay-y-kien/<uuid:uid>/gop-y/", W.Comment, {"uid": "posting__uid", "comment": "uid"}, unit="", state="state"),
    Family("/to-trinh/", W.Proposal, unit="nominees__dossier__unit", state="state"),
    Family("/to-trinh/<uuid:uid>/doi-tuong/", W.Nominee, {"uid": "proposal__uid", "nominee": "uid"}, unit="dossier__unit", state="proposal__state", only={"proposal__isnull": False}),
    Family("/to-trinh/<uuid:uid>/ho-so/", W.Nominee, {"uid": "proposal__uid", "dossier": "dossier__uid"}, unit="dossier__unit", state="proposal__state", only={"proposal__isnull": False}),
    Family("/to-trinh/<uuid:uid>/gop-y/<uuid:comment>", W.Comment, {"uid": "posting__proposal__uid", "comment": "uid"}, unit="", state="state"),
    Family("/to-trinh/<uuid:uid>/can-cu/", W.Proposal, {"uid": "uid", "code": "rule_set__bases__code"}, unit="nominees__dossier__unit", state="state"),
    Family("/quyet-dinh-khen-thuong/", W.Decision, unit="nominees__dossier__unit", state="state"),
    Family("/quyet-dinh-khen-thuong/<uuid:uid>/doi-tuong/", W.Nominee, {"uid": "decision__uid", "nominee": "uid"}, unit="dossier__unit", state="decision__state", only={"decision__isnull": False}),
    Family("/khen-thuong/", W.Award, unit="nominee__dossier__unit", state="state"),
    Family("/khen-thuong/<uuid:uid>/tep/", W.Revocation, {"uid": "award__uid", "file": "document__uid"}, unit="award__nominee__dossier__unit", state="award__state"),
    Family("/so-bang-khen/phoi/", W.CertificateLayout, unit=""),
    Family("/so-bang-khen/<uuid:uid>/", W.Certificate, unit="award__nominee__dossier__unit"),
    Family("/quy/", W.FundYear, unit=""),
    Family("/dien-hinh-tien-tien/", W.Exemplar, state="state"),
    Family("/tai-khoan/ho-tro/<uuid:uid>", User, unit="", only={"username": "demo.so"}),
    Family("/xac-minh/<str:code>", VerificationCode, {"code": "code"}, unit="", state="kind"),
    Family("/tep/", R.RegistrationAttachment, {"uid": "file__uid"}, unit="registration__unit", state="registration__state"),
]  # fmt: skip
#: what stands in an address beside the row
GIVEN = {"year": 2026, "tier": "commune", "part": 1, "number": 1, "day": "2026-01-31", "name": "ket-qua.csv"}
GIVEN |= {"provider_id": "so", "uidb36": "1", "key": "x-y", "pk": 1, "code": "COMM-1"}


def cases(address: Address) -> list[tuple[str, str, int | None, int | None]]:
    """(state, path, unit, version) of each row that the address is asked for."""
    if "<slug:kind>" in address.route:
        return list(_papers(address))
    if "<" not in address.route:
        return [("*", address.route, None, None)]
    fitting = [family for family in FAMILIES if address.route.startswith(family.prefix)]
    rows = list(max(fitting, key=lambda family: len(family.prefix)).rows()) if fitting else []
    return [
        (state, _path(address.route, args), unit, version)
        for state, args, unit, version in rows or [("*", {}, None, None)]
    ]


def _papers(address):
    for kind, offer in sorted(press.OFFERS.items()):
        unit = {"Registration": "unit", "RegistrationVersion": "registration__unit", "Report": "unit"}
        unit |= {"Dossier": "unit", "DossierSubmission": "dossier__unit", "Nominee": "dossier__unit"}
        unit |= {"Award": "nominee__dossier__unit", "Certificate": "award__nominee__dossier__unit"}
        unit |= {"Consultation": "unit", "Decision": "nominees__dossier__unit"}
        stored = {column.name for column in offer.model._meta.concrete_fields}
        has_state = "state" in stored and offer.model.__name__ != "Nominee"
        family = Family(
            "", offer.model, unit=unit.get(offer.model.__name__, ""), state="state" if has_state else ""
        )
        for state, args, of, version in family.rows():
            yield f"{kind}/{state}", _path(address.route, args | {"kind": kind}), of, version


def _path(route, args):
    route = route.replace("^", "").replace(
        "(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$", "<str:uidb36>-<str:key>/"
    )

    def value(found):
        name = found.group(1).rpartition(":")[2]
        return str(args.get(name, GIVEN.get(name, NOBODY)))

    return re.sub(r"<([^>]+)>", value, route)


class Crowd:
    """Everybody in `PEOPLE`, each with a client of their own."""

    def __init__(self):
        self.elsewhere = UnitFactory(name="Sở ở nơi khác")
        self.section = UnitFactory(kind=Kind.SECTION, parent=self.elsewhere, name="Đơn vị trực thuộc")
        self.successor = UnitFactory(name="Đơn vị kế thừa")
        self.act = Reorganisation.objects.create(
            code="SX",
            title="Sáp nhập",
            legal_basis="Nghị quyết",
            effective_on=clock.today(),
            applied_at=clock.now(),
        )
        at = {
            "f": (self.elsewhere, Role.FILER),
            "r": (self.elsewhere, Role.REVIEWER),
            "h": (self.elsewhere, Role.HEAD),
            "a": (self.elsewhere, Role.ADMINISTRATOR),
            "p": (self.elsewhere, Role.FILER),
            "c": (self.section, Role.FILER),
            "s": (self.successor, Role.FILER),
            "o": (UnitFactory(name="Sở khác"), Role.FILER),
        }
        self.users, self.memberships = {}, {}
        for letter, (unit, role) in at.items():
            self.memberships[letter] = MembershipFactory(
                unit=unit, role=role, user=UserFactory(username=f"m.{letter}")
            )
            self.users[letter] = self.memberships[letter].user
        self.users |= {
            "S": holder_of(Function.STANDING_BODY, username="m.S"),
            "L": holder_of(Function.STANDING_BODY, Role.LEAD, username="m.L"),
            "K": holder_of(Function.STANDING_BODY, Role.LEAD, username="m.K"),
            "C": holder_of(Function.COMMENDATION_BODY, username="m.C"),
            "D": holder_of(Function.COMMENDATION_BODY, Role.LEAD, username="m.D"),
            "A": UserFactory(username="m.A", administrator=True),
        }
        self.memberships["K"] = MembershipFactory(
            user=self.users["K"], unit=self.elsewhere, valid_to=clock.today() - timedelta(days=40)
        )
        self.clients = {"v": Client()}
        for letter, user in self.users.items():
            self.clients[letter] = Client()
            self.clients[letter].force_login(user)
        self.cookies = {letter: dict(client.cookies) for letter, client in self.clients.items()}

    def gather_round(self, unit_id: int | None) -> str:
        """Make them the people of that unit and of its kin; returns who of them there is."""
        unit = Unit.objects.get(pk=unit_id or self.elsewhere.pk)
        places = dict.fromkeys("frhaK", unit) | {"p": unit.parent or self.elsewhere}
        for letter, place in places.items():
            Membership.objects.filter(pk=self.memberships[letter].pk).update(unit=place)
        Unit.objects.filter(pk=self.section.pk).update(parent=unit)
        missing = set() if unit.parent else {"p"}
        if unit_id is None:
            missing |= {"s"}
        return "".join(letter for letter in PEOPLE if letter not in missing)

    def merge(self, unit_id: int) -> None:
        """The unit became part of another, and its rows are that one's to read."""
        day = clock.today()
        Unit.objects.filter(pk=unit_id).update(valid_to=day - timedelta(days=1), ended_by=self.act)
        UnitSuccession.objects.create(
            predecessor_id=unit_id, successor=self.successor, effective_on=day, legal_basis="Nghị quyết"
        )

    def ask(self, letter: str, method: str, path: str, version: int | None):
        client = self.clients[letter]
        client.cookies.clear()
        client.cookies.update(self.cookies[letter])
        if method == "GET":
            return client.get(path)
        if path.startswith("/api/"):
            return client.post(path, {}, content_type="application/json")
        return client.post(path, _posted(version))


def _posted(version):
    """What a form would send at least; each reads what it needs."""
    return {
        "version": version if version is not None else 1,
        "request_key": uuid.uuid4(),
        "comment": "Lý do đầy đủ.",
        "reason": "Lý do đầy đủ.",
        "text": "Nội dung.",
        "confirm": "on",
    }

"""The rows that the addresses show, one of each state. They are the demo's, and what `seeds` adds."""

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from django.core.exceptions import FieldError
from django.db import DatabaseError, transaction
from django.db.models import Case as Case_
from django.db.models import Value, When

from awards import models as awards
from core import clock, press
from core.models import Document, File, Holiday, OutboxMail, SavedFilter, VerificationCode
from core.models.document import PAPER_FORMATS, DocumentFormat
from criteria.models import CriteriaSet, Criterion
from registrations import models as registrations
from reports.models import Enquiry
from tests.permissions import Address
from tests.permissions.seeds import MENTIONING
from units import models as units
from units.enums import Kind
from units.models import Membership, Reorganisation, Unit, User

NOBODY = uuid.UUID(int=7)


@dataclass(frozen=True)
class Case:
    """One row that an address is asked for; `prepare` first makes it what its state says."""

    state: str
    path: str
    unit: int | None = None
    version: int | None = None
    prepare: Callable[[], object] = lambda: None


@dataclass(frozen=True)
class Row:
    state: str
    args: dict
    unit: int | None
    version: int | None
    pk: int
    uid: uuid.UUID | None
    prepare: Callable[[], object] = lambda: None


@dataclass(frozen=True)
class Family:
    """Addresses that begin with `prefix` show rows of `model`; the values are look-ups from such a row.

    A state that no row is in is given to a row that may be in it: one of `like`, where it is named.
    `also` names more situations, by what the row is there.
    """

    prefix: str
    model: type
    kwargs: dict[str, str] = field(default_factory=lambda: {"uid": "uid"})
    unit: str = "unit"
    state: str = ""
    only: dict = field(default_factory=dict)
    like: str = ""
    forces: bool = True
    also: dict[str, dict] = field(default_factory=dict)

    def rows(self) -> Iterator[Row]:
        """One row of each state, a commune's rather than another's."""
        rows = self.model._base_manager.filter(**self.only)
        rows = rows.filter(**{f"{path}__isnull": False for path in self.kwargs.values() if path != "pk"})
        if not self.state:
            yield from self._first("*", rows)
            return
        model, state = self._owner()
        stored = {str(value) for value in rows.order_by().values_list(self.state, flat=True)}
        declared = [str(value) for value, _ in model._meta.get_field(state).flatchoices] or sorted(stored)
        for value in declared:
            if value in stored:
                yield from self._first(value, rows.filter(**{self.state: value}))
            elif self.forces:
                yield from self._forced(value, rows, [at for at in declared if at in stored])
        for name, situation in self.also.items():
            yield from self._first(name, self.model._base_manager.filter(**situation))

    def _first(self, state, rows) -> Iterator[Row]:
        order = []
        if self.unit:
            kind = "kind" if self.unit == "pk" else f"{self.unit}__kind"
            order = [Case_(When(**{kind: Kind.COMMUNE}, then=Value(0)), default=Value(1))]
        row = rows.order_by(*order, "pk").first()
        if row is None:
            return
        one = self.model._base_manager.filter(pk=row.pk)
        args = dict(zip(self.kwargs, one.values_list(*self.kwargs.values()).first(), strict=True))
        unit = one.values_list(self.unit, flat=True).first() if self.unit else None
        version = self.kwargs.get("uid", "uid").removesuffix("uid") + "version"
        yield Row(state, args, unit, _value(one, version), row.pk, _value(one, "uid"))

    def _forced(self, state, rows, stored) -> Iterator[Row]:
        model, column = self._owner()
        way = self.state.rpartition("__")[0] or "pk"
        for other in [self.like] if self.like in stored else stored:
            for row in self._first(state, rows.filter(**{self.state: other})):
                key = self.model._base_manager.filter(pk=row.pk).values_list(way, flat=True).first()
                change = partial(model._base_manager.filter(pk=key).update, **{column: state})
                if _is_possible(change):
                    yield replace(row, prepare=change)
                    return

    def _owner(self) -> tuple[type, str]:
        """The model that has the state, and its column."""
        model, (*way, column) = self.model, self.state.split("__")
        for step in way:
            model = model._meta.get_field(step).related_model
        return model, column


def _is_possible(change) -> bool:
    try:
        with transaction.atomic():
            change()
            transaction.set_rollback(True)
    except DatabaseError:
        return False
    return True


def _value(rows, path):
    try:
        return rows.values_list(path, flat=True).first()
    except FieldError:
        return None


_OF_NOMINEE = {"uid": "dossier__uid", "nominee": "uid"}
_OF_VISIT = {"uid": "inspection__uid", "visit": "uid"}
_OF_FINDING = {"uid": "visit__inspection__uid", "visit": "visit__uid", "finding": "uid"}
_OF_HOLD = {"uid": "nominee__dossier__uid", "nominee": "nominee__uid", "hold": "uid"}
R, W = registrations, awards
#: the period that takes registrations, and one that takes them no more
OPEN = {"period__year": 2027}
LOCKED = {
    f"{state}/locked": {"state": state, "period__year": 2024} for state in ("draft", "returned", "withdrawn")
}
#: the commendation body sees a dossier once its names were forwarded
UNSENT = {"state": "appraised", "nominees__proposal__state": "posted"}
#: the longest prefix of an address decides
FAMILIES = [
    Family("/api/v1/units/", Unit, unit="pk"),
    Family("/api/v1/criteria-sets/", CriteriaSet, unit="", state="state"),
    Family("/api/v1/registrations/", R.Registration, state="state", only=OPEN, like="filed"),
    Family("/api/v1/reports/", R.Report, state="state"),
    Family("/api/v1/dossiers/", W.Dossier, state="state", like="submitted", also={"appraised/unsent": UNSENT}),
    Family("/api/v1/results/", W.PublicRecord, {"reference": "reference"}, unit="", only={"kind": "award"}),
    Family("/api/v1/decisions/", W.Decision, unit="", state="state", forces=False),
    Family("/ket-qua/", W.PublicRecord, {"reference": "reference"}, unit="", only={"kind": "award"}),
    Family("/quyet-dinh/", W.Decision, unit="", state="state", forces=False),
    Family("/dien-hinh/", W.Exemplar, state="state"),
    Family("/cong-bo-tien-do/", R.Period, unit=""),
    Family("/don-vi/", Unit, unit="pk"),
    Family("/don-vi/<uuid:uid>/nguoi/<uuid:user>", Membership, {"uid": "unit__uid", "user": "user__uid"}),
    Family("/sap-xep/", Reorganisation, unit=""),
    Family("/thu/", OutboxMail, unit="", state="state"),
    Family("/bo-tieu-chi/", CriteriaSet, unit="", state="state"),
    Family("/bo-tieu-chi/<uuid:uid>/sua/<int:pk>", Criterion, {"uid": "criteria_set__uid", "pk": "pk"}, unit="", state="criteria_set__state"),
    Family("/dang-ky/", R.Registration, state="state", only=OPEN, like="filed", also=LOCKED),
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
    Family("/ho-so/", W.Dossier, state="state", like="submitted", also={"appraised/unsent": UNSENT}),
    Family("/ho-so/<uuid:uid>/doi-tuong/<uuid:nominee>", W.Nominee, _OF_NOMINEE, unit="dossier__unit", state="dossier__state", like="submitted", also={"appraised/unsent": {"dossier__state": "appraised", "proposal__state": "posted"}}),
    Family("/ho-so/<uuid:uid>/doi-tuong/<uuid:nominee>/trung/", W.MatchResolution, {"uid": "nominee__dossier__uid", "nominee": "nominee__uid", "other": "other__uid"}, unit="nominee__dossier__unit", state="nominee__dossier__state", like="submitted", only={"other__isnull": False}),
    Family("/ho-so/<uuid:uid>/doi-tuong/<uuid:nominee>/sang-kien/<uuid:initiative>", W.NomineeInitiative, {"uid": "nominee__dossier__uid", "nominee": "nominee__uid", "initiative": "uid"}, unit="nominee__dossier__unit", state="nominee__dossier__state", like="submitted"),
    Family("/ho-so/<uuid:uid>/doi-tuong/<uuid:nominee>/tam-dung/<uuid:hold>", W.Hold, _OF_HOLD, unit="nominee__dossier__unit", state="nominee__dossier__state", like="submitted"),
    Family("/ho-so/<uuid:uid>/doi-tuong/<uuid:nominee>/lien-ket/", W.Nominee, {"uid": "dossier__uid", "nominee": "uid", "unit": "dossier__unit__uid"}, unit="dossier__unit", state="dossier__state", like="submitted"),
    Family("/ho-so/<uuid:uid>/tep/", W.DossierDocument, {"uid": "dossier__uid", "file": "file__uid"}, unit="dossier__unit", state="dossier__state", like="submitted"),
    Family("/ho-so/<uuid:uid>/bien-nhan/", W.DossierSubmission, {"uid": "dossier__uid", "number": "number"}, unit="dossier__unit", state="dossier__state", like="submitted"),
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
    Family("/quyet-dinh-khen-thuong/<uuid:uid>/can-cu/", W.Decision, {"uid": "uid", "code": "proposal__rule_set__bases__code"}, unit="nominees__dossier__unit", state="state"),
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
    Family("/cau-hoi/", Enquiry, unit=""),
    Family("/bo-loc/<uuid:uid>", SavedFilter, unit=""),
    Family("/tep/", File, unit="", only={"name": MENTIONING}),
]  # fmt: skip
#: what stands in an address beside the row
GIVEN = {"year": 2026, "tier": "commune", "part": 1, "number": 1, "day": "2026-01-31", "name": "ket-qua.csv"}
GIVEN |= {
    "slug": "nguoi-lap-ho-so",
    "provider_id": "so",
    "uidb36": "1",
    "key": "x-y",
    "pk": 1,
    "code": "COMM-1",
}


def cases(address: Address) -> list[Case]:
    """Each row that the address is asked for."""
    if "<slug:kind>" in address.route:
        kinds = [list(_papers(address, kind, offer)) for kind, offer in sorted(press.OFFERS.items())]
        # All its addresses have one door: the paper's own is tried in every state, the others on some.
        chosen = kinds if address.name == "press:paper" else [rows[:2][-1:] for rows in kinds[::4]]
        return [case for rows in chosen for case in rows]
    if "<" not in address.route:
        return [Case("*", address.route)]
    fitting = [family for family in FAMILIES if address.route.startswith(family.prefix)]
    rows = max(fitting, key=lambda family: len(family.prefix)).rows() if fitting else []
    return [
        Case(row.state, _path(address.route, row.args), row.unit, row.version, _with_papers(row))
        for row in rows
    ] or [Case("*", _path(address.route, {}))]


#: the way from what a paper is about to its unit, and to the state that decides who sees it
_ABOUT = {
    "Registration": ("unit", "state"),
    "RegistrationVersion": ("registration__unit", "registration__state"),
    "Report": ("unit", "state"),
    "Dossier": ("unit", "state"),
    "DossierSubmission": ("dossier__unit", "dossier__state"),
    "Nominee": ("dossier__unit", "dossier__state"),
    "Award": ("nominee__dossier__unit", "state"),
    "Certificate": ("award__nominee__dossier__unit", ""),
    "Consultation": ("unit", "state"),
    "Decision": ("nominees__dossier__unit", "state"),
}


def _papers(address, kind, offer):
    unit, state = _ABOUT.get(offer.model.__name__, ("", ""))
    for row in Family("", offer.model, unit=unit, state=state, like="submitted").rows():
        yield Case(
            f"{kind}/{row.state}",
            _path(address.route, row.args | {"kind": kind}),
            row.unit,
            row.version,
            _with_papers(row, (kind,), offer.formats),
        )


#: papers with addresses of their own, beside those of the press
PRINTED = ("registration_receipt", "inspection_report", "inspection_minutes", "reminder_letter")
PRINTED += ("proposal_package",)


def _with_papers(row, kinds=PRINTED, formats=PAPER_FORMATS):
    """Before the row is asked for, its papers lie there printed."""

    def prepare():
        row.prepare()
        file = File.objects.filter(content_type="application/pdf").first()
        now = clock.now()
        for kind in kinds:
            for format in formats:
                made = {"kind": kind, "title": "Văn bản", "object_uid": row.uid, "format": format}
                made |= {"state": "ready", "requested_at": now, "ready_at": now, "file": file}
                whole = Document.objects.create(**made)
                if format == DocumentFormat.PDF:
                    Document.objects.create(**made | {"kind": f"{kind}-part"}, whole=whole, part=1)

    return prepare if row.uid else row.prepare


def _path(route, args):
    route = route.replace("^", "").replace(
        "(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$", "<str:uidb36>-<str:key>/"
    )

    def value(found):
        name = found.group(1).rpartition(":")[2]
        return str(args.get(name, GIVEN.get(name, NOBODY)))

    return re.sub(r"<([^>]+)>", value, route)

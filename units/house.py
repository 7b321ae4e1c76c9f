"""What an office's papers bear on a day: names, place, authority, recipients, and the acts they cite."""

import re
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from core import clock
from core.documents import Signature
from core.findings import Finding
from core.models import Event
from core.transitions import Refused
from units.enums import Kind, Paper
from units.models import CitedAnyway, LegalBasis, Letterhead, RecipientList, Signer, Unit

PROVINCE = "UBND TỈNH LÀO CAI"
#: the kinds of units that stand directly under the provincial People's Committee
OF_PROVINCE = (Kind.DEPARTMENT, Kind.PUBLIC_SERVICE)
COMMITTEES = (Kind.DISTRICT, Kind.COMMUNE)
LOCALITY = re.compile(r"^(Thành phố|Thị xã|Huyện|Phường|Thị trấn|Xã) ")
HEADS = {Kind.DEPARTMENT: "GIÁM ĐỐC", Kind.ENTERPRISE: "GIÁM ĐỐC", Kind.COOPERATIVE: "GIÁM ĐỐC"}


@dataclass(frozen=True)
class House:
    """The head of an office's papers as `core.documents.Document` takes it."""

    parent_body: str
    issuing_body: str
    abbreviation: str
    place: str

    @property
    def boxes(self) -> dict[str, str]:
        return {"parent_body": self.parent_body, "issuing_body": self.issuing_body, "place": self.place}


def house_of(unit: Unit | None, day: date) -> House:
    """By its letterhead in force on `day`; where there is none, by what the register says of the unit.

    Without a unit it is the provincial People's Committee itself.
    """
    row = Letterhead.objects.of(unit).on(day).first()
    if row:
        return House(row.parent_body, row.issuing_body.upper(), row.abbreviation, row.place)
    if unit is None:
        return House("", "ỦY BAN NHÂN DÂN TỈNH LÀO CAI", "UBND", "Lào Cai")
    if unit.kind in COMMITTEES:
        # A People's Committee has no line above its own, and dates its papers from its locality.
        locality = LOCALITY.sub("", unit.name)
        return House("", f"ỦY BAN NHÂN DÂN {unit.name.upper()}", "UBND", locality)
    parent = PROVINCE if unit.kind in OF_PROVINCE else unit.parent.name.upper() if unit.parent else ""
    return House(parent, unit.name.upper(), unit.abbreviation, "Lào Cai")


def named(unit: Unit) -> str:
    """How the office calls itself in running text: of a locality it is the People's Committee that writes."""
    if unit.kind in COMMITTEES:
        return f"Ủy ban nhân dân {unit.name[:1].lower()}{unit.name[1:]}"
    return unit.name


def signature(unit: Unit | None, day: date) -> Signature:
    """The usual signer's authority, and his name for the clerk; without one, the head's and no name."""
    usual = Signer.objects.of(unit).on(day).filter(is_usual=True).first()
    if usual:
        return Signature(tuple(usual.authority.splitlines()), name=usual.name)
    return Signature(head_of(unit))


def head_of(unit: Unit | None) -> tuple[str, ...]:
    """Under what words the head of an office signs (Decree 30/2020/NĐ-CP, Appendix I, II.7)."""
    if unit is None or unit.kind in COMMITTEES:
        return "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"
    return (HEADS.get(unit.kind, "THỦ TRƯỞNG CƠ QUAN"),)


def recipients(
    unit: Unit | None, paper: Paper, day: date, *, usual: tuple[str, ...] = (), drafted_by: str = ""
) -> tuple[str, ...]:
    """The recipients on record, else the `usual` ones, and the line of the office's own files.

    That line names who drafted the paper, where another than the office that issues it did.
    """
    row = RecipientList.objects.of(unit).filter(paper=paper).on(day).first()
    lines = tuple(row.lines.splitlines()) if row else usual
    return (*lines, f"Lưu: VT, {drafted_by}".rstrip(", "))


# --- The acts a paper cites ------------------------------------------------------------------


def citations(bases, day: date, *objects) -> tuple[str, ...]:
    """The acts as a paper of that day cites them.

    `Refused` names those not in force on the day for which no reason is recorded with any of the
    `objects` (the decision, and the proposal it follows from).
    """
    bases = list(bases)
    out = [basis for basis in bases if not basis.is_in_force(day)]
    if out:
        uids = [obj.uid for obj in objects]
        excused = set(CitedAnyway.objects.filter(object_uid__in=uids).values_list("basis_id", flat=True))
        findings = [_not_in_force(basis, day) for basis in out if basis.pk not in excused]
        if findings:
            raise Refused(" ".join(finding.message for finding in findings), findings, status=422)
    return tuple(f"Căn cứ {basis.citation}" for basis in bases)


def _not_in_force(basis: LegalBasis, day: date) -> Finding:
    return Finding(
        f"“{basis.citation}” {basis.out_of_force(day)}. Hãy ghi lý do vẫn viện dẫn "
        "(ví dụ quy định chuyển tiếp), hoặc báo quản trị viên sửa căn cứ."
    )


def cited(bases, day: date, *objects) -> list[dict]:
    """Each act with what stands against citing it on `day` and the reason recorded with one of the
    `objects`, or "" and ""."""
    objections = {basis: "" if basis.is_in_force(day) else basis.out_of_force(day) for basis in bases}
    reasons = {}
    if any(objections.values()):
        uids = [obj.uid for obj in objects]
        reasons = dict(CitedAnyway.objects.filter(object_uid__in=uids).values_list("basis_id", "reason"))
    return [
        {"basis": basis, "objection": objection, "reason": reasons.get(basis.pk, "")}
        for basis, objection in objections.items()
    ]


def missing_for_citing(bases, day: date, *objects) -> list[Finding]:
    """A finding for each act that is not in force on `day` and for which no reason is recorded."""
    return [
        _not_in_force(line["basis"], day)
        for line in cited(bases, day, *objects)
        if line["objection"] and not line["reason"]
    ]


def cite_anyway(obj, basis: LegalBasis, *, reason: str, by, acting=None) -> None:
    """Record why the papers of `obj` cite an act that is not in force; the reason is kept."""
    reason = " ".join(reason.split())
    if not reason:
        raise Refused("Hãy ghi lý do vẫn viện dẫn.", status=422)
    with transaction.atomic():
        _, is_new = CitedAnyway.objects.get_or_create(
            object_uid=obj.uid, basis=basis, defaults={"reason": reason, "by": by, "at": clock.now()}
        )
        if is_new:
            data = {"basis": basis.code}
            Event.record("cite_anyway", obj, by=by, acting=acting, comment=reason, data=data)

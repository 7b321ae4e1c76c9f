"""The papers a rule set asks for, against those a dossier has: counted by the database, a few names shown.

A list of 300 nominees costs as many queries as a list of three.
"""

from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q

from awards.enums import DocumentKind, NomineeState
from awards.models import AchievementReport, DossierDocument, Nominee
from core.findings import Finding
from units.enums import KINDS_OF_TIER, Tier

#: names said of each thing that is missing; the rest are counted
NAMED = 20
FIRM = ~Q(body_kind="") | Q(subject__kind__in=KINDS_OF_TIER[Tier.ENTERPRISE])
HAS_SUMMARY = Q(achievement__regex=r"\S")


@dataclass
class Line:
    """One requirement: how many papers it asks for, how many are there, who lacks what."""

    requirement: object
    wanted: int
    found: int
    #: what makes up for a paper that was not uploaded
    note: str = ""
    findings: list[Finding] = field(default_factory=list)
    #: for the page: what the digital signatures on its papers say
    signatures: list[dict] = field(default_factory=list)

    @property
    def is_met(self) -> bool:
        return self.found >= self.wanted


def lines_of(dossier, rule_set) -> list[Line]:
    """The lines that concern somebody in the dossier, in the order of the rule set."""
    nominees = dossier.nominees.exclude(state=NomineeState.WITHDRAWN)
    papers = dossier.documents.filter(is_removed=False)
    kinds = set(papers.filter(nominee__isnull=True).values_list("kind", flat=True).distinct())
    counts = dict(nominees.order_by().values_list("kind").annotate(Count("pk")))
    lines = []
    for requirement in rule_set.requirements.all():
        if not requirement.nominee_kind:
            lines.append(_of_dossier(requirement, kinds, has_nominees=bool(counts)))
        elif counts.get(requirement.nominee_kind):
            line = _of_nominees(requirement, nominees, is_certified=DocumentKind.CERTIFICATION in kinds)
            if line.wanted:
                lines.append(line)
    return lines


def _of_dossier(requirement, kinds, *, has_nominees) -> Line:
    if requirement.kind == DocumentKind.LIST and has_nominees:
        return Line(requirement, 1, 1, note="cổng lập từ danh sách đối tượng")
    is_there = requirement.kind in kinds
    line = Line(requirement, 1, int(is_there))
    if requirement.is_required and not is_there:
        label = requirement.get_kind_display()
        line.findings.append(Finding(f"Thiếu giấy tờ: {label}.", field="documents"))
    return line


def _of_nominees(requirement, nominees, *, is_certified) -> Line:
    concerned = nominees.filter(kind=requirement.nominee_kind)
    if requirement.is_for_firms:
        concerned = concerned.filter(FIRM)
    uploaded = DossierDocument.objects.filter(nominee=OuterRef("pk"), is_removed=False, kind=requirement.kind)
    if requirement.kind == DocumentKind.EXTRACT:
        has_paper, is_good = HAS_SUMMARY, Q()
    elif requirement.kind == DocumentKind.ACHIEVEMENT_REPORT:
        has_paper, is_good = _report(requirement, uploaded, is_certified=is_certified)
    else:
        has_paper, is_good = Q(Exists(uploaded)), Q()
    totals = concerned.aggregate(
        wanted=Count("pk"), there=Count("pk", filter=has_paper), good=Count("pk", filter=has_paper & is_good)
    )
    line = Line(requirement, totals["wanted"], totals["good"])
    if requirement.kind == DocumentKind.ACHIEVEMENT_REPORT and requirement.may_be_extract:
        line.note = "báo cáo hoặc trích ngang"
    if not requirement.is_required:
        return line
    label = requirement.get_kind_display()
    if totals["there"] < totals["wanted"]:
        line.findings += said_of(concerned.exclude(has_paper), f"thiếu {label}.")
    if totals["good"] < totals["there"]:
        uncertified = concerned.filter(has_paper).exclude(is_good)
        line.findings += said_of(
            uncertified, "báo cáo thành tích chưa có xác nhận của cấp trình khen thưởng."
        )
    return line


def _report(requirement, uploaded, *, is_certified) -> tuple[Q, Q]:
    """Whether there is a report (uploaded, written here, or a summary in its place), and a certified one."""
    written = AchievementReport.objects.filter(
        nominee=OuterRef("pk"), overview__regex=r"\S", results__regex=r"\S"
    )
    has_report = Q(Exists(uploaded)) | Q(Exists(written))
    extract = HAS_SUMMARY if requirement.may_be_extract else Q(pk__in=[])
    if not requirement.needs_certification:
        return has_report | extract, Q()
    own_word = DossierDocument.objects.filter(
        nominee=OuterRef("pk"), is_removed=False, kind=DocumentKind.CERTIFICATION
    )
    certified = Q(Exists(uploaded.filter(is_certified=True))) | Q(Exists(own_word))
    if is_certified:
        certified |= has_report
    return has_report | extract, certified | extract


def said_of(nominees, words: str) -> list[Finding]:
    """`words` of each of the first nominees, and how many more there are."""
    shown = list(nominees.in_order().only("uid", "name", "kind", "sort_name")[: NAMED + 1])
    findings = [Finding(f"{nominee.name}: {words}", field=f"n{nominee.uid}") for nominee in shown[:NAMED]]
    if len(shown) > NAMED:
        more = nominees.count() - NAMED
        findings.append(Finding(f"Và {more} đối tượng khác: {words}", field="nominees"))
    return findings


def missing_summaries(nominees) -> list[Finding]:
    return said_of(nominees.exclude(HAS_SUMMARY), "chưa có tóm tắt thành tích.")


def nominees_in(dossier):
    return Nominee.objects.filter(dossier=dossier).exclude(state=NomineeState.WITHDRAWN)

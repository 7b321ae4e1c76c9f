"""Annual reports of the demo: most verified, some waiting, returned, in draft or missing."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from core import clock
from core.calendar import add_working_days, corrections
from core.models import File
from core.snapshots import canonical_sha256
from registrations.enums import FigureVerdict, ObligationKind
from registrations.models import Evaluation, Figure, FigureEvidence, Obligation, Period, Registration, Report
from registrations.workflow import evaluation_of
from reports.demo import figures, texts
from reports.demo.papers import paper, uid
from reports.demo.past import Past, after, number, some_time
from reports.demo.world import World
from units.enums import Tier
from units.models import Unit, User

#: how the reports of a past year came out, in per cent of those who registered
PAST = {"verified": 82, "late": 7, "returned": 2, "draft": 3, "missing": 6}
#: share of the last year's reports that still wait for the standing body
WAITING = 0.08


@dataclass
class Submission:
    """One report with all that belongs to it."""

    report: Report
    filer: User
    outcome: str
    figures: list = field(default_factory=list)
    evidence: list = field(default_factory=list)
    evaluations: list = field(default_factory=list)
    #: arguments of `Past.record`
    acts: list = field(default_factory=list)


class Reporting:
    """The annual reports of one period whose last day is over."""

    def __init__(self, world: World, period: Period, now: datetime, *, is_latest: bool):
        self.world, self.period, self.now, self.is_latest = world, period, now, is_latest
        self.past = Past()
        self.set = period.campaign.criteria_set
        self.holidays = corrections()
        self.criteria = {tier: list(self.set.criteria.filter(tier=tier)) for tier in Tier.values}

    def play(self) -> int:
        """Write the reports; returns how many there are."""
        self._waive_ended()
        submissions = [self._submission(u, o) for u, o in self._outcomes() if o != "missing"]
        self._write(submissions)
        return len(submissions)

    def _waive_ended(self) -> None:
        """Whoever was split during the year reports no more."""
        self.period.obligations.filter(
            kind=ObligationKind.ANNUAL_REPORT,
            unit__ended_by__isnull=True,
            unit__valid_to__lt=self.period.report_last_day,
        ).update(is_waived=True, waived_reason="Đơn vị đã chia tách trong năm; đơn vị kế thừa báo cáo.")

    def _outcomes(self):
        rng = Random(f"reports/{self.period.year}")
        own = {user.pk for name, user in self.world.people.items() if name != "demo.admin"}
        registered = Registration.objects.filter(period=self.period, first_filed_at__isnull=False)
        for unit_id in registered.order_by("unit__code").values_list("unit", flat=True):
            unit = next(u for u in self.world.units.values() if u.pk == unit_id)
            if unit.valid_to and unit.valid_to < self.period.report_last_day and unit.ended_by_id is None:
                continue
            outcome = rng.choices(list(PAST), PAST.values())[0]
            if self.is_latest and outcome == "verified" and rng.random() < WAITING:
                outcome = "submitted"
            if self.world.filer(unit).pk in own:
                outcome = "verified"
            yield unit, outcome

    def _submission(self, unit: Unit, outcome: str) -> Submission:
        rng, year = Random(f"report/{self.period.year}/{unit.code}"), self.period.year
        filer = self.world.filer(unit)
        submitted_at = self._submitted_at(rng, outcome)
        started = submitted_at - timedelta(days=rng.randint(2, 12))
        report = Report(
            uid=uid("report", year, unit.code),
            period=self.period,
            unit=unit,
            version=2,
            narrative=texts.narrative(unit.tier, rng),
            practices=rng.choice(texts.TEXTS["initiatives"]),
            difficulties=rng.choice(texts.TEXTS["difficulties"]),
            created_at=started,
            saved_at=submitted_at - timedelta(minutes=30),
            saved_by=filer,
        )
        submission = Submission(report, filer, outcome)
        submission.figures = [figures.figure(report, c, year) for c in self.criteria[unit.tier]]
        self._record(submission, "start", started, filer, unit, after="draft")
        if outcome == "draft":
            self._leave_gaps(submission, rng)
        else:
            self._submit(submission, submitted_at)
            if outcome == "returned":
                self._return(submission, rng)
            elif outcome in ("verified", "late"):
                self._verify(submission, rng)
        return submission

    def _submitted_at(self, rng, outcome) -> datetime:
        days = min(25, int(rng.expovariate(1 / 5)))
        days_after = 1 + days if outcome == "late" else -days
        instant = some_time(rng, self.period.report_last_day + timedelta(days=days_after))
        return min(instant, self.now - timedelta(hours=rng.randint(30, 60)))

    def _leave_gaps(self, submission, rng) -> None:
        """A draft lacks some of its figures."""
        for figure in rng.sample(submission.figures, 2):
            figure.numerator = figure.denominator = figure.answer = None
            figure.not_applicable = figure.note = ""

    def _submit(self, submission: Submission, instant: datetime) -> None:
        report = submission.report
        report.first_submitted_at = report.submitted_at = instant
        report.submitted_by = submission.filer
        report.is_late = clock.local_date(instant) > self.period.report_last_day
        report.request_key = uid("submit", report.uid)
        report.version += 1
        report.state = "submitted"
        self._attach_evidence(submission)
        submission.evaluations.append(self._evaluation(submission, instant, on_verified=False))
        self._record(submission, "submit", instant, submission.filer, report.unit, "draft", "submitted")

    def _attach_evidence(self, submission: Submission) -> None:
        """Where the accounts of the demo look, every number leads to its evidence."""
        if not submission.filer.username.startswith("demo."):
            return
        report = submission.report
        for figure in submission.figures:
            if not figure.not_applicable:
                owner = ("evidence", report.uid, figure.criterion.code)
                file = paper("minh-chung.pdf", *owner, by=submission.filer, at=report.saved_at)
                submission.evidence.append(FigureEvidence(figure=figure, file=file))

    def _return(self, submission: Submission, rng: Random) -> None:
        instant = after(rng, submission.report.submitted_at, (2, 8), until=self.now)
        submission.report.supplement_due = add_working_days(
            clock.local_date(instant), self.period.supplement_days, self.holidays
        )
        comment = rng.choice(texts.TEXTS["report_comments"])
        self._desk(submission, "return", instant, "submitted", "returned", comment=comment)
        submission.report.state = "returned"

    def _verify(self, submission: Submission, rng: Random) -> None:
        """A word on each figure: a few corrected or refused, the rest accepted in one act."""
        report = submission.report
        instant = after(rng, report.submitted_at, (2, 12), until=self.now)
        for figure in submission.figures:
            figure.verified_by = self._reviewer(report.unit)[0]
            figure.verdict = FigureVerdict.ACCEPTED
            draw = rng.random()
            if draw < 0.005:
                figure.verdict, figure.comment = FigureVerdict.REFUSED, texts.TEXTS["refused"]
            elif draw < 0.02 and (figure.numerator or 0) > 3:
                figure.verdict, figure.comment = FigureVerdict.CORRECTED, texts.TEXTS["corrected"]
                figure.verified_numerator = figure.numerator - rng.randint(1, 1 + figure.numerator // 20)
                figure.verified_denominator = figure.denominator
        self._judge(submission, instant - timedelta(minutes=25))
        report.verified_at = instant
        submission.evaluations.append(self._evaluation(submission, instant, on_verified=True))
        self._desk(submission, "verify", instant, "submitted", "verified")
        report.state = "verified"

    def _judge(self, submission: Submission, instant: datetime) -> None:
        accepted = [f for f in submission.figures if f.verdict == FigureVerdict.ACCEPTED]
        for figure in submission.figures:
            if figure not in accepted:
                data = {
                    "criterion": figure.criterion.code,
                    "verdict": str(figure.verdict),
                    "numerator": figure.verified_numerator,
                    "denominator": figure.verified_denominator,
                }
                self._desk(submission, "judge", instant, comment=figure.comment, data=data)
        codes = {"criteria": [f.criterion.code for f in accepted]}
        self._desk(submission, "accept", instant + timedelta(minutes=10), data=codes)

    def _evaluation(self, submission, instant, *, on_verified) -> Evaluation:
        report = submission.report
        return evaluation_of(
            report,
            submission.figures,
            at=instant,
            on_verified=on_verified,
            uid=uid("evaluation", report.uid, on_verified),
        )

    def _desk(self, submission, act, instant, before="", after="", *, comment="", data=None) -> None:
        reviewer, unit = self._reviewer(submission.report.unit)
        self._record(submission, act, instant, reviewer, unit, before, after, comment=comment, data=data)

    def _reviewer(self, unit: Unit) -> tuple[User, Unit]:
        """Nobody verifies the figures of his own unit: the commendation body does the standing body's."""
        if unit == self.world.standing_body:
            return self.world.people["demo.tdkt"], self.world.commendation_body
        return self.world.people["demo.stttt"], self.world.standing_body

    def _record(self, submission, act, at, by, acting, before="", after="", *, comment="", data=None):
        values = {"at": at, "by": by, "acting": acting, "before": before, "after": after, "comment": comment}
        submission.acts.append((act, {**values, "data": data}))

    def _write(self, submissions: list[Submission]) -> None:
        sent = sorted((s for s in submissions if s.evaluations), key=lambda s: s.report.first_submitted_at)
        number("BC", self.period.year, [s.report for s in sent])
        for submission in sent:
            submission.report.snapshot = content_of(submission)
            submission.report.sha256 = canonical_sha256(submission.report.snapshot)
        Report.objects.bulk_create([s.report for s in submissions], batch_size=500)
        File.objects.bulk_create([e.file for s in submissions for e in s.evidence])
        for model, name in ((Figure, "figures"), (Evaluation, "evaluations")):
            rows = [row for submission in submissions for row in getattr(submission, name)]
            for row in rows:
                row.report_id = row.report.pk
            model.objects.bulk_create(rows, batch_size=1000)
        evidence = [e for s in submissions for e in s.evidence]
        for row in evidence:
            row.figure_id, row.file_id = row.figure.pk, row.file.pk
        FigureEvidence.objects.bulk_create(evidence)
        self._record_all(submissions)
        self._meet({s.report.unit_id: s.report for s in sent})

    def _record_all(self, submissions: list[Submission]) -> None:
        for submission in submissions:
            report = submission.report
            for act, values in submission.acts:
                if act == "submit":
                    values["data"] = {"sha256": report.sha256, "reference": report.reference}
                self.past.record(act, report, **values)
        self.past.write()

    def _meet(self, sent: dict[int, Report]) -> None:
        met = list(self.period.obligations.filter(kind=ObligationKind.ANNUAL_REPORT, unit__in=sent))
        for obligation in met:
            obligation.met_at = sent[obligation.unit_id].first_submitted_at
        Obligation.objects.bulk_update(met, ["met_at"], batch_size=500)


def content_of(submission: Submission) -> dict:
    """What `registrations.workflow.report.report_snapshot` reads from the database, read from memory."""
    report = submission.report
    return {
        "unit": {"uid": str(report.unit.uid), "code": report.unit.code, "name": report.unit.name},
        "year": report.period.year,
        "kind": str(report.kind),
        "figures": {
            f.criterion.code: {
                "numerator": f.numerator,
                "denominator": f.denominator,
                "answer": f.answer,
                "not_applicable": f.not_applicable,
                "excluded": f.excluded,
                "note": f.note,
                "evidence": [e.file.sha256 for e in submission.evidence if e.figure is f],
            }
            for f in submission.figures
        },
        "narrative": report.narrative,
        "initiatives": [],
        "practices": report.practices,
        "difficulties": report.difficulties,
        "proposals": report.proposals,
    }

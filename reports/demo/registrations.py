"""Registrations of the demo: most on time, some late or missing, a few returned, withdrawn or in draft."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from core import clock
from core.calendar import add_working_days, corrections, day_bounds
from core.models import File, VerificationCode
from core.models.verification import new_code
from core.snapshots import canonical_sha256
from criteria.enums import Operator
from registrations import schedule
from registrations.enums import ObligationKind
from registrations.models import (
    Obligation,
    Period,
    Registration,
    RegistrationAttachment,
    RegistrationTarget,
    RegistrationTask,
    RegistrationVersion,
)
from registrations.verification import RECEIPT, receipt_payload
from reports.demo import texts
from reports.demo.papers import paper, uid
from reports.demo.past import Past, after, at, number, some_time
from reports.demo.world import World
from units.enums import Kind, Tier
from units.models import Unit, User

#: how the registrations of a past year came out, in per cent of those who were to register
PAST = {
    "confirmed": 78,
    "late": 8,
    "supplemented": 5,
    "returned": 2,
    "withdrawn": 1,
    "draft": 2,
    "missing": 4,
}
#: and of the year that has only just opened
OPENING = {"filed": 12, "confirmed": 3, "draft": 12, "missing": 73}
#: what the accounts of the demo find in the year that has just opened, and who was quick
OPENING_OF = {
    "SYT": "draft",
    "086": "filed",
    "02923": "returned",
    "MH0001": "missing",
    "STNMT": "confirmed",
    "SDL": "confirmed",
    "088": "confirmed",
}

FIELDS_OF = {
    "SYT": "ah", "SGDDT": "ai", "SDL": "ad", "SVHTT": "ad", "SVHTTDL": "ad", "SCT": "ac", "SNNPTNT": "ab",
    "STNMT": "ag", "SGTVTXD": "ae", "STC": "ađ", "SKHDT": "ađ",
}  # fmt: skip


@dataclass
class Filing:
    """One registration with all that belongs to it."""

    registration: Registration
    filer: User
    outcome: str
    targets: list = field(default_factory=list)
    tasks: list = field(default_factory=list)
    fields: list = field(default_factory=list)
    attachments: list = field(default_factory=list)
    versions: list = field(default_factory=list)
    #: what `Past.record` is given, with the version it belongs to
    acts: list = field(default_factory=list)


class Season:
    """The registrations of one period, up to `now`."""

    def __init__(self, world: World, period: Period, now: datetime):
        self.world, self.period, self.now = world, period, now
        self.rng = Random(f"registrations/{period.year}")
        self.past = Past()
        self.is_opening = clock.local_date(now) <= period.last_day
        self.priority = {f.code: f for f in period.campaign.fields.all()}
        self.criteria = list(period.campaign.criteria_set.criteria.all())
        self.holidays = corrections()

    def play(self) -> int:
        """Write the season; returns how many registrations there are."""
        with clock.played_at(at(self.period.opens_on, 0, 5)):
            schedule.oblige(self.period)
        filings = [self._filing(unit, outcome) for unit, outcome in self._outcomes() if outcome != "missing"]
        self._write(filings)
        return len(filings)

    def _outcomes(self):
        day = self.period.opens_on
        obliged = {o.unit_id for o in self.period.obligations.filter(kind=ObligationKind.REGISTRATION)}
        shares = OPENING if self.is_opening else PAST
        for unit in self.world.units.values():
            if unit.pk not in self.world.filers or unit.valid_from > day:
                continue
            if unit.pk not in obliged and unit.tier == Tier.PROVINCIAL:
                continue
            outcome = self.rng.choices(list(shares), shares.values())[0]
            # Who need not register does not always do it.
            if unit.pk not in obliged and self.rng.random() < 0.15:
                outcome = "missing"
            if unit.code in OPENING_OF:
                outcome = OPENING_OF[unit.code] if self.is_opening else "confirmed"
            yield unit, outcome

    def _filing(self, unit: Unit, outcome: str) -> Filing:
        rng, year = Random(f"registration/{self.period.year}/{unit.code}"), self.period.year
        filer = self.world.filer(unit)
        filed_at = self._filed_at(rng, outcome)
        started = self._before(rng, filed_at)
        registration = Registration(
            uid=uid("registration", year, unit.code),
            period=self.period,
            unit=unit,
            version=2,
            contact_name=filer.full_name,
            contact_phone=f"0000.{rng.randrange(1000):03}.{rng.randrange(1000):03}",
            objectives=texts.objectives(unit.tier, year, rng),
            created_at=started,
            saved_at=started + (filed_at - started) / 2,
            saved_by=filer,
        )
        filing = Filing(registration, filer, outcome)
        self._record(filing, "start", started, filer, unit, after="draft")
        self._compose(filing, rng)
        if outcome != "draft":
            self._attach(filing)
            self._file(filing, filed_at)
            self._follow(filing, rng)
        return filing

    def _filed_at(self, rng, outcome) -> datetime:
        """When it is filed; in the opening weeks any day so far, else mostly close to the last day."""
        last, opens = self.period.last_day, self.period.opens_on
        if self.is_opening:
            days = max(0, (clock.local_date(self.now) - opens).days)
            instant = some_time(rng, opens + timedelta(days=rng.randint(0, days)))
        elif outcome == "late":
            instant = some_time(rng, last + timedelta(days=min(60, 1 + int(rng.expovariate(1 / 9)))))
        else:
            earliest = (last - opens).days - 3
            instant = some_time(rng, last - timedelta(days=min(earliest, int(rng.expovariate(1 / 7)))))
        instant = min(instant, self.now - timedelta(hours=rng.randint(50, 70)))
        opened = day_bounds(opens)[0]
        return instant if instant > opened else opened + (self.now - opened) / 3

    def _before(self, rng, filed_at) -> datetime:
        """Drafts are begun in the two weeks before, never before the period opens."""
        opened = some_time(rng, self.period.opens_on)
        begun = filed_at - timedelta(days=rng.randint(2, 14), minutes=rng.randrange(600))
        if opened < filed_at:
            return max(begun, opened)
        first_instant = day_bounds(self.period.opens_on)[0]
        return first_instant + (filed_at - first_instant) / 2

    def _compose(self, filing: Filing, rng: Random) -> None:
        registration, unit = filing.registration, filing.registration.unit
        codes = self._field_codes(unit, rng)
        filing.fields = [f for code, f in self.priority.items() if code in codes]
        filing.targets = [
            RegistrationTarget(
                registration=registration,
                criterion=criterion,
                level=_level(criterion, unit, self.period.year),
                position=position,
            )
            for position, criterion in enumerate(c for c in self.criteria if c.tier == unit.tier)
        ]
        choices = [(code, task) for code in codes for task in texts.TEXTS["tasks"][code]]
        filing.tasks = [
            RegistrationTask(
                registration=registration,
                name=f"{task['name']} {texts.MARK}",
                product=task["product"],
                field=self.priority[code],
                due=date(self.period.year, rng.choice((6, 9, 10, 11)), 30),
                in_charge=texts.person(rng, rng.choice(("male", "female"))),
                position=position,
            )
            for position, (code, task) in enumerate(rng.sample(choices, 3))
        ]
        if filing.outcome == "draft":
            filing.tasks[-1].product = ""

    def _field_codes(self, unit, rng) -> str:
        if unit.is_invented:
            form = next(f for f in texts.TEXTS["firms"] if unit.name.startswith(f"{f['words']} "))
            return form["field"] + ("đ" if form["field"] in "ac" else "c")
        if unit.kind == Kind.DISTRICT:
            return "abd"
        return FIELDS_OF.get(unit.code, "ab" if unit.kind == Kind.COMMUNE else "ak")

    def _attach(self, filing: Filing) -> None:
        registration = filing.registration
        file = paper(
            "ke-hoach.pdf",
            "registration",
            registration.uid,
            by=filing.filer,
            at=registration.saved_at,
        )
        filing.attachments = [RegistrationAttachment(registration=registration, file=file)]

    def _file(self, filing: Filing, instant: datetime) -> None:
        registration, unit = filing.registration, filing.registration.unit
        before = registration.state
        if registration.first_filed_at is None:
            registration.first_filed_at = instant
            registration.is_late = clock.local_date(instant) > self.period.last_day
        if registration.supplement_due:
            registration.is_supplement_late = clock.local_date(instant) > registration.supplement_due
        registration.filed_at = instant
        registration.version += 1
        registration.state = "filed"
        filing.versions.append(
            RegistrationVersion(
                uid=uid("version", registration.uid, len(filing.versions) + 1),
                registration=registration,
                number=len(filing.versions) + 1,
                filed_at=instant,
                filed_by=filing.filer,
                is_late=registration.is_late,
                request_key=uid("file", registration.uid, len(filing.versions) + 1),
            )
        )
        self._record(
            filing, "file", instant, filing.filer, unit, before, "filed", version=filing.versions[-1]
        )

    def _follow(self, filing: Filing, rng: Random) -> None:
        """What the standing body made of it."""
        registration, outcome = filing.registration, filing.outcome
        if outcome in ("returned", "supplemented"):
            self._return(filing, rng)
        if outcome == "supplemented":
            again = after(rng, registration.filed_at, (4, 7), until=self.now)
            registration.version += 1
            registration.saved_at = again - timedelta(minutes=20)
            self._file(filing, again)
        if outcome in ("confirmed", "late", "supplemented"):
            registration.confirmed_at = after(rng, registration.filed_at, (1, 12), until=self.now)
            self._desk(filing, "confirm", registration.confirmed_at, "confirmed")
        if outcome == "withdrawn":
            instant = after(rng, registration.filed_at, (1, 5), until=self.now)
            self._record(
                filing, "withdraw", instant, filing.filer, registration.unit, registration.state, "withdrawn"
            )
            registration.state = "withdrawn"

    def _return(self, filing: Filing, rng: Random) -> None:
        instant = after(rng, filing.registration.filed_at, (1, 3), until=self.now)
        if self.is_opening:  # lately, so that the days for the supplement still run
            instant = max(instant, self.now - timedelta(hours=40))
        filing.registration.supplement_due = add_working_days(
            clock.local_date(instant), self.period.supplement_days, self.holidays
        )
        comment = rng.choice(texts.TEXTS["registration_comments"])
        self._desk(filing, "return", instant, "returned", comment=comment)

    def _desk(self, filing, act, instant, state, comment="") -> None:
        reviewer = self.world.people["demo.stttt"]
        before = filing.registration.state
        filing.registration.state = state
        unit = self.world.standing_body
        self._record(filing, act, instant, reviewer, unit, before, state, comment=comment)

    def _record(self, filing, act, at, by, acting, before="", after="", *, comment="", version=None):
        values = {"at": at, "by": by, "acting": acting, "before": before, "after": after, "comment": comment}
        filing.acts.append((act, values, version))

    def _write(self, filings: list[Filing]) -> None:
        filed = sorted((f for f in filings if f.versions), key=lambda f: f.registration.first_filed_at)
        number("DK", self.period.year, [f.registration for f in filed])
        for filing in filings:
            self._seal(filing)
        Registration.objects.bulk_create([f.registration for f in filings], batch_size=500)
        File.objects.bulk_create([a.file for f in filings for a in f.attachments], batch_size=500)
        for model, name in (
            (RegistrationTarget, "targets"),
            (RegistrationTask, "tasks"),
            (RegistrationAttachment, "attachments"),
            (RegistrationVersion, "versions"),
        ):
            rows = [row for filing in filings for row in getattr(filing, name)]
            for row in rows:
                row.registration_id = row.registration.pk
                if name == "attachments":
                    row.file_id = row.file.pk
            model.objects.bulk_create(rows, batch_size=1000)
        chosen = Registration.fields.through
        chosen.objects.bulk_create(
            (
                chosen(registration_id=filing.registration.pk, priorityfield_id=f.pk)
                for filing in filings
                for f in filing.fields
            ),
            batch_size=2000,
        )
        VerificationCode.objects.bulk_create(
            (self._code(version) for filing in filings for version in filing.versions), batch_size=1000
        )
        self._meet({f.registration.unit_id: f.registration for f in filed})
        self.past.write()

    def _code(self, version) -> VerificationCode:
        """As `VerificationCode.issue` would give it, but the same each time the demo is loaded."""
        return VerificationCode(
            uid=uid("code", version.uid),
            code=new_code(Random(f"code/{version.uid}").choice),
            kind=RECEIPT,
            object_uid=version.uid,
            payload=receipt_payload(version),
            issued_at=version.filed_at,
        )

    def _seal(self, filing: Filing) -> None:
        """Snapshots, hashes and events, once the reference is known."""
        content = content_of(filing)
        for version in filing.versions:
            version.snapshot = content
            version.sha256 = canonical_sha256(content)
        for act, values, version in filing.acts:
            data = version and {
                "number": version.number,
                "sha256": version.sha256,
                "reference": filing.registration.reference,
            }
            self.past.record(act, filing.registration, data=data, **values)

    def _meet(self, filed: dict[int, Registration]) -> None:
        met = []
        owed = self.period.obligations.filter(kind=ObligationKind.REGISTRATION, unit__in=filed)
        for obligation in owed:
            registration = filed[obligation.unit_id]
            if registration.state != "withdrawn":
                obligation.met_at = registration.first_filed_at
                met.append(obligation)
        Obligation.objects.bulk_update(met, ["met_at"], batch_size=500)


def _level(criterion, unit: Unit, year: int) -> str:
    if criterion.operator == Operator.YES_NO:
        return "Có"
    if criterion.operator == Operator.JUDGED:
        return "Có ít nhất 01 sản phẩm, dịch vụ"
    if criterion.code.startswith(("PROV-6", "PROV-7", "PROV-8")) and not unit.has_admin_procedures:
        return ""
    return "100%" if criterion.operator == Operator.EQ else f"{min(100, criterion.threshold + year - 2021)}%"


def content_of(filing: Filing) -> dict:
    """What `registrations.workflow.snapshot` reads from the database, read from the rows in memory."""
    registration = filing.registration
    unit = registration.unit
    return {
        "unit": {"uid": str(unit.uid), "code": unit.code, "name": unit.name},
        "year": registration.period.year,
        "contact": {"name": registration.contact_name, "phone": registration.contact_phone},
        "fields": [f.code for f in filing.fields],
        "objectives": registration.objectives,
        "targets": [
            {"criterion": t.criterion.code, "text": t.text, "level": t.level} for t in filing.targets
        ],
        "tasks": [
            {
                "name": t.name,
                "product": t.product,
                "field": t.field.code,
                "due": t.due.isoformat(),
                "in_charge": t.in_charge,
            }
            for t in filing.tasks
        ],
        "attachments": [
            {"name": a.file.name, "size": a.file.size, "sha256": a.file.sha256} for a in filing.attachments
        ],
    }

"""Award dossiers of the demo, each played through the real workflow at its instant."""

from datetime import date, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from awards.enums import DocumentKind, NomineeKind
from awards.models import AwardForm, Dossier, Nominee, Proposal, RuleSet
from awards.workflow import appraisal as appraising
from awards.workflow import decision as deciding
from awards.workflow import dossier as submitting
from awards.workflow import judging
from awards.workflow import proposal as proposing
from core import clock, files, signatures
from core.calendar import add_working_days
from core.models import File
from registrations.models import Campaign, Evaluation
from reports.demo import signing
from reports.demo.nominees import Casting
from reports.demo.papers import content, uid
from reports.demo.past import at, office_day
from reports.demo.texts import MARK, TEXTS
from reports.demo.world import World
from units import house
from units.enums import KINDS_OF_TIER, Kind, Tier
from units.models import Unit

TITLE = "Tặng Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh trong phong trào thi đua chuyển đổi số"
SIGNER = f"Người ký mẫu {MARK}"
#: (unit, nth individual of its dossier) of the first batch -> the word that went against them
REFUSED_BY_STANDING_BODY = ((4, 1), (8, 1))
REFUSED_BY_COMMENDATION_BODY = ((6, 1), (14, 1))
NOT_SELECTED = 11


def cite_what_has_ended(proposal, *, by, acting) -> None:
    """The demo is played on any day, also when an act that its dossiers came under has ended."""
    for line in house.cited(proposal.rule_set.bases.all(), clock.today(), proposal):
        if line["objection"]:
            reason = "Hồ sơ nhận khi văn bản còn hiệu lực (minh họa)"
            house.cite_anyway(proposal, line["basis"], reason=reason, by=by, acting=acting)


class Commendation:
    """The final review of 2022–2025: a first batch awarded, a second one on its way."""

    first_published_on = date(2025, 12, 19)

    def __init__(self, world: World, now: datetime):
        self.world, self.now = world, now
        self.casting = Casting()
        self.campaign = Campaign.objects.get(code="2022-2025")
        self.form = AwardForm.objects.get(code="BK-CT-UBND")
        self.bodies, self.districts, self.firms = self._candidates()

    def _candidates(self) -> tuple[list[Unit], list[Unit], list[Unit]]:
        """Provincial bodies, districts and firms nobody at the desks is kin to, the best ones first."""
        desks = [self.world.people[f"demo.{name}"] for name in ("stttt", "stttt.ld", "tdkt", "tdkt.ld")]
        barred = frozenset().union(*(user.conflicted_units for user in desks))
        results = Evaluation.objects.filter(report__period__year=2025, on_verified=True)
        best = {
            unit: (-summary["required_met"], -summary["met"])
            for unit, summary in results.values_list("report__unit", "summary")
        }
        units = sorted(self.world.units.values(), key=lambda u: (*best.get(u.pk, (1, 0)), u.code))
        free = [u for u in units if u.pk not in barred and u.pk in best]
        account = self.world.units["SYT"]
        bodies = [u for u in free if u.kind in KINDS_OF_TIER[Tier.PROVINCIAL] and u != account]
        districts = [u for u in units if u.kind == Kind.DISTRICT]
        firms = [u for u in free if u.is_invented and u.code != "MH0001"]
        return [account, *bodies], districts, firms

    # One step each

    def _draft(self, unit: Unit, nominees: list[dict], instant: datetime, summary: str) -> Dossier:
        filer = self.world.filer(unit)
        with clock.played_at(instant):
            dossier = submitting.start(self.campaign, self.form, unit, by=filer, acting=unit)
            words = {"summary": TEXTS["summaries"][summary]}
            submitting.save_dossier(dossier, by=filer, version=dossier.version, words=words)
            for values in nominees:
                report = _upload("bao-cao-thanh-tich.pdf")
                submitting.add_nominee(dossier, by=filer, values=values, report=report, is_certified=True)
        return dossier

    def _submit(self, unit: Unit, nominees: list[dict], instant: datetime, summary: str) -> Dossier:
        filer = self.world.filer(unit)
        dossier = self._draft(unit, nominees, instant - timedelta(hours=1), summary)
        with clock.played_at(instant):
            for kind, name in (
                (DocumentKind.SUBMISSION, "to-trinh.pdf"),
                (DocumentKind.MINUTES, "bien-ban.pdf"),
            ):
                submitting.attach(dossier, by=filer, kind=kind, upload=_upload(name))
            key = uid("dossier", unit.code, summary)
            submitting.submit(dossier, by=filer, version=dossier.version, request_key=key, acting=unit)
        return dossier

    def _appraise(
        self, dossier: Dossier, instant: datetime, against: dict[Nominee, str] | None = None
    ) -> None:
        desk = {"by": self.world.people["demo.stttt"], "acting": self.world.standing_body}
        with clock.played_at(instant):
            for nominee in dossier.nominees.all():
                action = (against or {}).get(nominee, "recommend")
                comment = TEXTS["appraisals"].get(action, "")
                self._judge_by_evidence(nominee, is_met=action != "not_recommend", **desk)
                appraising.give_verdict(action, nominee, comment=comment, **desk)
            appraising.appraise(dossier, **desk)

    def _judge_by_evidence(self, nominee: Nominee, *, is_met: bool, **desk) -> None:
        """Held against the criterion meant for such a person: cadres by the first, others by the second."""
        criteria = appraising.judged_criteria([nominee])[nominee.pk]
        papers = list(appraising.papers_for_judging(nominee).filter(nominee=nominee)[:1])
        if nominee.kind == NomineeKind.INDIVIDUAL and papers:
            criterion = criteria[nominee.unit.tier == Tier.ENTERPRISE]
            reason = TEXTS["judged"]["met" if is_met else "not_met"]
            appraising.judge_criterion(
                criterion, nominee, is_met=is_met, reason=reason, papers=papers, **desk
            )

    def _propose(self, dossiers: list[Dossier], title: str, number: str, days: dict[str, date]) -> Proposal:
        """Gather, finalise, have signed outside and forward, on the `days`."""
        desk = {"by": self.world.people["demo.stttt"], "acting": self.world.standing_body}
        lead = {"by": self.world.people["demo.stttt.ld"], "acting": self.world.standing_body}
        with clock.played_at(at(days["finalise"], 10)):
            rule_set = RuleSet.objects.get(pk=dossiers[0].rule_set_id)
            proposal = proposing.start(self.campaign, self.form, rule_set, title=title, **desk)
            proposing.gather(proposal, Nominee.objects.filter(dossier__in=dossiers), **desk)
        with clock.played_at(at(days["finalise"], 15)):
            cite_what_has_ended(proposal, **desk)
            proposing.finalise(proposal, **desk)
        with clock.played_at(at(days["sign"], 16)):
            proposing.sign(
                proposal,
                number=number,
                signed_on=days["sign"],
                signer=SIGNER,
                signed_file=self._signed("to-trinh.pdf"),
                **desk,
            )
        with clock.played_at(at(days["forward"], 16, 30)):
            proposing.forward(proposal, request_key=uid("forward", number), **lead)
        return proposal

    def _signed(self, name: str) -> File:
        """What was signed outside, with a digital signature that the portal can check."""
        paper = signing.signed(content(name), SIGNER)
        file = files.store_bytes(paper, name=name, content_type=files.PDF)
        signatures.ask(file)
        return file

    # The first batch, decided at the end of 2025

    def award_first_batch(self) -> None:
        dossiers = self._first_dossiers()
        for dossier, against in dossiers:
            self._appraise(dossier, at(date(2025, 11, 20), 10), against)
        proposal = self._propose(
            [dossier for dossier, _ in dossiers],
            f"Đề nghị tặng Bằng khen tổng kết phong trào giai đoạn 2022–2025, đợt 1 {MARK}",
            f"118/TTr-STTTT {MARK}",
            {"finalise": date(2025, 11, 26), "sign": date(2025, 11, 28), "forward": date(2025, 11, 28)},
        )
        self._judge(proposal, dossiers)
        self._decide(proposal)

    def _first_dossiers(self) -> list[tuple[Dossier, dict]]:
        units = [*self.bodies[:12], *self.districts, *self.firms[:6]]
        dossiers = []
        for place, unit in enumerate(units):
            nominees = self._first_nominees(unit, place)
            day = add_working_days(date(2025, 11, 4), 1 + place // 3)
            dossier = self._submit(unit, nominees, at(day, 9 + place % 3 * 3, 7 + place), "first")
            against = {
                self._individuals(dossier)[nth]: "not_recommend"
                for of, nth in REFUSED_BY_STANDING_BODY
                if of == place
            }
            if place == NOT_SELECTED:
                part = dossier.nominees.get(kind=NomineeKind.COLLECTIVE, is_the_unit=False)
                against[part] = "not_select"
            dossiers.append((dossier, against))
        return dossiers

    def _first_nominees(self, unit: Unit, place: int) -> list[dict]:
        cast = self.casting
        nominees = [cast.unit(unit)]
        if unit.kind == Kind.DISTRICT:
            commune = self._commune_of(unit, 0)
            nominees.append(cast.unit(commune))
            if place % 3 == 0:
                nominees.append(cast.household(commune))
        elif place in (0, 2, 5, 8, NOT_SELECTED):
            nominees.append(cast.part(unit))
        individuals = 1 if unit.is_invented else 3 if place == 0 else 2
        return nominees + [cast.individual(unit) for _ in range(individuals)]

    def _commune_of(self, district: Unit, nth: int) -> Unit:
        communes = sorted(self.world.communes, key=lambda unit: unit.code)
        own = [unit for unit in communes if unit.parent_id == district.pk]
        return own[nth] if nth < len(own) else district.children.order_by("code")[nth]

    def _individuals(self, dossier: Dossier) -> list[Nominee]:
        return list(dossier.nominees.filter(kind=NomineeKind.INDIVIDUAL).order_by("pk"))

    def _judge(self, proposal: Proposal, dossiers: list[tuple[Dossier, dict]]) -> None:
        desk = {"by": self.world.people["demo.tdkt"], "acting": self.world.commendation_body}
        lead = {"by": self.world.people["demo.tdkt.ld"], "acting": self.world.commendation_body}
        refused = {self._individuals(dossiers[of][0])[nth] for of, nth in REFUSED_BY_COMMENDATION_BODY}
        with clock.played_at(at(date(2025, 12, 4), 14)):
            for nominee in proposal.nominees.in_order():
                judgement = "refused" if nominee in refused else "approved"
                reason = TEXTS["appraisals"].get(judgement, "")
                judging.judge(nominee, judgement=judgement, reason=reason, **desk)
        with clock.played_at(at(date(2025, 12, 8), 9)):
            proposing.approve(proposal, **lead)

    def _decide(self, proposal: Proposal) -> None:
        desk = {"by": self.world.people["demo.tdkt"], "acting": self.world.commendation_body}
        lead = {"by": self.world.people["demo.tdkt.ld"], "acting": self.world.commendation_body}
        with clock.played_at(at(date(2025, 12, 9), 10)):
            decision = deciding.start(proposal, title=f"{TITLE}, giai đoạn 2022–2025 {MARK}", **desk)
        with clock.played_at(at(date(2025, 12, 10), 8)):
            deciding.submit(decision, **desk)
        with clock.played_at(at(date(2025, 12, 18), 9)):
            deciding.issue(
                decision,
                number=f"4321/QĐ-UBND {MARK}",
                signed_on=date(2025, 12, 17),
                signer=SIGNER,
                signed_file=self._signed("quyet-dinh.pdf"),
                **desk,
            )
        with clock.played_at(at(self.first_published_on, 8, 30)):
            deciding.publish(decision, **lead)

    # The second batch, on its way today

    def move_second_batch(self) -> None:
        self._second_proposal()
        self._desk_of_standing_body()
        self._drafts()

    def another_ready_dossier(self) -> Dossier:
        """One more that is appraised, of a body that has sent none yet."""
        unit = self.bodies[19]
        instant = at(self.day(14), 9, 40)
        dossier = self._submit(unit, self._second_nominees(unit), instant, "second")
        self._appraise(dossier, at(self.day(3), 10))
        return dossier

    def day(self, days_ago: int) -> date:
        return office_day(clock.local_date(self.now) - timedelta(days=days_ago))

    def _second_proposal(self) -> None:
        """Twelve nominees of four dossiers, forwarded and waiting at the commendation body."""
        cast, (one, other), district, firm = (
            self.casting,
            self.bodies[12:14],
            self.districts[7],
            self.firms[6],
        )
        commune = self._commune_of(district, 1)
        nominees = {
            one: [cast.unit(one), cast.individual(one), cast.individual(one)],
            other: [cast.unit(other), cast.individual(other), cast.individual(other)],
            district: [
                cast.unit(commune),
                cast.household(commune),
                cast.individual(district),
                cast.individual(district),
            ],
            firm: [cast.unit(firm), cast.individual(firm)],
        }
        dossiers = []
        for hour, (unit, theirs) in enumerate(nominees.items(), start=9):
            dossiers.append(self._submit(unit, theirs, at(self.day(40), hour, 12), "second"))
        for dossier in dossiers:
            self._appraise(dossier, at(self.day(30), 9))
        self._propose(
            dossiers,
            f"Đề nghị tặng Bằng khen tổng kết phong trào giai đoạn 2022–2025, đợt 2 {MARK}",
            f"96/TTr-STTTT {MARK}",
            {"finalise": self.day(26), "sign": self.day(22), "forward": self.day(21)},
        )

    def _desk_of_standing_body(self) -> None:
        """Five dossiers wait, one came back for a supplement, one is appraised and ready to gather."""
        ready, *bodies, returned = self.bodies[14:19]
        units = [ready, *bodies[:2], returned, bodies[2], self.districts[1], self.firms[7]]
        dossiers = {}
        for place, (days_ago, unit) in enumerate(zip((16, 12, 9, 8, 6, 4, 2), units, strict=True)):
            instant = at(self.day(days_ago), 9 + place, 20)
            dossiers[unit] = self._submit(unit, self._second_nominees(unit), instant, "second")
        desk = {"by": self.world.people["demo.stttt"], "acting": self.world.standing_body}
        with clock.played_at(at(self.day(3), 16)):
            comment = TEXTS["appraisals"]["supplement"]
            submitting.request_supplement(dossiers[returned], comment=comment, **desk)
        self._appraise(dossiers[ready], at(self.day(2), 16))

    def _second_nominees(self, unit: Unit) -> list[dict]:
        body = self._commune_of(unit, 2) if unit.kind == Kind.DISTRICT else unit
        return [self.casting.unit(body), self.casting.individual(unit), self.casting.individual(unit)]

    def _drafts(self) -> None:
        for code in ("SYT", "MH0001"):
            unit = self.world.units[code]
            nominees = [self.casting.individual(unit)]
            self._draft(unit, nominees, at(self.day(1), 16), "second")


def _upload(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content(name), content_type=files.PDF)

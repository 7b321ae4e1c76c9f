"""Who of those put forward may already have been proposed or commended for the same time.

The machine points and says why; a person decides (`workflow.matching`). Each key is a stored, indexed
column, so what is read depends on who shares a key, never on how many awards there are: names without
diacritics and titles, the blind index of identity numbers, tax numbers, the unit itself with those
before and after it, initiatives.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from awards.checklist import NAMED
from awards.enums import AwardState, NomineeKind, NomineeState
from awards.models import MatchResolution, Nominee, NomineeInitiative, RecordedAward
from core import identity
from core.findings import Finding
from core.vietnamese import person_sort_key, sort_key
from units.lineage import Lineage
from units.models import Unit, UnitSuccession

#: outcomes after which the other line is printed nowhere
_GONE = (NomineeState.NOT_RECOMMENDED, NomineeState.NOT_SELECTED, NomineeState.REFUSED)


@dataclass
class Match:
    """Two that may be the same; exactly one of `other` and `recorded` (a Giấy khen) is given."""

    nominee: Nominee
    other: Nominee | None = None
    recorded: RecordedAward | None = None
    reasons: list[str] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)
    is_strong: bool = False
    resolution: MatchResolution | None = None

    @property
    def is_certificate(self) -> bool:
        return self.recorded is not None

    @property
    def is_over(self) -> bool:
        """The other one was not chosen, or its award was revoked."""
        if self.other is None:
            return False
        award = getattr(self.other, "award", None)
        return self.other.state in _GONE or (award is not None and award.state == AwardState.REVOKED)

    @property
    def needs_decision(self) -> bool:
        """A Giấy khen, a namesake with another birth date, a line that is over: shown, and no more."""
        return self.is_strong and not self.is_certificate and not self.is_over and self.resolution is None

    @property
    def because(self) -> str:
        return "; ".join([*self.reasons, *self.differences])


class Search:
    """The matches of some nominees of one achievement period: a fixed number of queries for any number."""

    def __init__(self, nominees: Iterable[Nominee], *, dossiers=None):
        """`dossiers` limits the others to what a person may see; all submitted ones when not given."""
        self.nominees = list(nominees)
        self.dossiers = dossiers
        self.lineage = Lineage()
        self._families: dict[int, set[int]] = {}

    def found(self) -> dict[int, list[Match]]:
        """By the nominee's primary key; what calls for a decision comes first."""
        if not self.nominees:
            return {}
        self._read_keys()
        found = defaultdict(list)
        others, recorded = self._by_keys(self._others()), self._by_keys(self._recorded())
        for nominee in self.nominees:
            matches = [
                self._match(nominee, other, other=other)
                for other in self._sharing(nominee, others)
                if self._may(nominee, other)
            ]
            matches += [
                self._match(nominee, award, recorded=award) for award in self._sharing(nominee, recorded)
            ]
            found[nominee.pk] = [match for match in matches if match.reasons]
        self._resolve(found)
        for matches in found.values():
            matches.sort(key=lambda m: (not m.needs_decision, m.is_certificate, not m.is_strong))
        return found

    def _read_keys(self) -> None:
        self.names = {n.search_name for n in self.nominees}
        self.identities = {n.pk: _indexes(n) for n in self.nominees if n.identity_index}
        units = {pk for n in self.nominees for pk in (n.unit_id, n.subject_id) if pk}
        for unit in units:
            self._family(unit)
        subjects = {n.subject_id for n in self.nominees if n.subject_id}
        tax_of = dict(
            Unit.objects.filter(pk__in=subjects).exclude(tax_number="").values_list("pk", "tax_number")
        )
        self.taxes = {n.pk: n.tax_number or tax_of.get(n.subject_id, "") for n in self.nominees}
        self.tax_units = {}
        numbers = {tax for tax in self.taxes.values() if tax}
        if numbers:
            rows = Unit.objects.filter(tax_number__in=numbers).values_list("tax_number", "pk")
            for number, pk in rows:
                self.tax_units.setdefault(number, set()).add(pk)
        self.initiatives = defaultdict(dict)
        own = NomineeInitiative.objects.filter(nominee__in=self.nominees)
        for pk, key, name in own.values_list("nominee", "search_name", "name"):
            self.initiatives[pk][key] = name

    @staticmethod
    def _by_keys(rows) -> dict[tuple, list]:
        """The rows under each of their keys, so that no two are held together that share none."""
        found = defaultdict(list)
        for row in rows:
            keys = [("name", row.search_name), ("identity", row.identity_index), ("unit", row.subject_id)]
            if isinstance(row, Nominee):
                keys.append(("tax", row.tax_number))
                keys += [("initiative", initiative.search_name) for initiative in row.initiatives.all()]
            for key in keys:
                if key[1]:
                    found[key].append(row)
        return found

    def _sharing(self, nominee, rows) -> list:
        tax = self.taxes[nominee.pk]
        units = self._family(nominee.subject_id) if nominee.subject_id else set()
        keys = [("name", nominee.search_name), ("tax", tax)]
        keys += [("identity", index) for index in self.identities.get(nominee.pk, ())]
        keys += [("unit", unit) for unit in units | self.tax_units.get(tax, set())]
        keys += [("initiative", key) for key in self.initiatives[nominee.pk]]
        shared = {row.pk: row for key in keys for row in rows.get(key, ())}
        return [shared[pk] for pk in sorted(shared)]

    def _family(self, unit: int) -> set[int]:
        """The unit with all those before and after it."""
        if unit not in self._families:
            before, after = self.lineage.predecessors([unit]), self.lineage.successors([unit])
            self._families[unit] = {unit} | before | after
        return self._families[unit]

    @property
    def _subjects(self) -> set[int]:
        """Units a nominee is, by the register, by succession or by tax number."""
        families = [self._family(n.subject_id) for n in self.nominees if n.subject_id]
        return set().union(*families, *self.tax_units.values())

    def _period(self):
        dossiers = {n.dossier_id: n.dossier for n in self.nominees}.values()
        return min(d.achievement_from for d in dossiers), max(d.achievement_to for d in dossiers)

    def _others(self) -> list[Nominee]:
        since, until = self._period()
        numbers = {index for indexes in self.identities.values() for index in indexes}
        taxes = {tax for tax in self.taxes.values() if tax}
        ideas = {key for keys in self.initiatives.values() for key in keys}
        # One query per key, each by its own index: a single "or" would read the whole table.
        keys = [
            Nominee.objects.filter(search_name__in=self.names),
            Nominee.objects.filter(identity_index__in=numbers),
            Nominee.objects.filter(tax_number__in=taxes),
            Nominee.objects.filter(subject__in=self._subjects),
            Nominee.objects.filter(initiatives__search_name__in=ideas),
        ]
        first, *rest = (query.order_by().values("pk") for query in keys)
        named = list(first.union(*rest).values_list("pk", flat=True))
        found = (
            Nominee.objects.filter(pk__in=named, dossier__first_submitted_at__isnull=False)
            .filter(dossier__achievement_from__lte=until, dossier__achievement_to__gte=since)
            .exclude(state=NomineeState.WITHDRAWN)
            .select_related("dossier__unit", "dossier__form", "unit", "decision", "award")
            .prefetch_related("initiatives")
            .order_by("pk")
        )
        if self.dossiers is not None:
            found = found.filter(dossier__in=self.dossiers)
        return list(found)

    def _recorded(self) -> list[RecordedAward]:
        since, until = self._period()
        numbers = {index for indexes in self.identities.values() for index in indexes}
        keys = [
            RecordedAward.objects.filter(search_name__in=self.names),
            RecordedAward.objects.filter(identity_index__in=numbers),
            RecordedAward.objects.filter(subject__in=self._subjects),
        ]
        first, *rest = (query.order_by().values("pk") for query in keys)
        named = list(first.union(*rest).values_list("pk", flat=True))
        found = RecordedAward.objects.filter(
            pk__in=named,
            decision__cancelled_at__isnull=True,
            decision__achievement_from__lte=until,
            decision__achievement_to__gte=since,
        )
        return list(found.select_related("decision__unit", "decision__form").order_by("pk"))

    def _may(self, nominee, other) -> bool:
        own, theirs = nominee.dossier, other.dossier
        return (
            other.pk != nominee.pk
            and theirs.achievement_from <= own.achievement_to
            and theirs.achievement_to >= own.achievement_from
        )

    def _match(self, nominee, found, **which) -> Match:
        match = Match(nominee, **which)
        self._by_identity(match, nominee, found)
        self._by_unit(match, nominee, found)
        self._by_name(match, nominee, found)
        if match.other:
            theirs = {i.search_name for i in match.other.initiatives.all()}
            for key, name in self.initiatives[nominee.pk].items():
                if key in theirs:
                    match.reasons.append(f"cùng sáng kiến “{name}”")
                    match.is_strong = True
        return match

    def _by_identity(self, match, nominee, found) -> None:
        if found.identity_index and nominee.identity_index:
            if found.identity_index in self.identities[nominee.pk]:
                match.reasons.append("cùng số CCCD/CMND")
                match.is_strong = True
            else:
                match.differences.append("khác số CCCD/CMND")
        tax = self.taxes[nominee.pk]
        if tax and tax == getattr(found, "tax_number", ""):
            match.reasons.append("cùng mã số thuế")
            match.is_strong = True

    def _by_unit(self, match, nominee, found) -> None:
        """Both are one unit of the register, or one came after the other."""
        theirs = found.subject_id
        tax_units = self.tax_units.get(self.taxes[nominee.pk], set())
        if theirs is None or (nominee.subject_id is None and theirs not in tax_units):
            return
        if theirs == nominee.subject_id:
            match.reasons.append("cùng một đơn vị")
        elif nominee.subject_id and theirs in self._family(nominee.subject_id):
            is_before = theirs in self.lineage.predecessors([nominee.subject_id])
            match.reasons.append(
                f"là đơn vị tiền thân, {found.name}" if is_before else f"là đơn vị kế thừa, {found.name}"
            )
        elif theirs in tax_units:
            match.reasons.append("cùng mã số thuế")
        else:
            return
        match.is_strong = True

    def _by_name(self, match, nominee, found) -> None:
        if found.kind != nominee.kind or found.search_name != nominee.search_name:
            if "cùng số CCCD/CMND" in match.reasons:
                match.differences.append(f"khác tên: {found.name}")
            return
        unit = found.unit_id if match.other else (found.subject_id or found.decision.unit_id)
        is_same_unit, is_kin = unit == nominee.unit_id, unit in self._family(nominee.unit_id)
        if nominee.kind == NomineeKind.COLLECTIVE:
            is_body = bool(nominee.body_kind or getattr(found, "body_kind", ""))
            if not (is_kin or is_body or match.is_strong):
                return  # "Văn phòng" of another unit is another office
        order = person_sort_key if nominee.kind == NomineeKind.INDIVIDUAL else sort_key
        is_letter_for_letter = order(nominee.name) == order(found.name)
        match.reasons.append("trùng tên sau chuẩn hóa" if is_letter_for_letter else "trùng tên khi bỏ dấu")
        if nominee.birth_date and found.birth_date:
            if nominee.birth_date == found.birth_date:
                match.reasons.append("cùng ngày sinh")
            else:
                match.differences.append("khác ngày sinh")
        if is_kin:
            match.reasons.append("cùng đơn vị" if is_same_unit else "cùng đơn vị tiền thân, kế thừa")
        else:
            match.differences.append("khác đơn vị")
        if "khác ngày sinh" in match.differences or "khác số CCCD/CMND" in match.differences:
            return
        born = nominee.birth_date and found.birth_date
        match.is_strong |= bool(is_kin or born or is_letter_for_letter)

    def _resolve(self, found) -> None:
        """What people have said of each pair, from whichever side."""
        own = [n.pk for n in self.nominees]
        said = MatchResolution.objects.filter(Q(nominee__in=own) | Q(other__in=own)).select_related(
            "resolved_by"
        )
        by_pair = {}
        for resolution in said:
            if resolution.recorded_id:
                by_pair[resolution.nominee_id, "recorded", resolution.recorded_id] = resolution
            else:
                by_pair[resolution.nominee_id, "other", resolution.other_id] = resolution
                by_pair[resolution.other_id, "other", resolution.nominee_id] = resolution
        for pk, matches in found.items():
            for match in matches:
                key = ("recorded", match.recorded.pk) if match.recorded else ("other", match.other.pk)
                match.resolution = by_pair.get((pk, *key))


def _indexes(nominee) -> set[str]:
    """The nominee's index, and those it would have under keys that are not the first any more."""
    if len(settings.IDENTITY_KEYS) == 1:
        return {nominee.identity_index}
    try:
        number = identity.unseal(nominee.identity_ciphertext, nominee.identity_key)
    except identity.IdentityRefused:
        return {nominee.identity_index}
    return {nominee.identity_index, *identity.indexes_of(number)}


def matches_of(nominees, *, dossiers=None) -> dict[int, list[Match]]:
    return Search(nominees, dossiers=dossiers).found()


def pointed_at(nominees):
    """Those of a queryset who share a key with somebody, asked of the database: the others are not read."""
    others = (
        Nominee.objects.filter(dossier__first_submitted_at__isnull=False)
        .exclude(state=NomineeState.WITHDRAWN)
        .exclude(pk=OuterRef("pk"))
        .order_by()
    )
    kin = UnitSuccession.objects.filter(Q(predecessor=OuterRef("subject")) | Q(successor=OuterRef("subject")))
    has_number = ~Q(identity_index="")
    # Of any other nominee: a draft's costs a look for nothing, a join with the dossier costs one each time.
    same_idea = NomineeInitiative.objects.filter(search_name=OuterRef("search_name")).exclude(
        nominee=OuterRef("nominee")
    )
    ideas = NomineeInitiative.objects.filter(Exists(same_idea), nominee=OuterRef("pk"))
    return nominees.filter(
        Exists(others.filter(search_name=OuterRef("search_name"), kind=OuterRef("kind")))
        | (has_number & Exists(others.filter(identity_index=OuterRef("identity_index"))))
        | ~Q(tax_number="")
        | Q(subject__tax_number__gt="")
        | Exists(others.filter(subject=OuterRef("subject")))
        | Exists(kin)
        | Exists(ideas)
    )


def undecided(nominees) -> list[Finding]:
    """A finding for each of a queryset of nominees about which a person still has to decide."""
    nominees = list(pointed_at(nominees).select_related("dossier").in_order())
    open_ = {
        pk: sum(match.needs_decision for match in matches) for pk, matches in matches_of(nominees).items()
    }
    waiting = [nominee for nominee in nominees if open_.get(nominee.pk)]
    findings = [
        Finding(
            f"{n.name}: còn {open_[n.pk]} khả năng trùng chưa kết luận.",
            field=f"n{n.uid}",
            url=reverse("awards:nominee", args=[n.dossier.uid, n.uid]) + "#trung",
        )
        for n in waiting[:NAMED]
    ]
    if len(waiting) > NAMED:
        findings.append(
            Finding(f"Và {len(waiting) - NAMED} đối tượng khác còn khả năng trùng chưa kết luận.")
        )
    return findings

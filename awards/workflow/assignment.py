"""Who appraises which dossier, and who of a third unit acts where nobody of the two bodies may."""

from collections import Counter

from django.db import transaction
from django.db.models import Count

from awards import checks, emails
from awards.enums import DesignatedAct, DossierState
from awards.models import Designation, Dossier
from core import clock
from core.models import Event
from core.transitions import Refused
from units.enums import Function, Role
from units.lineage import people_with
from units.models import UnitFunction, User


def people_of(function: Function) -> list[User]:
    """Who of the body that holds the function may be given dossiers."""
    return _sorted(people_with(function, Role.REVIEWER, Role.LEAD))


def appraisers(dossier) -> list[User]:
    """Who may be given this dossier: the people of the standing body, of the commendation body for the
    standing body's own, and whom a lead has named for it."""
    is_own = dossier.unit == UnitFunction.holder(Function.STANDING_BODY)
    function = Function.COMMENDATION_BODY if is_own else Function.STANDING_BODY
    named = dossier.designations.current().filter(act=DesignatedAct.APPRAISE)
    found = set(people_with(function, Role.REVIEWER, Role.LEAD))
    return _sorted(found | set(named.values_list("person", flat=True)))


def _sorted(people) -> list[User]:
    return list(User.objects.filter(pk__in=people, is_active=True).order_by("full_name", "pk"))


def workload() -> Counter:
    """How many dossiers under appraisal each person has, by primary key."""
    held = Dossier.objects.on_desk().exclude(assigned_to=None).order_by()
    return Counter(dict(held.values_list("assigned_to").annotate(Count("pk"))))


def assign(dossier, *, to, by, acting=None) -> bool:
    """Give a submitted dossier to a person; a lead to anyone, others to themselves.

    False when it was his already.
    """
    with transaction.atomic():
        locked = Dossier.objects.select_for_update(of=("self",)).select_related("unit").get(pk=dossier.pk)
        takes = to == by and by.has_perm("awards.appraise_dossier", locked)
        if not (takes or by.has_perm("awards.assign_dossier", locked)):
            why = checks.conflict_with(by, locked)
            said = "Chỉ lãnh đạo cơ quan thẩm định phân công cho người khác."
            raise Refused(f"Không phân công được: {why}." if why else said, status=403)
        if locked.state != DossierState.SUBMITTED:
            raise Refused("Hồ sơ không còn chờ thẩm định. Hãy tải lại trang.")
        if not to.has_perm("awards.appraise_dossier", locked):
            why = checks.conflict_with(to, locked) or "người này không thẩm định hồ sơ của đơn vị này"
            raise Refused(f"Không giao được: {why}.")
        if locked.assigned_to_id == to.pk:
            return False
        locked.assigned_to = to
        locked.save(update_fields=["assigned_to"])
        Event.record("assign", locked, by=by, acting=acting, data={"name": to.full_name})
    dossier.refresh_from_db(fields=["assigned_to"])
    return True


def share_out(*, by, acting=None) -> list[tuple[Dossier, str, bool]]:
    """Give each dossier of his desk that nobody has yet to the person with least to do who may appraise it.

    What became of each: (dossier, in words, whether it was given to somebody). Those a lead may not
    give out, for he is kin to the unit, are told too.
    """
    if not by.has_perm("awards.share_out"):
        raise Refused("Chỉ lãnh đạo cơ quan thẩm định phân công.", status=403)
    outcomes = []
    with transaction.atomic():
        seen = Dossier.objects.visible_to(by).on_desk().filter(assigned_to=None)
        free = Dossier.objects.select_for_update(of=("self",)).filter(pk__in=seen.values("pk"))
        load = workload()
        for dossier in free.select_related("unit").order_by("submitted_at", "pk"):
            able = [p for p in appraisers(dossier) if p.has_perm("awards.appraise_dossier", dossier)]
            if not able:
                said = "Không có người nào thẩm định được đơn vị này; hãy chỉ định người của đơn vị thứ ba."
                outcomes.append((dossier, said, False))
                continue
            chosen = min(able, key=lambda person: load[person.pk])
            try:
                assign(dossier, to=chosen, by=by, acting=acting)
            except Refused as refused:
                outcomes.append((dossier, str(refused), False))
                continue
            load[chosen.pk] += 1
            outcomes.append((dossier, f"Giao {chosen.full_name}.", True))
    return outcomes


def designate(case, *, act, person, reason, by, acting=None) -> Designation:
    """Name someone of a third unit for one act on a dossier's nominees, or on a proposal as a whole."""
    is_dossier = isinstance(case, Dossier)
    with transaction.atomic():
        locked = type(case)._base_manager.select_for_update().get(pk=case.pk)
        name = "dossier" if is_dossier else "proposal"
        if not by.has_perm(f"awards.designate_{name}", locked):
            raise Refused("Chỉ lãnh đạo của hai cơ quan chỉ định người của đơn vị thứ ba.", status=403)
        findings = checks.missing_for_designating(locked, act=act, person=person, reason=reason, by=by)
        if findings:
            raise Refused("Chưa chỉ định được.", findings, status=422)
        named, is_new = Designation.objects.get_or_create(
            **{name: locked},
            act=act,
            person=person,
            ended_at=None,
            defaults={"reason": reason.strip(), "designated_at": clock.now(), "designated_by": by},
        )
        if is_new:
            data = {"act": act, "name": person.full_name}
            Event.record("designate", locked, by=by, acting=acting, comment=reason.strip(), data=data)
            emails.designated(named)
    person.__dict__.pop("_designations", None)
    return named


def end_designation(named, *, by, acting=None) -> None:
    """The person acts no more; what he has said stays as it was."""
    case = named.dossier or named.proposal
    with transaction.atomic():
        name = "dossier" if named.dossier_id else "proposal"
        if not by.has_perm(f"awards.designate_{name}", case):
            raise Refused("Chỉ lãnh đạo của hai cơ quan thôi chỉ định.", status=403)
        ended = Designation.objects.current().filter(pk=named.pk).update(ended_at=clock.now())
        if ended:
            data = {"act": named.act, "name": named.person.full_name}
            Event.record("end_designation", case, by=by, acting=acting, data=data)

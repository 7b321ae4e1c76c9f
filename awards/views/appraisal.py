"""The appraisal desk: the queue, who appraises what, and one dossier nominee by nominee or many at once."""

from collections import defaultdict
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from awards import checks, listings
from awards.enums import DesignatedAct, DossierState, NomineeState
from awards.forms.appraisal import (
    DesignateForm,
    FeedbackForm,
    NomineeFilterForm,
    QueueForm,
    VerdictForm,
    VerdictsForm,
)
from awards.models import Batch, Designation, Dossier, Opinion, Proposal
from awards.views.dossier import fetch, page
from awards.views.nominee import fetch_nominee, following
from awards.views.nominee import show as show_nominee
from awards.views.nominees import judged_lines, possible_duplicates
from awards.views.progress import time_left
from awards.workflow import appraisal as workflow
from awards.workflow import assignment, feedback
from core import exports
from core.calendar import corrections
from core.paging import PER_PAGE, page_of
from core.transitions import Refused
from registrations.views.registration import posted_uuids
from units.enums import Function

DOSSIER_ACTS = (DesignatedAct.APPRAISE, DesignatedAct.JUDGE)
PROPOSAL_ACTS = (DesignatedAct.FORWARD, DesignatedAct.APPROVE)


# --- The queue --------------------------------------------------------------------------------


@require_safe
@permission_required("awards.view_appraisal", raise_exception=True)
def appraisals(request):
    user = request.user
    people, load = _colleagues(user), assignment.workload()
    form = QueueForm(request.GET, user=user, people=people)
    seen = Dossier.objects.visible_to(user).filter(first_submitted_at__isnull=False)
    alive = ~Q(nominees__state=NomineeState.WITHDRAWN)
    narrowed = (
        form.narrow(seen)
        .select_related("unit", "assigned_to", "rule_set")
        .annotate(
            total=Count("nominees", filter=alive),
            judged=Count("nominees", filter=alive & ~Q(nominees__state=NomineeState.PROPOSED)),
        )
        .order_by("submitted_at", "pk")
    )
    if exports.asked(request):
        return exports.answer(request, listings.QUEUE, narrowed, form=form)
    listed, known = page_of(request, narrowed, noun="hồ sơ"), corrections()
    rows = [
        {
            "dossier": dossier,
            "conflict": checks.conflict_with(user, dossier),
            "may_appraise": user.has_perm("awards.appraise_dossier", dossier),
            "may_assign": user.has_perm("awards.assign_dossier", dossier),
            "time_left": time_left(dossier, known),
        }
        for dossier in listed["rows"]
    ]
    context = {
        "filter": form,
        "list": listed,
        "rows": rows,
        "people": [{"person": person, "load": load[person.pk]} for person in people],
        "unassigned": seen.on_desk().filter(assigned_to=None).count(),
        "next_url": next_url(user),
        "can_assign": user.has_perm("awards.share_out"),
    }
    return render(request, "awards/appraisals.html", context)


def _colleagues(user):
    body = Function.STANDING_BODY if user.authority.is_standing_body else Function.COMMENDATION_BODY
    return assignment.people_of(body)


def _appraisable_by(user):
    """Dossiers on the desk that the person may appraise, in their turn."""
    found = Dossier.objects.visible_to(user).on_desk().exclude(unit__in=user.conflicted_units)
    return found.order_by("submitted_at", "pk")


def next_url(user, dossier=None) -> str:
    """The dossier after this one in the person's turn: his own first, else what nobody has taken."""
    found = _appraisable_by(user).select_related("unit")
    others = found.exclude(pk=dossier.pk) if dossier else found
    for queue in (others.filter(assigned_to=user), others.filter(assigned_to=None)):
        later = queue.filter(submitted_at__gte=dossier.submitted_at) if dossier else queue
        for candidate in (*later[:PER_PAGE], *queue[:PER_PAGE]):
            if user.has_perm("awards.appraise_dossier", candidate):
                return reverse("awards:appraise_nominees", args=[candidate.uid])
    return ""


@require_POST
@permission_required("awards.view_appraisal", raise_exception=True)
def assign_chosen(request):
    """Give the ticked dossiers to one person; a result for each."""
    uids = posted_uuids(request, "dossier")
    dossiers = Dossier.objects.visible_to(request.user).filter(uid__in=uids).select_related("unit")
    typed = request.POST.get("to", "")
    rows = []
    for dossier in dossiers.order_by("submitted_at", "pk")[:PER_PAGE]:
        person = next((p for p in assignment.appraisers(dossier) if str(p.uid) == typed), None)
        try:
            if person is None:
                raise Refused("Không giao được: người này không thẩm định hồ sơ của đơn vị này.")
            is_new = assignment.assign(dossier, to=person, by=request.user, acting=request.acting_unit)
            rows.append((dossier, "Đã giao." if is_new else "Đã giao cho người này từ trước.", is_new))
        except Refused as refused:
            rows.append((dossier, str(refused), False))
    chosen = next((p for p in _colleagues(request.user) if str(p.uid) == typed), None)
    title = f"Giao cho {chosen.full_name}" if chosen else "Giao hồ sơ"
    return _outcomes(request, title, rows)


@require_POST
@permission_required("awards.view_appraisal", raise_exception=True)
def share_out(request):
    """Give out evenly what nobody has yet."""
    rows = assignment.share_out(by=request.user, acting=request.acting_unit)
    return _outcomes(request, "Chia đều hồ sơ chưa giao", rows)


def _outcomes(request, title, rows):
    rows = [{"dossier": dossier, "words": words, "is_done": done} for dossier, words, done in rows]
    context = {"title": title, "rows": rows, "done": sum(row["is_done"] for row in rows)}
    return render(request, "awards/appraisal_outcomes.html", context)


@require_POST
def take(request, uid):
    """Take a dossier for oneself."""
    dossier = fetch(request, uid)
    assignment.assign(dossier, to=request.user, by=request.user, acting=request.acting_unit)
    return redirect("awards:appraise_nominees", dossier.uid)


# --- One dossier ------------------------------------------------------------------------------


@require_safe
def appraise_nominees(request, uid):
    dossier = fetch(request, uid)
    if not request.user.has_perm("awards.view_verdicts", dossier):
        raise PermissionDenied
    return _desk(request, dossier)


def _desk(request, dossier, *, verdicts_form=None, named_form=None, status=200):
    user = request.user
    filter_form = NomineeFilterForm(request.GET)
    alive = dossier.nominees.exclude(state=NomineeState.WITHDRAWN)
    narrowed = filter_form.narrow(alive).in_order().select_related("unit", "appraised_by", "feedback")
    listed = page_of(request, narrowed, noun="đối tượng")
    can_judge = dossier.state == DossierState.SUBMITTED and user.has_perm("awards.appraise_dossier", dossier)
    rows = []
    opinions = defaultdict(list)
    said = Opinion.objects.filter(nominee__in=[n.pk for n in listed["rows"]])
    for opinion in said.select_related("consultation"):
        opinions[opinion.nominee_id].append(opinion)
    for nominee in listed["rows"]:
        nominee.dossier = dossier
    criteria = judged_lines(listed["rows"])
    matches = possible_duplicates(user, listed["rows"])
    for nominee in listed["rows"]:
        rows.append(
            {
                "nominee": nominee,
                "criteria": criteria[nominee.pk],
                "matches": matches.get(nominee.pk, []),
                "conflict": checks.conflict_with(user, nominee),
                "opinions": opinions[nominee.pk],
                "form": _verdict_form(nominee, can_judge=can_judge),
                "feedback": feedback_of(user, nominee),
            }
        )
    counts = dict(alive.order_by().values_list("state").annotate(Count("pk")))
    context = {
        "dossier": dossier,
        "filter": filter_form,
        "list": listed,
        "rows": rows,
        "total": sum(counts.values()),
        "judged": sum(counts.values()) - counts.get(NomineeState.PROPOSED, 0),
        "can_judge": can_judge,
        "first_url": following(dossier) if can_judge else "",
        "can_consult": user.has_perm("awards.consult_dossier", dossier),
        "can_take": can_judge and dossier.assigned_to_id != user.pk,
        "conflict": checks.conflict_with(user, dossier),
        "verdicts_form": verdicts_form or (VerdictsForm() if can_judge else None),
        "missing": checks.missing_for_appraising(dossier) if can_judge else [],
        "next_url": next_url(user, dossier),
        "query": request.GET.urlencode(),
        "consultations": dossier.consultations.order_by("-pk"),
        **named_people(user, dossier, DOSSIER_ACTS, named_form),
    }
    return render(request, "awards/appraise.html", context, status=status)


def _verdict_form(nominee, *, can_judge):
    if not can_judge:
        return None
    given = {t.target: t.action for t in workflow.NOMINEE.transitions.values()}
    initial = {"verdict": given.get(nominee.state), "comment": nominee.appraisal_reason}
    return VerdictForm(nominee=nominee, initial=initial)


def feedback_of(user, nominee) -> dict:
    """What the desk has written for the unit on this nominee, and what this person may do with it."""
    written = getattr(nominee, "feedback", None)
    is_open = nominee.state in checks.NOT_TAKEN and not (written and written.released_at)
    may_write = is_open and user.has_perm("awards.write_feedback_nominee", nominee)
    initial = {"text": written.text if written else ""}
    return {
        "written": written,
        "form": FeedbackForm(nominee=nominee, initial=initial) if may_write else None,
        "may_release": bool(written)
        and is_open
        and written.written_by_id != user.pk
        and user.has_perm("awards.release_feedback_nominee", nominee),
    }


def named_people(user, case, acts, form=None) -> dict:
    """Those of third units named for this case, and the form to name one, for a lead."""
    name = "dossier" if acts is DOSSIER_ACTS else "proposal"
    may = user.has_perm(f"awards.designate_{name}", case)
    return {
        "named": list(case.designations.current().select_related("person", "designated_by")),
        "named_form": form or (DesignateForm(acts=acts) if may else None),
        "may_name": may,
    }


@require_POST
def verdict(request, uid, nominee):
    dossier = fetch(request, uid)
    nominee = get_object_or_404(dossier.nominees.select_related("dossier__unit", "unit"), uid=nominee)
    form = VerdictForm(request.POST, nominee=nominee)
    at_desk, in_cockpit = "ban" in request.GET, "tiep" in request.GET
    if form.is_valid():
        try:
            workflow.give_verdict(
                form.cleaned_data["verdict"],
                nominee,
                by=request.user,
                comment=form.cleaned_data["comment"],
                acting=request.acting_unit,
            )
        except Refused as refused:
            if refused.status != 422:
                raise
            for finding in refused.findings:
                form.add_error(finding.field, finding.message)
        else:
            messages.success(request, f"{nominee.name}: đã ghi kết luận.")
            if in_cockpit:
                # After the last one, the list, where the appraisal is finished.
                return redirect(
                    following(dossier, nominee) or reverse("awards:appraise_nominees", args=[uid])
                )
            base = (
                reverse("awards:appraise_nominees", args=[dossier.uid])
                if at_desk
                else str(dossier.get_absolute_url())
            )
            return redirect(f"{base}{_narrowed(request)}#id_n{nominee.uid}")
    elif not request.user.has_perm("awards.recommend_nominee", nominee):
        raise PermissionDenied
    if in_cockpit:
        return show_nominee(request, *fetch_nominee(request, uid, nominee.uid), verdict=form, status=422)
    return page(request, dossier, verdict_form=form, status=422)


def _narrowed(request) -> str:
    """The filter and page the person came from."""
    kept = {key: request.GET[key] for key in ("page", "q", "kind", "state") if request.GET.get(key)}
    return f"?{urlencode(kept)}" if kept else ""


@require_POST
def verdicts(request, uid):
    """One word on the ticked nominees, or on all that the filter leaves; what came of each."""
    dossier = fetch(request, uid)
    if not request.user.has_perm("awards.appraise_dossier", dossier):
        why = checks.conflict_with(request.user, dossier) or "bạn không thẩm định hồ sơ này"
        raise Refused(f"Không ghi được kết luận: {why}.", status=403)
    form = VerdictsForm(request.POST)
    chosen = dossier.nominees.exclude(state=NomineeState.WITHDRAWN)
    if request.POST.get("which") == "all":
        chosen = NomineeFilterForm(request.GET).narrow(chosen)
    else:
        chosen = chosen.filter(uid__in=posted_uuids(request, "nominee"))
    chosen = list(chosen.in_order().select_related("dossier__unit", "unit"))
    if not chosen:
        form.add_error(None, "Hãy đánh dấu ít nhất một đối tượng, hoặc chọn mọi đối tượng đang lọc.")
    if not form.is_valid():
        return _desk(request, dossier, verdicts_form=form, status=422)
    batch = workflow.give_verdicts(
        dossier,
        chosen,
        form.cleaned_data["verdict"],
        by=request.user,
        request_key=form.cleaned_data["request_key"],
        comment=form.cleaned_data["comment"],
        acting=request.acting_unit,
    )
    return redirect(batch)


@require_safe
def batch(request, uid):
    """What came of each nominee of one act on many, those not done first."""
    batches = Batch.objects.defer("results").select_related("dossier__unit", "proposal", "by")
    found = get_object_or_404(batches, uid=uid)
    case, user = found.case, request.user
    visible = type(case).objects.visible_to(user).filter(pk=case.pk).exists()
    reads = "awards.view_verdicts" if found.dossier_id else "awards.view_whole_proposal"
    if not visible or not user.has_perm(reads, case):
        raise Http404
    context = {"batch": found, "case": case, **page_of(request, found.each(), noun="đối tượng")}
    return render(request, "awards/batch.html", context)


# --- People of third units --------------------------------------------------------------------


def designate(request, case, *, acts, again):
    """Name someone for an act on `case`; `again(form)` shows the page once more with what lacks.

    That page is the desk's own, so the right is asked for before the form is looked at.
    """
    if not request.user.has_perm(f"awards.designate_{case._meta.model_name}", case):
        raise PermissionDenied
    form = DesignateForm(request.POST, acts=acts)
    if not form.is_valid():
        return again(form)
    said = form.cleaned_data
    try:
        named = assignment.designate(
            case,
            act=said["act"],
            person=form.someone(),
            reason=said["reason"],
            by=request.user,
            acting=request.acting_unit,
        )
    except Refused as refused:
        if refused.status != 422:
            raise
        for finding in refused.findings:
            form.add_error(finding.field or None, finding.message)
        return again(form)
    messages.success(request, f"Đã chỉ định {named.person.full_name}.")
    return None


@require_POST
def designate_for_dossier(request, uid):
    dossier = fetch(request, uid)

    def again(form):
        return _desk(request, dossier, named_form=form, status=422)

    answer = designate(request, dossier, acts=DOSSIER_ACTS, again=again)
    return answer or redirect(f"{reverse('awards:appraise_nominees', args=[dossier.uid])}#chi-dinh")


@require_POST
def end_designation(request, uid):
    named = get_object_or_404(Designation.objects.select_related("dossier", "proposal", "person"), uid=uid)
    case = named.dossier or named.proposal
    model = Dossier if named.dossier_id else Proposal
    if not model.objects.visible_to(request.user).filter(pk=case.pk).exists():
        raise Http404
    assignment.end_designation(named, by=request.user, acting=request.acting_unit)
    messages.success(request, f"{named.person.full_name} không còn được chỉ định.")
    if named.dossier_id:
        return redirect(f"{reverse('awards:appraise_nominees', args=[case.uid])}#chi-dinh")
    return redirect(case)


# --- Feedback to the unit ---------------------------------------------------------------------


def _for_feedback(request, uid, nominee):
    dossier = fetch(request, uid)
    found = dossier.nominees.select_related("dossier__unit", "unit", "feedback")
    return dossier, get_object_or_404(found, uid=nominee)


@require_POST
def write_feedback(request, uid, nominee):
    dossier, nominee = _for_feedback(request, uid, nominee)
    feedback.write_feedback(
        nominee, text=request.POST.get("text", ""), by=request.user, acting=request.acting_unit
    )
    messages.success(request, "Đã ghi góp ý; một lãnh đạo sẽ duyệt gửi.")
    return redirect(_desk_at(dossier, nominee))


@require_POST
def release_feedback(request, uid, nominee):
    dossier, nominee = _for_feedback(request, uid, nominee)
    if getattr(nominee, "feedback", None) is None:
        raise Http404
    feedback.release_feedback(nominee, by=request.user, acting=request.acting_unit)
    messages.success(request, "Đã duyệt; đơn vị đọc được khi Quyết định công bố.")
    return redirect(_desk_at(dossier, nominee))


def _desk_at(dossier, nominee) -> str:
    return f"{reverse('awards:appraise_nominees', args=[dossier.uid])}#id_n{nominee.uid}"

from collections import defaultdict

from django.urls import reverse

from awards.duplicates import matches_of
from awards.enums import DossierState, NomineeState
from awards.forms.appraisal import VerdictForm
from awards.models import Dossier
from awards.workflow.appraisal import NOMINEE, judged_criteria
from core.paging import page_of
from criteria.enums import Verdict
from registrations import judging
from registrations.models import Evaluation, Report


def appraisal_of(request, dossier, *, reads_verdicts, bound=None) -> dict:
    """One page of the nominees of a dossier as the person may read them, with what helps to judge them."""
    related = ("unit", "appraised_by", "award", "feedback")
    in_order = dossier.nominees.with_publication().in_order().select_related(*related)
    listed = page_of(request, in_order, noun="đối tượng")
    nominees = list(listed["rows"])
    for nominee in nominees:
        nominee.dossier = dossier
    matches = possible_duplicates(request.user, nominees) if reads_verdicts else {}
    evaluations = _evaluations(request.user, nominees) if reads_verdicts else {}
    criteria = judged_lines(nominees) if reads_verdicts else {}
    papers = defaultdict(list)
    documents = dossier.documents.filter(is_removed=False, nominee__in=nominees).select_related(
        "file__reading"
    )
    for document in documents.select_related("file__reading"):
        url = reverse("awards:dossier_file", args=[dossier.uid, document.file.uid])
        papers[document.nominee_id].append(
            {
                "name": document.file.name,
                "size": document.file.size,
                "file": document.file,
                "note": document.get_kind_display(),
                "url": url,
            }
        )
    return {
        "list": listed,
        "nominees": [
            {
                "nominee": nominee,
                "label": nominee.desk_label if reads_verdicts else nominee.unit_label,
                "tone": nominee.tone if reads_verdicts else nominee.unit_tone,
                "papers": papers[nominee.pk],
                "duplicates": matches.get(nominee.pk, []),
                "undecided": sum(match.needs_decision for match in matches.get(nominee.pk, [])),
                "evaluation": evaluations.get(nominee.unit_id),
                "criteria": criteria.get(nominee.pk, []),
                "form": verdict_form(request.user, dossier, nominee, bound),
                "feedback": _feedback(nominee),
            }
            for nominee in nominees
        ],
    }


def _feedback(nominee) -> str:
    """What a lead released for the unit, once the embargo on the outcome is lifted."""
    written = getattr(nominee, "feedback", None)
    return written.text if written and written.released_at and nominee.is_revealed else ""


def verdict_form(user, dossier, nominee, bound=None):
    """The verdict form where the person may judge this nominee now, else None."""
    if dossier.state != DossierState.SUBMITTED or nominee.state == NomineeState.WITHDRAWN:
        return None
    if not user.has_perm("awards.recommend_nominee", nominee):
        return None
    if bound is not None and bound.nominee == nominee:
        return bound
    given = {t.target: t.action for t in NOMINEE.transitions.values()}
    initial = {"verdict": given.get(nominee.state), "comment": nominee.appraisal_reason}
    return VerdictForm(nominee=nominee, initial=initial)


def judged_lines(nominees) -> dict[int, list[dict]]:
    """By nominee, each judged criterion with what was decided of him; "to be judged" until then."""
    decided = judging.judgements_of([nominee.uid for nominee in nominees])
    criteria = judged_criteria(nominees)
    found = defaultdict(list)
    for nominee in nominees:
        of_him = decided.get(nominee.uid, {})
        results = judging.results_of(criteria[nominee.pk], of_him)
        for criterion, result in zip(criteria[nominee.pk], results, strict=True):
            found[nominee.pk].append(
                {"criterion": criterion, "result": result, "judgement": of_him.get(criterion.code)}
            )
    return found


def possible_duplicates(user, nominees) -> dict:
    """Possible matches by nominee. Only what the person may see anyway: a dossier not open to him
    gives nothing away here."""
    return matches_of(nominees, dossiers=Dossier.objects.visible_to(user))


def _evaluations(user, nominees) -> dict:
    """What the engine says of the latest verified report of each nominee's unit; information only."""
    reports = Report.objects.visible_to(user)
    latest = (
        Evaluation.objects.filter(
            report__unit__in={n.unit_id for n in nominees}, report__in=reports, on_verified=True
        )
        .select_related("report__period")
        .order_by("report__unit_id", "-report__period__year", "-pk")
        .distinct("report__unit_id")
    )
    return {
        evaluation.report.unit_id: {
            "report": evaluation.report,
            "counts": [(verdict, evaluation.summary.get(verdict, 0)) for verdict in Verdict],
        }
        for evaluation in latest
    }

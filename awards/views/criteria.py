"""What no number can judge: a nominee held against the judged criteria, by a person and on evidence."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from awards.enums import DossierState, NomineeState
from awards.forms.appraisal import CriterionForm
from awards.models import DossierDocument
from awards.views.dossier import fetch
from awards.views.nominees import judged_lines
from awards.workflow import appraisal as workflow
from core.transitions import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def judge_criterion(request, uid, nominee):
    dossier = fetch(request, uid)
    if not request.user.has_perm("awards.view_verdicts", dossier):
        raise PermissionDenied
    nominees = dossier.nominees.exclude(state=NomineeState.WITHDRAWN).select_related("dossier", "unit")
    nominee = get_object_or_404(nominees, uid=nominee)
    lines = judged_lines([nominee])[nominee.pk]
    if not lines:
        raise Http404
    papers = list(workflow.papers_for_judging(nominee).select_related("file"))
    can_judge = dossier.state == DossierState.SUBMITTED and request.user.has_perm(
        "awards.recommend_nominee", nominee
    )
    status = 200
    for line in lines:
        code = line["criterion"].code
        is_posted = request.method == "POST" and request.POST.get("code") == code
        line["form"] = CriterionForm(request.POST if is_posted else None, code=code, papers=papers)
        line["evidence"] = _evidence(dossier, line["judgement"])
        if is_posted:
            if not can_judge:
                raise PermissionDenied
            if line["form"].is_valid():
                try:
                    return _judged(request, nominee, line)
                except Refused as refused:
                    if not refused.findings:
                        raise
                    for finding in refused.findings:
                        line["form"].add_error(finding.field or None, finding.message)
            status = 422
    if request.method == "POST" and status == 200:
        raise Http404
    context = {
        "dossier": dossier, "nominee": nominee, "lines": lines, "can_judge": can_judge,
        "papers": [_paper(dossier, document) for document in papers],
    }  # fmt: skip
    return render(request, "awards/judge_criterion.html", context, status=status)


def _judged(request, nominee, line):
    workflow.judge_criterion(
        line["criterion"], nominee, by=request.user, acting=request.acting_unit, **line["form"].act()
    )
    messages.success(request, f"{nominee.name}: đã ghi kết luận về {line['criterion'].code}.")
    return redirect("awards:judge_criterion", nominee.dossier.uid, nominee.uid)


def _paper(dossier, document) -> dict:
    return {
        "name": document.file.name,
        "size": document.file.size,
        "note": document.get_kind_display(),
        "url": reverse("awards:dossier_file", args=[dossier.uid, document.file.uid]),
    }


def _evidence(dossier, judgement) -> list[dict]:
    """The files the decision rests on; one that has left the dossier since is named without a link."""
    if judgement is None:
        return []
    kept = set(
        DossierDocument.objects.filter(dossier=dossier, is_removed=False).values_list("file", flat=True)
    )
    return [
        {
            "name": file.name,
            "size": file.size,
            "url": reverse("awards:dossier_file", args=[dossier.uid, file.uid]) if file.pk in kept else "",
        }
        for file in judgement.evidence.all()
    ]

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from awards.forms import VerdictForm
from awards.views.dossier import fetch, page
from awards.workflow import appraisal as workflow
from core.transitions import Refused


@require_POST
def verdict(request, uid, nominee):
    dossier = fetch(request, uid)
    nominee = get_object_or_404(dossier.nominees.select_related("dossier", "unit"), uid=nominee)
    if not request.user.has_perm("awards.recommend_nominee", nominee):
        raise PermissionDenied
    form = VerdictForm(request.POST, nominee=nominee)
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
            return redirect(f"{dossier.get_absolute_url()}#id_n{nominee.uid}")
    return page(request, dossier, verdict_form=form, status=422)

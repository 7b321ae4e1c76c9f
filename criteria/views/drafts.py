"""The editor of a draft: its head, and one criterion at a time with the way a unit will read it."""

import uuid

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from core.transitions import Refused
from criteria import workflow
from criteria.enums import SetState
from criteria.forms import CriterionForm, SelfCheckForm, SetForm
from criteria.models import CriteriaSet, Criterion
from criteria.reading import examples_of
from criteria.views.sets import authorise, by_tier, fetch


@require_http_methods(["GET", "HEAD", "POST"])
def start(request):
    """A new draft; `?tu=<uid>` copies the criteria of another set."""
    authorise(request, "start_criteriaset")
    source = _source(request)
    form = SetForm(request.POST or None, initial=_copied_head(source))
    if request.method == "POST" and form.is_valid():
        draft = workflow.start(
            by=request.user, acting=request.acting_unit, copy_of=source, **form.cleaned_data
        )
        messages.success(request, "Đã lập bản nháp.")
        return redirect("criteria:edit", draft.uid)
    context = {"form": form, "source": source}
    return render(request, "criteria/start.html", context, status=422 if form.errors else 200)


def _source(request):
    if "tu" not in request.GET:
        return None
    try:
        uid = uuid.UUID(request.GET["tu"])
    except ValueError as error:
        raise Http404 from error
    return fetch(request, uid)


def _copied_head(source):
    if source is None:
        return {}
    copied = ("title", "basis", "is_assumed", "note", "ranks_procedures_apart")
    return {name: getattr(source, name) for name in copied}


def _draft(request, uid) -> CriteriaSet:
    draft = fetch(request, uid)
    authorise(request, "edit_criteriaset", draft)
    return draft


def _version(request) -> int:
    posted = request.POST.get("version", "")
    if not (posted.isascii() and posted.isdigit() and len(posted) < 10):
        raise Refused("Yêu cầu không đầy đủ. Hãy tải lại trang rồi thử lại.")
    return int(posted)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, uid):
    draft = _draft(request, uid)
    if draft.state != SetState.DRAFT and request.method != "POST":
        return redirect(draft)
    form = SetForm(request.POST or None, instance=draft)
    if request.method == "POST" and form.is_valid():
        stored = CriteriaSet.objects.get(pk=draft.pk)
        head = {name: form.cleaned_data[name] for name in form.fields}
        workflow.edit_head(
            stored, by=request.user, version=_version(request), acting=request.acting_unit, **head
        )
        messages.success(request, "Đã lưu.")
        return redirect("criteria:edit", draft.uid)
    context = {"criteria_set": draft, "form": form, "tiers": by_tier(draft)}
    return render(request, "criteria/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def criterion(request, uid, pk):
    """Write one criterion; with `preview` in the form, only show how a unit would read it."""
    draft = _draft(request, uid)
    if draft.state != SetState.DRAFT and request.method != "POST":
        return redirect(draft)
    edited = get_object_or_404(draft.criteria, pk=pk) if pk else Criterion(criteria_set=draft)
    form = CriterionForm(request.POST or None, instance=edited)
    is_valid = form.is_valid()
    if request.method == "POST" and is_valid and "preview" not in request.POST:
        workflow.save_criterion(
            form.instance, by=request.user, version=_version(request), acting=request.acting_unit
        )
        messages.success(request, f"Đã lưu tiêu chí {form.instance.code}.")
        return redirect("criteria:edit", draft.uid)
    seen = form.instance if is_valid else (edited if pk and not form.is_bound else None)
    context = {
        "criteria_set": draft,
        "criterion": edited,
        "is_new": pk is None,
        "form": form,
        "seen": seen,
        "examples": examples_of(seen) if seen else [],
        "lines": SelfCheckForm(criteria=[seen]).lines() if seen else [],
    }
    return render(request, "criteria/edit_criterion.html", context, status=422 if form.errors else 200)


@require_POST
def remove(request, uid, pk):
    draft = _draft(request, uid)
    removed = get_object_or_404(draft.criteria, pk=pk)
    code = removed.code
    workflow.remove_criterion(removed, by=request.user, version=_version(request), acting=request.acting_unit)
    messages.success(request, f"Đã bỏ tiêu chí {code}.")
    return redirect("criteria:edit", draft.uid)

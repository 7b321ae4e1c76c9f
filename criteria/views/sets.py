"""Criteria sets for everyone to read, and the acts of the standing body's lead on them."""

import json

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.models import Event
from core.paging import page_of
from core.transitions import Refused
from criteria import checks, comparing, workflow
from criteria.enums import SetState, Tier
from criteria.forms import CompareForm, PutInForceForm, ScaleForm
from criteria.models import CriteriaSet, content_hash

SENTENCES = {t.action: t.sentence for t in workflow.SET.transitions.values()} | {
    "start": "đã lập bản nháp",
    "edit": "đã sửa bản nháp",
    "remove": "đã bỏ khỏi bản nháp tiêu chí",
    "issue_scale": "đã ghi nhận thang điểm",
}


def fetch(request, uid) -> CriteriaSet:
    return get_object_or_404(CriteriaSet.objects.visible_to(request.user), uid=uid)


def authorise(request, permission, criteria_set=None):
    if not request.user.has_perm(f"criteria.{permission}", criteria_set):
        raise PermissionDenied


def by_tier(criteria_set):
    criteria = list(criteria_set.criteria.all())
    groups = [(tier, [c for c in criteria if c.tier == tier]) for tier in Tier]
    return [(tier, found) for tier, found in groups if found]


@login_not_required
@require_safe
def sets(request):
    visible = CriteriaSet.objects.visible_to(request.user).order_by("-valid_from", "-pk")
    page = page_of(request, visible, noun="bộ tiêu chí")
    context = {
        "list": page,
        "can_start": request.user.has_perm("criteria.start_criteriaset"),
        # Of those listed here: the page that compares offers all.
        "form": CompareForm(None, sets=page["rows"]) if page["total"] > 1 else None,
    }
    return render(request, "criteria/sets.html", context)


@login_not_required
@require_safe
def criteria_set(request, uid):
    """One version of the criteria, readable for ever."""
    return _page(request, fetch(request, uid))


def _page(request, shown, *, refused=(), action="", status=200):
    user = request.user
    available = {t.action for t in workflow.SET.available(shown, user)}
    context = {
        "criteria_set": shown,
        "tiers": by_tier(shown),
        "content_hash": shown.sha256 or content_hash(shown.content()),
        "scale": shown.scale,
        "can_edit": shown.state == SetState.DRAFT and user.has_perm("criteria.edit_criteriaset", shown),
        "can_start": user.has_perm("criteria.start_criteriaset"),
        "can_put_in_force": "put_in_force" in available,
        "can_retire": "retire" in available,
        "can_issue_scale": shown.state == SetState.IN_FORCE and user.has_perm("criteria.issue_scale", shown),
        "uses": checks.uses_of(shown) if "retire" in available else [],
        "refused": refused,
        "refused_action": action,
        "events": _events(shown) if user.has_perm("criteria.view_draft") else [],
    }
    return render(request, "criteria/set.html", context, status=status)


def _events(shown):
    events = Event.objects.filter(case_uid=shown.uid).select_related("payload").order_by("-id")
    return [
        {
            "when": event.at,
            "who": event.actor_name,
            "text": " ".join([SENTENCES[event.act], _about(event)]).strip(),
            "comment": event.payload.comment if hasattr(event, "payload") else "",
        }
        for event in events[:100]
    ]


def _about(event) -> str:
    data = event.payload.data if hasattr(event, "payload") else {}
    return data.get("criterion") or data.get("number") or data.get("by") or ""


@login_not_required
@require_safe
def content(request, uid):
    """The canonical form whose SHA-256 is the set's, byte for byte."""
    canonical = json.dumps(
        fetch(request, uid).content(), sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return HttpResponse(canonical, content_type="application/json; charset=utf-8")


@login_not_required
@require_safe
def compare(request):
    visible = CriteriaSet.objects.visible_to(request.user).order_by("-valid_from", "-pk")
    form = CompareForm(request.GET or None, sets=visible)
    context = {"form": form}
    if form.is_valid():
        old, new = form.cleaned_data["old"], form.cleaned_data["new"]
        tiers = comparing.compare(old, new)
        kinds = [difference.kind for _, differences in tiers for difference in differences]
        context |= {
            "old": old,
            "new": new,
            "tiers": tiers,
            "tiles": [
                {"number": kinds.count(kind), "label": label, "tone": tone}
                for kind, label, tone in (
                    ("changed", "Tiêu chí thay đổi", "warning"),
                    ("added", "Tiêu chí mới", "info"),
                    ("removed", "Tiêu chí bỏ", "danger"),
                    ("same", "Giữ nguyên", "neutral"),
                )
            ],
        }
    return render(request, "criteria/compare.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def put_in_force(request, uid):
    """First the whole set as it will bind, with what is lacking; then the code typed, and the act."""
    draft = fetch(request, uid)
    authorise(request, "put_in_force_criteriaset", draft)
    if draft.state != SetState.DRAFT and request.method != "POST":
        return redirect(draft)
    form = PutInForceForm(request.POST or None, criteria_set=draft)
    findings, status = checks.missing_for_putting_in_force(draft), 200
    if request.method == "POST":
        try:
            if form.is_valid():
                workflow.put_in_force(
                    draft, by=request.user, sha256=form.cleaned_data["sha256"], acting=request.acting_unit
                )
                messages.success(request, "Đã đưa bộ tiêu chí vào áp dụng. Từ nay nội dung không sửa được.")
                return redirect(draft)
            status = 422
        except Refused as refused:
            if not refused.findings:
                raise
            findings, status = refused.findings, refused.status
    context = {
        "criteria_set": draft,
        "form": form,
        "findings": [f for f in findings if f.blocks],
        "warnings": [f for f in findings if not f.blocks],
        "tiers": by_tier(draft),
        "sha256": content_hash(draft.content()),
    }
    return render(request, "criteria/put_in_force.html", context, status=status)


@require_POST
def retire(request, uid):
    shown = fetch(request, uid)
    authorise(request, "retire_criteriaset", shown)
    try:
        workflow.retire(
            shown, by=request.user, comment=request.POST.get("comment", ""), acting=request.acting_unit
        )
    except Refused as refused:
        if not refused.findings:
            raise
        return _page(request, shown, refused=refused.findings, action="retire", status=refused.status)
    messages.success(request, "Bộ tiêu chí đã thôi áp dụng. Mọi người vẫn đọc được.")
    return redirect(shown)


@require_http_methods(["GET", "HEAD", "POST"])
def issue_scale(request, uid):
    shown = fetch(request, uid)
    authorise(request, "issue_scale", shown)
    form = ScaleForm(request.POST or None, request.FILES or None, criteria_set=shown)
    findings, status = [], 200
    if request.method == "POST":
        try:
            if form.is_valid():
                workflow.issue_scale(shown, by=request.user, acting=request.acting_unit, **form.act())
                messages.success(request, "Đã ghi nhận thang điểm. Điểm và xếp hạng không còn là tham khảo.")
                return redirect(shown)
            status = 422
        except Refused as refused:
            if not refused.findings:
                raise
            findings, status = refused.findings, refused.status
    context = {"criteria_set": shown, "form": form, "findings": findings}
    return render(request, "criteria/issue_scale.html", context, status=status)

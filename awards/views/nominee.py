"""One nominee: its words and papers; for the desks possible matches, history, holds."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from awards import history
from awards.enums import NomineeState
from awards.forms.hold import HoldForm, ReleaseForm
from awards.forms.matching import ResolveForm
from awards.forms.nominee import identity_shown
from awards.models import Hold
from awards.papers import REPORT
from awards.regime import regime_of
from awards.views.dossier import fetch
from awards.views.nominees import possible_duplicates, verdict_form
from awards.views.papers import nominee_papers
from awards.workflow import hold as holding
from awards.workflow import matching
from core import clock, files, press
from core.transitions import Refused
from registrations.eligibility import eligibility_of
from units.models import Unit

#: of the desk, as its help sheet tells them; `static/js/desk.js` hears them
KEYS = (
    ("1 2 3 4", "Chọn kết luận"),
    ("Ctrl + Enter", "Ghi, sang đối tượng kế tiếp"),
    ("m", "Mở giấy tờ kế tiếp"),
    ("n", "Đối tượng sau"),
    ("p", "Đối tượng trước"),
    ("?", "Mở, đóng bảng này"),
)


def fetch_nominee(request, uid, nominee) -> tuple:
    """Through the doors of its dossier."""
    dossier = fetch(request, uid)
    with_all = dossier.nominees.select_related(
        "unit", "subject", "report", "appraised_by", "proposal", "duplicate_of__dossier__unit"
    ).with_publication()
    found = get_object_or_404(with_all, uid=nominee)
    found.dossier = dossier
    return dossier, found


def authorise(request, action, nominee):
    if not request.user.has_perm(f"awards.{action}_nominee", nominee):
        raise PermissionDenied


@require_safe
def nominee(request, uid, nominee):
    return show(request, *fetch_nominee(request, uid, nominee))


def address(dossier, nominee, anchor="") -> str:
    return _address(dossier, nominee.uid) + (f"#{anchor}" if anchor else "")


def _address(dossier, uid) -> str:
    return reverse("awards:nominee", args=[dossier.uid, uid])


def show(
    request,
    dossier,
    nominee,
    *,
    hold_form=None,
    release_form=None,
    resolve_form=None,
    verdict=None,
    status=200,
):
    user = request.user
    reads_verdicts = user.has_perm("awards.view_verdicts", dossier)
    matches = possible_duplicates(user, [nominee])[nominee.pk] if reads_verdicts else []
    may_resolve = dossier.state in ("submitted", "appraised") and user.has_perm(
        "awards.resolve_match_nominee", nominee
    )
    may_hold = nominee.state in holding.HOLDABLE and user.has_perm("awards.hold_nominee", nominee)
    documents = nominee_papers(dossier, nominee)
    context = {
        "dossier": dossier,
        "nominee": nominee,
        "reads_verdicts": reads_verdicts,
        "regime_warning": regime_of(dossier).warning if reads_verdicts else "",
        "label": nominee.desk_label if reads_verdicts else nominee.unit_label,
        "tone": nominee.tone if reads_verdicts else nominee.unit_tone,
        "identity_number": identity_shown(nominee) if reads_verdicts or _is_own(user, dossier) else "",
        "report": getattr(nominee, "report", None),
        "initiatives": list(nominee.initiatives.all()),
        "documents": documents,
        "keys": KEYS,
        "cockpit": _cockpit(request, dossier, nominee, documents, verdict) if reads_verdicts else None,
        "printed": press.links(user, nominee, REPORT),
        "matches": [
            {"match": match, "form": _resolve_form(match, resolve_form) if may_resolve else None}
            for match in matches
        ],
        "history": history.of_nominee(nominee) if reads_verdicts or _is_own(user, dossier) else [],
        "eligibility": _eligibility(dossier, nominee, reads_verdicts=reads_verdicts),
        "holds": _holds(user, nominee, release_form) if reads_verdicts else [],
        "hold_form": (hold_form or HoldForm()) if may_hold else None,
        "accounts": _accounts(user, nominee),
    }
    return render(request, "awards/nominee_page.html", context, status=status)


def _cockpit(request, dossier, nominee, documents, bound) -> dict | None:
    """For whoever judges this nominee now: a paper to read beside, the form, who comes before and after."""
    form = verdict_form(request.user, dossier, nominee, bound)
    if form is None:
        return None
    asked = request.GET.get("tep", "")
    readable = [document for document in documents if document["file"].content_type == files.PDF]
    chosen = [document for document in readable if str(document["file"].uid) == asked]
    uids = list(alive(dossier).values_list("uid", flat=True))
    at = uids.index(nominee.uid)
    return {
        "form": form,
        "viewed": next(iter(chosen or readable), None),
        "place": at + 1,
        "total": len(uids),
        "previous_url": _address(dossier, uids[at - 1]) if at else "",
        "next_url": _address(dossier, uids[at + 1]) if at + 1 < len(uids) else "",
    }


def alive(dossier):
    return dossier.nominees.exclude(state=NomineeState.WITHDRAWN).in_order()


def following(dossier, nominee=None) -> str:
    """The address of the next nominee without a word, from this one on; "" when there is none."""
    rows = list(alive(dossier).values_list("uid", "state"))
    at = next((n for n, (uid, _) in enumerate(rows) if nominee and uid == nominee.uid), -1)
    waiting = [uid for uid, state in rows[at + 1 :] + rows[: max(at, 0)] if state == NomineeState.PROPOSED]
    return _address(dossier, waiting[0]) if waiting else ""


def _is_own(user, dossier) -> bool:
    return dossier.unit_id in user.authority.own


def _resolve_form(match, bound):
    form, of = bound or (None, None)
    return form if form is not None and of == _key(match) else ResolveForm(match=match)


def _key(match):
    return str((match.other or match.recorded).uid)


def _eligibility(dossier, nominee, *, reads_verdicts):
    """The verdict of the unit; for its parts, households and people it is information."""
    if not dossier.form.is_at_final_review or not reads_verdicts or nominee.is_without_account:
        return None
    return eligibility_of(nominee.subject or nominee.unit, dossier.campaign)


def _holds(user, nominee, bound):
    may_release = user.has_perm("awards.release_nominee", nominee)
    rows = []
    for hold in nominee.holds.select_related("opened_by", "closed_by", "file", "closing_file"):
        form = None
        if may_release and hold.closed_at is None:
            form = bound if bound is not None and bound.hold == hold else ReleaseForm(hold=hold)
        rows.append({"hold": hold, "form": form})
    return rows


def _accounts(user, nominee) -> list[Unit]:
    """Accounts that the body put forward without one may have got since: by tax number, else by name."""
    if (
        not nominee.is_without_account
        or nominee.subject_id
        or not user.has_perm("awards.link_nominee", nominee)
    ):
        return []
    acting = Unit.objects.operating_on(clock.today()).filter(kind=nominee.body_kind)
    by_number = acting.filter(tax_number=nominee.tax_number) if nominee.tax_number else acting.none()
    return list(by_number[:5] or acting.filter(search_name=nominee.search_name)[:5])


@require_POST
def resolve_match(request, uid, nominee, other):
    dossier, nominee = fetch_nominee(request, uid, nominee)
    authorise(request, "resolve_match", nominee)
    found = possible_duplicates(request.user, [nominee])[nominee.pk]
    match = next((m for m in found if _key(m) == str(other)), None)
    if match is None:
        raise Http404
    form = ResolveForm(request.POST, match=match)
    if form.is_valid():
        try:
            matching.resolve(
                nominee,
                other=match.other,
                recorded=match.recorded,
                by=request.user,
                acting=request.acting_unit,
                **form.cleaned_data,
            )
        except Refused as refused:
            if refused.status != 422:
                raise
            for finding in refused.findings:
                form.add_error(finding.field or None, finding.message)
        else:
            messages.success(request, "Đã ghi kết luận về khả năng trùng.")
            return redirect(address(dossier, nominee, "trung"))
    return show(request, dossier, nominee, resolve_form=(form, _key(match)), status=422)


@require_POST
def resolve_certificates(request, uid):
    dossier = fetch(request, uid)
    count = matching.resolve_certificates(dossier, by=request.user, acting=request.acting_unit)
    messages.success(request, f"Đã ghi nhận đã xem {count} Giấy khen cùng thời gian.")
    return redirect(dossier)


@require_POST
def hold(request, uid, nominee):
    dossier, nominee = fetch_nominee(request, uid, nominee)
    authorise(request, "hold", nominee)
    form = HoldForm(request.POST, request.FILES)
    if form.is_valid():
        said = form.cleaned_data
        upload = said.pop("upload")
        try:
            holding.hold(
                nominee,
                by=request.user,
                file=files.store(upload, by=request.user),
                acting=request.acting_unit,
                **said,
            )
        except Refused as refused:
            if refused.status != 422:
                raise
            for finding in refused.findings:
                form.add_error(finding.field, finding.message)
        else:
            messages.success(request, f"Đã tạm dừng xét {nominee.name}.")
            return redirect(address(dossier, nominee, "tam-dung"))
    return show(request, dossier, nominee, hold_form=form, status=422)


@require_POST
def release(request, uid, nominee, hold):
    dossier, nominee = fetch_nominee(request, uid, nominee)
    authorise(request, "release", nominee)
    opened = get_object_or_404(nominee.holds, uid=hold)
    opened.nominee = nominee
    form = ReleaseForm(request.POST, request.FILES, hold=opened)
    if form.is_valid():
        upload = form.cleaned_data["upload"]
        holding.release(
            opened,
            by=request.user,
            outcome=form.cleaned_data["outcome"],
            file=files.store(upload, by=request.user) if upload else None,
            acting=request.acting_unit,
        )
        messages.success(request, f"Đã cho xét tiếp {nominee.name}.")
        return redirect(address(dossier, nominee, "tam-dung"))
    return show(request, dossier, nominee, release_form=form, status=422)


@require_safe
def hold_file(request, uid, nominee, hold, *, is_closing=False):
    dossier, nominee = fetch_nominee(request, uid, nominee)
    if not request.user.has_perm("awards.view_verdicts", dossier):
        raise PermissionDenied
    found = get_object_or_404(Hold.objects.select_related("file", "closing_file"), nominee=nominee, uid=hold)
    file = found.closing_file if is_closing else found.file
    if file is None:
        raise Http404
    return files.serve(request, file, inline=True)


@require_POST
def link(request, uid, nominee, unit):
    dossier, nominee = fetch_nominee(request, uid, nominee)
    authorise(request, "link", nominee)
    account = next((found for found in _accounts(request.user, nominee) if found.uid == unit), None)
    if account is None:
        raise Http404
    matching.link(nominee, account, by=request.user, acting=request.acting_unit)
    messages.success(request, f"Đã liên kết với {account.name}.")
    return redirect(address(dossier, nominee))

import uuid
from functools import partial

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards import checklist, checks, listings
from awards.enums import DossierState
from awards.forms.dossier import FilterForm, StartForm, SupplementForm
from awards.models import Dossier
from awards.papers import OF_DOSSIER
from awards.papers import RECEIPT as RECEIPT_PAPER
from awards.receipts import RECEIPT
from awards.regime import regime_of
from awards.views.acts import Act, available_acts, unshown
from awards.views.history import history
from awards.views.nominees import appraisal_of
from awards.views.papers import open_request, papers_of, past_requests
from awards.views.progress import steps_of, time_left
from awards.workflow import appraisal
from awards.workflow import dossier as workflow
from core import exports, files, press
from core.calendar import corrections
from core.findings import Finding
from core.models import VerificationCode
from core.paging import page_of
from core.transitions import Refused
from registrations.eligibility import eligibility_of
from registrations.forms import SendForm
from units.middleware import filing_units

#: action → (workflow function, whether it takes a comment, what is said afterwards)
ACTS = {
    "reject": (workflow.reject, True, "Đã từ chối tiếp nhận hồ sơ; đơn vị nhận được thư."),
    "appraise": (appraisal.appraise, False, "Đã hoàn thành thẩm định hồ sơ."),
    "reopen": (appraisal.reopen, True, "Đã mở lại việc thẩm định."),
    "withdraw": (workflow.withdraw, False, "Đã rút hồ sơ."),
}
#: the desk's counts on top, in the order of work
DESK_STATES = (
    DossierState.SUBMITTED,
    DossierState.RETURNED,
    DossierState.APPRAISED,
    DossierState.REJECTED,
    DossierState.WITHDRAWN,
)


def fetch(request, uid) -> Dossier:
    """The dossier through both doors: not visible is 404, visible without the right is 403."""
    related = Dossier.objects.visible_to(request.user).select_related(
        "campaign", "unit", "form", "rule_set", "saved_by"
    )
    dossier = get_object_or_404(related, uid=uid)
    authorise(request, "view", dossier)
    return dossier


def authorise(request, action, dossier):
    if not request.user.has_perm(f"awards.{action}_dossier", dossier):
        raise PermissionDenied


def reads_as_unit(user, dossier) -> bool:
    """Whether the person reads the unit's words for the state, not the desk's."""
    return user.authority.reads(dossier.unit_id)


def label_for(user, dossier) -> str:
    return dossier.get_state_display() if reads_as_unit(user, dossier) else dossier.desk_label


@require_safe
def dossiers(request):
    return _list(request, StartForm(units=filing_units(request)))


def _list(request, start_form, *, status=200):
    user = request.user
    filter_form = FilterForm(request.GET)
    visible = Dossier.objects.visible_to(user).select_related("unit", "campaign", "rule_set")
    narrowed = filter_form.narrow(visible)
    counted = narrowed.annotate(nominee_count=Count("nominees", filter=~Q(nominees__state="withdrawn")))
    newest_first = counted.order_by(F("submitted_at").desc(nulls_first=True), "-pk")
    if exports.asked(request):
        return exports.answer(
            request, listings.dossiers(partial(label_for, user)), newest_first, form=filter_form
        )
    page = page_of(request, newest_first, noun="hồ sơ")
    is_desk, known = _is_desk(user), corrections()
    context = {
        **page,
        "rows": [
            {
                "dossier": dossier,
                "label": label_for(user, dossier),
                "time_left": time_left(dossier, known),
            }
            for dossier in page["rows"]
        ],
        "tiles": _tiles(request, filter_form, visible) if is_desk else [],
        "filter": filter_form,
        "is_desk": is_desk,
        "may_enter": user.authority.is_standing_body,
        "start_form": start_form,
        "units": filing_units(request),
    }
    return render(request, "awards/dossiers.html", context, status=status)


def _tiles(request, filter_form, visible):
    """Counts by state that are filters; the search and the year stay as chosen."""
    narrowed = filter_form.narrow(visible, by_state=False).order_by()
    counts = dict(narrowed.values_list("state").annotate(Count("pk")))
    chosen = filter_form.cleaned_data.get("state", "")

    def url(state):
        query = request.GET.copy()
        query.pop("page", None)
        query["state"] = state
        return f"?{query.urlencode()}"

    tiles = [{"number": sum(counts.values()), "label": "Tất cả", "url": url(""), "active": not chosen}]
    return tiles + [
        {
            "number": counts.get(state, 0),
            "label": Dossier(state=state).desk_label,
            "url": url(state),
            "active": chosen == state,
        }
        for state in DESK_STATES
    ]


@require_POST
def start(request):
    units = filing_units(request)
    if not units:
        raise PermissionDenied
    form = StartForm(request.POST, units=units)
    if not form.is_valid():
        return _list(request, form, status=422)
    said = form.cleaned_data
    dossier = workflow.start(
        said["campaign"], said["form"], said["unit"], by=request.user, acting=request.acting_unit
    )
    messages.success(request, "Đã lập hồ sơ. Hãy thêm đối tượng và giấy tờ, rồi nộp.")
    return redirect("awards:edit", dossier.uid)


@require_safe
def dossier(request, uid):
    return page(request, fetch(request, uid))


def page(request, dossier, *, refused=None, action="", verdict_form=None, supplement_form=None, status=200):
    """The dossier as the person may read it: the unit its stage, the desk everything."""
    user = request.user
    available = {t.action for t in workflow.DOSSIER.available(dossier, user)}
    reads_verdicts = user.has_perm("awards.view_verdicts", dossier)
    reasons = refused.findings or [Finding(str(refused))] if refused else []
    acts = available_acts(_acts(dossier, available), available, refused=reasons, action=action)
    context = {
        "dossier": dossier,
        "label": dossier.get_state_display() if reads_as_unit(user, dossier) else dossier.desk_label,
        "steps": steps_of(dossier),
        "acts": acts,
        "refused": unshown(acts, reasons, action),
        "may_submit": "submit" in available,
        "missing": checks.missing_for_submitting(dossier) if "submit" in available else [],
        "reads_verdicts": reads_verdicts,
        "conflict": checks.conflict_with(user, dossier) if _is_desk(user) and not reads_verdicts else "",
        **appraisal_of(request, dossier, reads_verdicts=reads_verdicts, bound=verdict_form),
        **papers_of(dossier),
        "regime": regime_of(dossier),
        "time_left": time_left(dossier),
        "asked": open_request(dossier),
        "past_requests": past_requests(dossier),
        "supplement_form": _supplement_form(dossier, available, bound=supplement_form),
        "eligibility": eligibility(user, dossier),
        "submissions": list(dossier.submissions.order_by("-number")),
        "events": history(dossier, under_embargo=not reads_verdicts),
        "printed": press.links(user, dossier, *OF_DOSSIER),
        "next_on_desk": _next_on_desk(user, dossier) if reads_verdicts else None,
    }
    return render(request, "awards/dossier.html", context, status=status)


def _acts(dossier, available):
    def url(name):
        return reverse(f"awards:{name}", args=[dossier.uid])

    return [
        Act(
            "appraise",
            "Hoàn thành thẩm định",
            url("appraise"),
            "check",
            "primary",
            text="Chốt kết luận của mọi đối tượng. Đối tượng được đề nghị có thể đưa vào Tờ trình.",
            missing=checks.missing_for_appraising(dossier) if "appraise" in available else [],
        ),
        Act(
            "reject",
            "Từ chối tiếp nhận",
            url("reject"),
            "close",
            "danger",
            comment_label="Căn cứ pháp lý và lý do",
            comment_help="Đơn vị đọc nguyên văn. Hồ sơ bị từ chối không nộp lại được.",
        ),
        Act(
            "reopen",
            "Mở lại thẩm định",
            url("reopen"),
            "edit",
            comment_label="Lý do mở lại",
        ),
        Act(
            "withdraw",
            "Rút hồ sơ",
            url("withdraw"),
            "remove",
            text="Hồ sơ và mọi đối tượng trong hồ sơ sẽ không được xét. Không mở lại được.",
            confirm="Rút hồ sơ này?",
        ),
    ]


def _is_desk(user) -> bool:
    return user.authority.is_standing_body or user.authority.is_commendation_body


def _next_on_desk(user, dossier):
    waiting = Dossier.objects.visible_to(user).on_desk().exclude(pk=dossier.pk)
    return waiting.select_related("unit").order_by("submitted_at", "pk").first()


def _supplement_form(dossier, available, *, bound=None):
    if bound is not None:
        return bound
    return SupplementForm(dossier=dossier) if "request_supplement" in available else None


def eligibility(user, dossier):
    """What the final review asks of the unit itself, for those who judge, and for the unit while it may
    still think better of submitting; no word on any nominee is in it."""
    is_compiling = dossier.state in workflow.DOSSIER.transitions["submit"].sources
    reads = user.has_perm("awards.view_verdicts", dossier) or (
        is_compiling and user.has_perm("awards.edit_dossier", dossier)
    )
    if dossier.form.is_at_final_review and reads:
        return eligibility_of(dossier.unit, dossier.campaign)
    return None


@require_POST
def request_supplement(request, uid):
    """Ask item by item; what was typed stays on the page when it is not accepted."""
    dossier = fetch(request, uid)
    authorise(request, "request_supplement", dossier)
    form = SupplementForm(request.POST, dossier=dossier)
    if dossier.state == DossierState.SUBMITTED and not form.is_valid():
        return page(request, dossier, supplement_form=form, status=422)
    try:
        workflow.request_supplement(
            dossier,
            by=request.user,
            items=form.items() if form.is_valid() else (),
            acting=request.acting_unit,
        )
    except Refused as refused:
        dossier.refresh_from_db()
        return page(request, dossier, refused=refused, action="request_supplement", status=refused.status)
    messages.success(request, "Đã yêu cầu bổ sung; đơn vị nhận được thư. Thời hạn thẩm định tạm ngừng.")
    return redirect(dossier)


@require_POST
def act(request, uid, action):
    dossier = fetch(request, uid)
    authorise(request, action, dossier)
    perform, takes_comment, done = ACTS[action]
    words = {"comment": request.POST.get("comment", "")} if takes_comment else {}
    try:
        perform(dossier, by=request.user, acting=request.acting_unit, **words)
    except Refused as refused:
        dossier.refresh_from_db()
        return page(request, dossier, refused=refused, action=action, status=refused.status)
    messages.success(request, done)
    return redirect(dossier)


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request, uid):
    """The dossier as it will be submitted; POST submits it and leads to the receipt."""
    dossier = fetch(request, uid)
    authorise(request, "submit", dossier)
    if request.method != "POST":
        if dossier.state not in workflow.DOSSIER.transitions["submit"].sources:
            return redirect(dossier)
        return _preview(request, dossier)
    form = SendForm(request.POST)
    if not form.is_valid():
        refused = Refused("Chưa nhận được mã của lần nộp. Hãy xem lại rồi nộp.", status=422)
        return _preview(request, dossier, refused=refused)
    try:
        submission = workflow.submit(
            dossier,
            by=request.user,
            version=form.cleaned_data["version"],
            request_key=form.cleaned_data["request_key"],
            acting=request.acting_unit,
        )
    except Refused as refused:
        dossier.refresh_from_db()
        return _preview(request, dossier, refused=refused)
    messages.success(request, f"Đã nộp hồ sơ, số tiếp nhận {dossier.reference}.")
    return redirect("awards:receipt", dossier.uid, submission.number)


def _preview(request, dossier, *, refused=None):
    listed = checklist.nominees_in(dossier).in_order().select_related("unit")
    context = {
        "dossier": dossier,
        "list": page_of(request, listed, noun="đối tượng"),
        **papers_of(dossier),
        "asked": open_request(dossier),
        "missing": checks.missing_for_submitting(dossier),
        "eligibility": eligibility(request.user, dossier),
        "can_submit": dossier.state in workflow.DOSSIER.transitions["submit"].sources,
        "request_key": uuid.uuid4(),
        "refused": refused,
    }
    return render(request, "awards/submit.html", context, status=refused.status if refused else 200)


@require_safe
def receipt(request, uid, number):
    dossier = fetch(request, uid)
    submission = get_object_or_404(dossier.submissions.select_related("submitted_by"), number=number)
    context = {
        "dossier": dossier,
        "submission": submission,
        "code": VerificationCode.objects.filter(kind=RECEIPT, object_uid=submission.uid).first(),
        "printed": press.links(request.user, submission, RECEIPT_PAPER),
    }
    return render(request, "awards/receipt.html", context)


@require_safe
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})
def dossier_file(request, uid, file):
    """A paper; the appraisal shows it inside its own page, no other site may."""
    dossier = fetch(request, uid)
    document = dossier.documents.filter(is_removed=False, file__uid=file).select_related("file").first()
    if document is None:
        raise Http404
    return files.serve(request, document.file, inline=True)

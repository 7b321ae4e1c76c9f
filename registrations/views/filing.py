"""From the preview to the receipt."""

import uuid

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock, files, printing, rendering
from core.calendar import last_instant
from core.models import VerificationCode
from core.models.document import PAPER_FORMATS, DocumentFormat
from core.transitions import Refused
from registrations import checks, workflow
from registrations.enums import ApprovalState
from registrations.forms import SendForm
from registrations.verification import RECEIPT
from registrations.views.content import readable_of
from registrations.views.registration import authorise, due_of, fetch, files_of


@require_http_methods(["GET", "HEAD", "POST"])
def file(request, uid):
    registration = fetch(request, uid)
    authorise(request, "file", registration)
    if request.method == "POST":
        form = _send_form(request)
        try:
            receipt = workflow.file(
                registration, by=request.user, acting=request.acting_unit, **form.cleaned_data
            )
        except Refused as refused:
            if not refused.findings:
                raise
            key = form.cleaned_data["request_key"]
            return _preview_page(request, registration, key, findings=refused.findings, status=refused.status)
        return redirect(receipt)
    if registration.state not in workflow.EDITABLE:
        return redirect(registration)
    return _preview_page(
        request, registration, uuid.uuid4(), findings=checks.missing_for_filing(registration)
    )


def _send_form(request):
    form = SendForm(request.POST)
    if not form.is_valid():
        raise Refused("Yêu cầu nộp không đầy đủ. Hãy mở lại trang xem trước rồi nộp.")
    return form


def _preview_page(request, registration, request_key, *, findings, status=200):
    content = workflow.snapshot(registration)
    due = registration.supplement_due or due_of(registration)
    day = registration.received_on if registration.is_on_paper else clock.today()
    context = {
        "registration": registration,
        "content": readable_of(registration, content),
        "files": files_of(registration, content),
        "findings": findings,
        "is_refused": status != 200,
        "request_key": request_key,
        "due": due,
        "last_instant": last_instant(due),
        "is_supplement": bool(registration.supplement_due),
        "is_past_due": day is not None and day > due,
        **_approval(registration, findings),
    }
    return render(request, "registrations/file.html", context, status=status)


def _approval(registration, findings):
    """Whether the head's word is all that lacks, and whether it has been asked for."""
    if not any(finding.field == "approval" for finding in findings):
        return {"may_ask_head": False, "asked": None}
    asked = registration.approvals.filter(state=ApprovalState.ASKED, version=registration.version)
    return {"may_ask_head": len(findings) == 1, "asked": asked.select_related("asked_by").first()}


@require_POST
def ask_head(request, uid):
    registration = fetch(request, uid)
    authorise(request, "ask_head", registration)
    version = request.POST.get("version", "")
    workflow.ask_head(
        registration,
        by=request.user,
        version=int(version) if version.isdecimal() else 0,
        acting=request.acting_unit,
    )
    return redirect(registration)


@require_safe
def receipt(request, uid, number):
    registration, version = _version(request, uid, number)
    code = VerificationCode.objects.get(kind=RECEIPT, object_uid=version.uid)
    context = {"registration": registration, "version": version, "code": code, **_printed(version)}
    return render(request, "registrations/receipt.html", context)


def _version(request, uid, number):
    registration = fetch(request, uid)
    version = get_object_or_404(registration.versions.select_related("filed_by"), number=number)
    version.registration = registration
    return registration, version


def _printed(version) -> dict:
    return printing.card(version, RECEIPT) | {"name": "giấy tiếp nhận"}


@require_POST
def print_receipt(request, uid, number):
    """Ask for both formats: made when first wanted, never while people file in the last minutes."""
    _, version = _version(request, uid, number)
    shown = printing.card(version, RECEIPT)
    if shown["document"] is None:
        for format in PAPER_FORMATS:
            rendering.request(
                kind=RECEIPT,
                title=f"Giấy tiếp nhận {version.registration.reference}, lần {number}",
                obj=version,
                task="registrations.tasks.render_receipt",
                by=request.user,
                format=format,
            )
    else:
        printing.retry(shown)
    return redirect(f"{version.get_absolute_url()}#van-ban")


@require_safe
def printed_receipt(request, uid, number):
    """How far the PDF is; the fragment asks until it is there."""
    registration, version = _version(request, uid, number)
    context = {"registration": registration, "version": version, **_printed(version)}
    return render(request, "registrations/_printed.html", context)


@require_safe
def receipt_file(request, uid, number, format=DocumentFormat.PDF):
    _, version = _version(request, uid, number)
    file = printing.file_of(printing.card(version, RECEIPT), format=format)
    if file is None:
        raise Http404
    return files.serve(request, file, inline=True)

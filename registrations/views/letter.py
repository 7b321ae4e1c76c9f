"""Letters that urge silent units: the standing body drafts and records them, the units read them."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import exports, files, printing
from core.files import FileRefused
from core.models.document import DocumentFormat
from core.paging import page_of
from core.transitions import Refused
from registrations import workflow
from registrations.enums import LetterState, WordingUse
from registrations.forms import LetterForm, NewLetterForm, SignLetterForm
from registrations.listings import LETTERS
from registrations.models import ReminderLetter, Wording
from registrations.views.board import chosen_of, kept_of
from registrations.views.history import history
from registrations.wording import PLACEHOLDERS
from registrations.workflow.letter import LETTER, OTHERS, PAPER, settled, words_of

TONES = {LetterState.DRAFT: "neutral", LetterState.SIGNED: "success", LetterState.CANCELLED: "neutral"}


def fetch(request, uid) -> ReminderLetter:
    visible = ReminderLetter.objects.visible_to(request.user).select_related(
        "period", "unit", "signed_file__reading"
    )
    return get_object_or_404(visible, uid=uid)


def authorise(request, verb):
    if not request.user.has_perm(f"registrations.{verb}_reminderletter"):
        raise PermissionDenied


@require_safe
def letters(request):
    visible = ReminderLetter.objects.visible_to(request.user).select_related("period", "unit")
    if exports.asked(request):
        return exports.answer(request, LETTERS, visible)
    page = page_of(request, visible, noun="công văn")
    for letter in page["rows"]:
        letter.tone = TONES[letter.state]
        letter.title, _ = words_of(letter, 0)
    can_draft = request.user.has_perm("registrations.draft_reminderletter")
    return render(request, "registrations/letters.html", {"can_draft": can_draft, **page})


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("registrations.draft_reminderletter", raise_exception=True)
def new_letter(request):
    """A draft to those of the units chosen on the board that still owe."""
    data = request.POST if request.method == "POST" else request.GET
    choice, found, title = chosen_of(request, data)
    if choice is None:
        return redirect("registrations:board")
    usual = Wording.objects.filter(use=WordingUse.LETTER).first()
    initial = {"request_key": uuid.uuid4(), "wording": usual}
    form = NewLetterForm(data if request.method == "POST" else None, initial=initial)
    refused, status = [], 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return redirect(_draft(request, choice, found, form.cleaned_data))
            except Refused as error:
                refused, status = [{"message": str(error), "field": ""}], error.status
    owing = found.outstanding()
    context = {
        "form": form,
        "title": title,
        "back": reverse("registrations:board") + choice.url(),
        "kept": kept_of(choice, data),
        "count": found.count(),
        "rows": list(owing[:100]),
        "owing": owing.count(),
        "refused": refused,
    }
    return render(request, "registrations/new_letter.html", context, status=status)


def _draft(request, choice, found, values):
    obligation = found.first()
    if obligation is None:
        raise Refused("Chưa chọn đơn vị nào. Hãy đánh dấu ít nhất một đơn vị trong danh sách.", status=422)
    return workflow.draft_letter(
        obligation.period,
        choice.kind,
        found,
        wording=values["wording"],
        request_key=values["request_key"],
        by=request.user,
        acting=request.acting_unit or None,
    )


@require_safe
def letter(request, uid):
    return _page(request, fetch(request, uid))


def _page(request, shown, *, form=None, sign_form=None, refused=None, status=200):
    user = request.user
    is_desk = user.authority.is_standing_body or user.authority.is_commendation_body
    rows = shown.rows.select_related("obligation__unit", "obligation__period")
    count = rows.count()
    if not is_desk:
        rows = rows.filter(obligation__unit__in=user.authority.own | user.authority.below)
    subject, paragraphs = words_of(shown, count)
    available = {t.action for t in LETTER.available(shown, user)}
    can_edit = shown.state == LetterState.DRAFT and user.has_perm("registrations.draft_reminderletter")
    context = {
        "letter": shown,
        "subject": subject,
        "paragraphs": paragraphs,
        "count": count,
        "tone": TONES[shown.state],
        "list": page_of(request, rows.order_by("obligation__unit__sort_name", "id"), noun="đơn vị"),
        "available": available,
        "form": (form or LetterForm(instance=shown)) if can_edit else None,
        "sign_form": sign_form or SignLetterForm(auto_id="id_sign_%s"),
        "placeholders": list(PLACEHOLDERS[WordingUse.LETTER].items()),
        "settled": settled(shown).count() if can_edit else 0,
        "events": history(shown, LETTER, others=OTHERS) if is_desk else [],
        "refused": (refused.findings or [{"message": str(refused), "field": ""}]) if refused else [],
        **(_drafted(shown) if is_desk else {"document": None}),
    }
    return render(request, "registrations/letter.html", context, status=status)


@require_POST
def edit_letter(request, uid):
    shown = fetch(request, uid)
    authorise(request, "draft")
    form = LetterForm(request.POST, instance=fetch(request, uid))
    if not form.is_valid():
        return _page(request, shown, form=form, status=422)
    try:
        workflow.save_letter(
            shown,
            subject=form.cleaned_data["subject"],
            body=form.cleaned_data["body"],
            version=form.cleaned_data["version"],
            by=request.user,
            acting=request.acting_unit or None,
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, shown, form=form, status=refused.status)
    messages.success(request, "Đã lưu lời công văn.")
    return redirect(shown)


@require_POST
def print_letter(request, uid):
    shown = fetch(request, uid)
    authorise(request, "draft")
    try:
        workflow.print_letter(shown, by=request.user, acting=request.acting_unit or None)
    except Refused as refused:
        return _page(request, shown, refused=refused, status=refused.status)
    return redirect(f"{shown.get_absolute_url()}#van-ban")


@require_safe
def printed(request, uid):
    """The fragment that says how far the rendering is."""
    shown = fetch(request, uid)
    authorise(request, "draft")
    return render(request, "registrations/_letter_paper.html", {"letter": shown, **_drafted(shown)})


def _drafted(letter) -> dict:
    return printing.card(letter, PAPER) | {"name": "dự thảo công văn"}


@require_safe
def letter_file(request, uid):
    """The signed file, to whoever sees the letter."""
    shown = fetch(request, uid)
    if shown.signed_file is None:
        raise Http404
    return files.serve(request, shown.signed_file, inline=True)


@require_safe
def draft_file(request, uid, *, format=DocumentFormat.PDF, part=None):
    """The draft, to the standing body alone."""
    shown = fetch(request, uid)
    authorise(request, "draft")
    file = printing.file_of(_drafted(shown), format=format, part=part)
    if file is None:
        raise Http404
    return files.serve(request, file, inline=True)


@require_POST
def sign(request, uid):
    shown = fetch(request, uid)
    authorise(request, "sign")
    form = SignLetterForm(request.POST, request.FILES, auto_id="id_sign_%s")
    if form.is_valid():
        try:
            workflow.sign_letter(
                shown, **form.cleaned_data, by=request.user, acting=request.acting_unit or None
            )
        except FileRefused as refused:
            form.add_error("signed_file", str(refused))
        except Refused as refused:
            for finding in refused.findings:
                form.add_error(finding.field or None, finding.message)
            if not refused.findings:
                return _page(request, fetch(request, uid), refused=refused, status=refused.status)
        else:
            messages.success(request, "Đã ghi nhận công văn ban hành; các đơn vị còn nợ được báo.")
            return redirect(shown)
    return _page(request, fetch(request, uid), sign_form=form, status=422)


@require_POST
def cancel(request, uid):
    shown = fetch(request, uid)
    authorise(request, "cancel")
    try:
        workflow.cancel_letter(shown, by=request.user, acting=request.acting_unit or None)
    except Refused as refused:
        return _page(request, fetch(request, uid), refused=refused, status=refused.status)
    messages.success(request, "Đã hủy dự thảo.")
    return redirect(shown)

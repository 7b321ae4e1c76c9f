"""The dossier while the unit compiles it: words, nominees, papers."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards import checks
from awards.checklist import nominees_in as still_in
from awards.forms.dossier import DossierForm, PaperForm, UploadForm
from awards.forms.nominee import InitiativeForm, NomineeForm, ReportForm
from awards.models import Nominee
from awards.papers import OF_DOSSIER, REPORT
from awards.spreadsheets.nominees import NomineeIntake
from awards.views.dossier import authorise, eligibility, fetch
from awards.views.papers import nominee_papers, open_request, papers_of
from awards.workflow import compiling
from awards.workflow import dossier as workflow
from core import importing, press
from core.paging import page_of

CHANGED_MEANWHILE = (
    "Người khác vừa lưu hồ sơ này sau khi bạn mở trang. Nội dung bạn gõ vẫn còn ở dưới; "
    "hãy xem lại rồi bấm Lưu lần nữa để ghi đè."
)


def fetch_draft(request, uid):
    """The dossier if the person files for it, and whether the page should open at all.

    What is posted goes on to the workflow, which refuses it in words.
    """
    dossier = fetch(request, uid)
    authorise(request, "edit", dossier)
    is_open = dossier.state in workflow.DOSSIER.transitions["submit"].sources
    if not is_open and request.method != "POST":
        messages.info(request, f"Hồ sơ đang ở trạng thái “{dossier.get_state_display()}”, không sửa được.")
        return dossier, False
    return dossier, True


def _posted_version(request) -> int:
    """The version the page was opened at; 0, which is none, when it is not said."""
    posted = request.POST.get("version", "")
    return int(posted) if posted.isdecimal() else 0


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, uid):
    """Words and one paper at a time in one form: a wrong file never costs what was typed."""
    dossier, is_open = fetch_draft(request, uid)
    if not is_open:
        return redirect(dossier)
    form_class = PaperForm if dossier.is_on_paper else DossierForm
    if request.method != "POST":
        return _edit_page(request, dossier, form_class(instance=dossier), UploadForm(dossier=dossier))
    form = form_class(request.POST, instance=fetch(request, uid))
    upload_form = UploadForm(request.POST, request.FILES, dossier=dossier)
    has_words, has_upload = form.is_valid(), upload_form.is_valid()
    is_current = has_words and workflow.save_dossier(
        dossier, by=request.user, version=_posted_version(request), words=form.cleaned_data
    )
    if has_upload and upload_form.cleaned_data["upload"]:
        said = upload_form.cleaned_data
        workflow.attach(
            dossier,
            by=request.user,
            kind=said["kind"],
            upload=said["upload"],
            nominee=said.get("nominee"),
            is_certified=said["is_certified"],
        )
        messages.success(request, f"Đã tải lên “{said['upload'].name}”.")
        upload_form = UploadForm(dossier=dossier)
    if is_current and has_upload:
        messages.success(request, "Đã lưu hồ sơ.")
        return redirect("awards:edit", dossier.uid)
    if has_words and not is_current:
        messages.warning(request, CHANGED_MEANWHILE)
    status = 409 if has_words and has_upload else 422
    return _edit_page(request, dossier, form, upload_form, is_saved=is_current, status=status)


def _edit_page(request, dossier, form, upload_form, *, is_saved=False, status=200):
    listed = still_in(dossier).in_order().select_related("unit")
    context = {
        "dossier": dossier,
        "is_saved": is_saved,
        "form": form,
        "upload_form": upload_form,
        "list": page_of(request, listed, noun="đối tượng"),
        "asked": open_request(dossier),
        **papers_of(dossier),
        "missing": checks.missing_for_submitting(dossier),
        "eligibility": eligibility(request.user, dossier),
        "printed": press.links(request.user, dossier, *OF_DOSSIER),
    }
    return render(request, "awards/edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def nominee_new(request, uid):
    dossier, is_open = fetch_draft(request, uid)
    if not is_open:
        return redirect(dossier)
    if request.method != "POST":
        form = NomineeForm(dossier=dossier, initial={"kind": "collective"})
        return _nominee_page(request, dossier, form)
    form = NomineeForm(request.POST, request.FILES, dossier=dossier)
    if not form.is_valid():
        return _nominee_page(request, dossier, form, status=422)
    said = form.cleaned_data
    nominee = workflow.add_nominee(
        dossier,
        by=request.user,
        values=form.values(),
        report=said["report"],
        is_certified=said["is_certified"],
    )
    messages.success(request, f"Đã thêm {nominee.name}.")
    return redirect("awards:edit", dossier.uid)


@require_http_methods(["GET", "HEAD", "POST"])
def nominee_edit(request, uid, nominee):
    dossier, is_open = fetch_draft(request, uid)
    if not is_open:
        return redirect(dossier)
    nominee = _nominee(dossier, nominee)
    if request.method != "POST":
        return _nominee_page(request, dossier, NomineeForm(instance=nominee, dossier=dossier), nominee)
    form = NomineeForm(request.POST, request.FILES, instance=nominee, dossier=dossier)
    if not form.is_valid():
        return _nominee_page(request, dossier, form, nominee, status=422)
    is_current = workflow.change_nominee(
        nominee,
        by=request.user,
        version=_posted_version(request),
        values=form.values(),
        report=form.cleaned_data["report"],
        is_certified=form.cleaned_data["is_certified"],
    )
    if is_current:
        messages.success(request, f"Đã lưu {nominee.name}.")
        return redirect("awards:edit", dossier.uid)
    messages.warning(request, CHANGED_MEANWHILE)
    dossier.refresh_from_db()
    return _nominee_page(request, dossier, form, nominee, status=409)


def _nominee(dossier, uid) -> Nominee:
    """A nominee still in the dossier, with the dossier itself at hand."""
    return get_object_or_404(still_in(dossier).select_related("unit", "dossier", "report"), uid=uid)


def _nominee_page(request, dossier, form, nominee=None, *, initiative_form=None, status=200):
    context = {
        "dossier": dossier,
        "form": form,
        "nominee": nominee,
        "documents": nominee_papers(dossier, nominee) if nominee else [],
        "initiatives": list(nominee.initiatives.all()) if nominee else [],
        "initiative_form": initiative_form or InitiativeForm(auto_id="id_initiative_%s"),
    }
    return render(request, "awards/nominee.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def write_report(request, uid, nominee):
    """The report of achievement, written here; it is printed, signed and certified outside."""
    dossier, is_open = fetch_draft(request, uid)
    if not is_open:
        return redirect(dossier)
    nominee = _nominee(dossier, nominee)
    form = ReportForm(request.POST or None, instance=getattr(nominee, "report", None))
    status = 200
    if request.method == "POST" and form.is_valid():
        if compiling.write_report(
            nominee, by=request.user, version=_posted_version(request), words=form.cleaned_data
        ):
            messages.success(request, f"Đã lưu báo cáo thành tích của {nominee.name}.")
            return redirect("awards:change_nominee", dossier.uid, nominee.uid)
        messages.warning(request, CHANGED_MEANWHILE)
        dossier.refresh_from_db()
        status = 409
    elif request.method == "POST":
        status = 422
    context = {
        "dossier": dossier,
        "nominee": nominee,
        "form": form,
        "printed": [{"name": "Báo cáo thành tích theo mẫu", "url": press.OFFERS[REPORT].url(nominee)}],
    }
    return render(request, "awards/report.html", context, status=status)


@require_POST
def initiative_new(request, uid, nominee):
    dossier, _ = fetch_draft(request, uid)
    nominee = _nominee(dossier, nominee)
    form = InitiativeForm(request.POST, auto_id="id_initiative_%s")
    if not form.is_valid():
        words = NomineeForm(instance=nominee, dossier=dossier)
        return _nominee_page(request, dossier, words, nominee, initiative_form=form, status=422)
    compiling.add_initiative(nominee, by=request.user, values=form.cleaned_data)
    messages.success(request, f"Đã thêm sáng kiến của {nominee.name}.")
    return redirect("awards:change_nominee", dossier.uid, nominee.uid)


@require_POST
def initiative_remove(request, uid, nominee, initiative):
    dossier, _ = fetch_draft(request, uid)
    nominee = _nominee(dossier, nominee)
    found = get_object_or_404(nominee.initiatives, uid=initiative)
    found.nominee = nominee
    compiling.remove_initiative(found, by=request.user)
    messages.success(request, "Đã bỏ sáng kiến.")
    return redirect("awards:change_nominee", dossier.uid, nominee.uid)


@require_POST
def answer_supplement(request, uid):
    dossier, _ = fetch_draft(request, uid)
    asked = open_request(dossier)
    items = asked["items"] if asked else []
    answers = {item.uid: request.POST.get(f"answer-{item.uid}", "")[:1000] for item in items}
    workflow.answer_supplement(dossier, by=request.user, answers=answers)
    messages.success(request, "Đã lưu phần trả lời.")
    return redirect(f"{reverse('awards:edit', args=[dossier.uid])}#id_supplement")


@require_safe
def nominee_template(request, uid):
    return importing.template_of(_intake(request, uid))


def _intake(request, uid) -> NomineeIntake:
    dossier = fetch(request, uid)
    authorise(request, "edit", dossier)
    return NomineeIntake(dossier, by=request.user, acting=request.acting_unit)


@require_http_methods(["GET", "HEAD", "POST"])
def import_nominees(request, uid):
    intake = _intake(request, uid)
    dossier = intake.dossier
    if dossier.state not in workflow.DOSSIER.transitions["submit"].sources:
        label = dossier.get_state_display()
        messages.info(request, f"Hồ sơ đang ở trạng thái “{label}”, không nhập được.")
        return redirect(dossier)
    edit_url = reverse("awards:edit", args=[uid])
    context = {
        "trail": [
            ("Hồ sơ khen thưởng", reverse("awards:dossiers")),
            (dossier.reference or "Hồ sơ đang soạn", edit_url),
            ("Nhập từ Excel", ""),
        ],
        "intro": f"{dossier.unit.name} · Tệp thêm và sửa đối tượng; ai không có trong tệp vẫn giữ nguyên.",
        "template_url": reverse("awards:nominee_template", args=[uid]),
    }
    return importing.respond(request, intake, context=context, done_url=edit_url)


@require_POST
def nominee_remove(request, uid, nominee):
    dossier, _ = fetch_draft(request, uid)
    nominee = _nominee(dossier, nominee)
    name = nominee.name
    workflow.remove_nominee(nominee, by=request.user, acting=request.acting_unit)
    messages.success(request, f"Đã đưa {name} ra khỏi hồ sơ.")
    return redirect("awards:edit", dossier.uid)


@require_POST
def document_remove(request, uid, file):
    dossier, _ = fetch_draft(request, uid)
    document = dossier.documents.filter(is_removed=False, file__uid=file).select_related("file").first()
    if document is None:
        raise Http404
    workflow.remove_document(document, by=request.user)
    messages.success(request, f"Đã bỏ tệp “{document.file.name}”.")
    return redirect("awards:edit", dossier.uid)

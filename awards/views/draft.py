"""The dossier while the unit compiles it: words, nominees, papers."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from awards import checks
from awards.enums import NomineeState
from awards.forms import DossierForm, NomineeForm, UploadForm
from awards.models import Nominee
from awards.papers import OF_DOSSIER
from awards.views.dossier import authorise, fetch, papers_of
from awards.workflow import dossier as workflow
from core import press

CHANGED_MEANWHILE = (
    "Người khác vừa lưu hồ sơ này sau khi bạn mở trang. Nội dung bạn gõ vẫn còn ở dưới; "
    "hãy xem lại rồi bấm Lưu lần nữa để ghi đè."
)


def _fetch_draft(request, uid):
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
    dossier, is_open = _fetch_draft(request, uid)
    if not is_open:
        return redirect(dossier)
    if request.method != "POST":
        return _edit_page(request, dossier, DossierForm(instance=dossier), UploadForm(dossier=dossier))
    form = DossierForm(request.POST, instance=fetch(request, uid))
    upload_form = UploadForm(request.POST, request.FILES, dossier=dossier)
    has_words, has_upload = form.is_valid(), upload_form.is_valid()
    is_current = has_words and workflow.save_dossier(
        dossier, by=request.user, version=_posted_version(request), words=form.cleaned_data
    )
    if has_upload and upload_form.cleaned_data["upload"]:
        said = upload_form.cleaned_data
        workflow.attach(
            dossier, by=request.user, kind=said["kind"], upload=said["upload"], nominee=said["nominee"]
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
    context = {
        "dossier": dossier,
        "is_saved": is_saved,
        "form": form,
        "upload_form": upload_form,
        "nominees": list(
            dossier.nominees.exclude(state=NomineeState.WITHDRAWN).in_order().select_related("unit")
        ),
        **papers_of(dossier),
        "missing": checks.missing_for_submitting(dossier),
        "printed": press.links(request.user, dossier, *OF_DOSSIER),
    }
    return render(request, "awards/edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def nominee_new(request, uid):
    dossier, is_open = _fetch_draft(request, uid)
    if not is_open:
        return redirect(dossier)
    if request.method != "POST":
        form = NomineeForm(dossier=dossier, initial={"kind": "collective"})
        return _nominee_page(request, dossier, form)
    form = NomineeForm(request.POST, request.FILES, dossier=dossier)
    if not form.is_valid():
        return _nominee_page(request, dossier, form, status=422)
    report = form.cleaned_data["report"]
    nominee = workflow.add_nominee(dossier, by=request.user, values=form.values(), report=report)
    messages.success(request, f"Đã thêm {nominee.name}.")
    return redirect("awards:edit", dossier.uid)


@require_http_methods(["GET", "HEAD", "POST"])
def nominee_edit(request, uid, nominee):
    dossier, is_open = _fetch_draft(request, uid)
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
    )
    if is_current:
        messages.success(request, f"Đã lưu {nominee.name}.")
        return redirect("awards:edit", dossier.uid)
    messages.warning(request, CHANGED_MEANWHILE)
    dossier.refresh_from_db()
    return _nominee_page(request, dossier, form, nominee, status=409)


def _nominee(dossier, uid) -> Nominee:
    """A nominee still in the dossier, with the dossier itself at hand."""
    still_in = dossier.nominees.exclude(state=NomineeState.WITHDRAWN).select_related("unit")
    return get_object_or_404(still_in, uid=uid)


def _nominee_page(request, dossier, form, nominee=None, *, status=200):
    context = {
        "dossier": dossier,
        "form": form,
        "nominee": nominee,
        "documents": [
            d for d in papers_of(dossier)["documents"] if nominee and d["nominee_id"] == nominee.pk
        ],
    }
    return render(request, "awards/nominee.html", context, status=status)


@require_POST
def nominee_remove(request, uid, nominee):
    dossier, _ = _fetch_draft(request, uid)
    nominee = _nominee(dossier, nominee)
    name = nominee.name
    workflow.remove_nominee(nominee, by=request.user, acting=request.acting_unit)
    messages.success(request, f"Đã đưa {name} ra khỏi hồ sơ.")
    return redirect("awards:edit", dossier.uid)


@require_POST
def document_remove(request, uid, file):
    dossier, _ = _fetch_draft(request, uid)
    document = dossier.documents.filter(is_removed=False, file__uid=file).select_related("file").first()
    if document is None:
        raise Http404
    workflow.remove_document(document, by=request.user)
    messages.success(request, f"Đã bỏ tệp “{document.file.name}”.")
    return redirect("awards:edit", dossier.uid)

"""The register of certificates, and the sheets they are printed on."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards import listings
from awards.forms.certificate import HandOutForm, LayoutForm, RegisterFilter, field_forms
from awards.models import Certificate, CertificateLayout
from awards.papers import SHEETS, TEST_SHEET
from awards.views.decision import fetch as fetch_decision
from awards.workflow import certificate as workflow
from core import exports, press
from core.paging import page_of
from core.transitions import Refused
from registrations.views.registration import posted_uuids


def _authorise(request):
    if not request.user.has_perm("awards.use_desk"):
        raise PermissionDenied


@require_POST
def enter(request, uid):
    """Give the awards of a published decision their numbers."""
    decision = fetch_decision(request, uid)
    if not request.user.has_perm("awards.keep_register_decision", decision):
        raise PermissionDenied
    count = workflow.enter(decision, by=request.user, acting=request.acting_unit)
    messages.success(request, f"Đã vào sổ {count} Bằng khen.")
    return redirect(f"{reverse('awards:register')}?{urlencode({'q': decision.number})}")


def _chosen(request):
    """The register as the page narrows it."""
    form = RegisterFilter(request.GET)
    found = form.narrow(Certificate.objects.all())
    return form, found.select_related("award__decision", "award__unit", "form", "handed_by").order_by(
        "-year", "form", "number"
    )


@require_safe
def register(request):
    _authorise(request)
    form, found = _chosen(request)
    if exports.asked(request):
        return exports.answer(request, listings.REGISTER, found, form=form)
    return _page(request, form, found)


def _page(request, form, found, *, hand_form=None, results=None, ticked=frozenset(), status=200):
    page = page_of(request, found, noun="Bằng khen")
    query = request.GET.copy()
    query.pop("page", None)
    hand_url = reverse("awards:hand_out")
    context = {
        "form": form,
        **page,
        "lines": [{"certificate": c, "is_ticked": c.uid in ticked} for c in page["rows"]],
        "hand_form": hand_form or HandOutForm(),
        "hand_url": f"{hand_url}?{query.urlencode()}" if query else hand_url,
        "results": results,
    }
    return render(request, "awards/register.html", context, status=status)


@require_POST
def hand_out(request):
    """Record the handing out of the ticked certificates, or of all that the register is narrowed to."""
    _authorise(request)
    filter_form, found = _chosen(request)
    hand_form = HandOutForm(request.POST)
    ticked = set(posted_uuids(request, "certificate"))
    chosen = found if "all" in request.POST else found.filter(uid__in=ticked)
    if not chosen.exists():
        hand_form.add_error(None, "Chưa chọn Bằng khen nào. Hãy đánh dấu ít nhất một dòng.")
    if hand_form.is_valid():
        said = hand_form.cleaned_data
        try:
            results = workflow.hand_out(
                Certificate.objects.filter(pk__in=chosen.values("pk")),
                by=request.user,
                acting=request.acting_unit,
                **said,
            )
        except Refused as refused:
            for finding in refused.findings:
                hand_form.add_error(finding.field, finding.message)
        else:
            refused = [result for result in results if result["message"]]
            done = len(results) - len(refused)
            if not refused:
                messages.success(request, f"Đã ghi việc trao {done} Bằng khen.")
                return redirect("awards:register")
            return _page(request, filter_form, found, results={"done": done, "refused": refused[:50]})
    return _page(request, filter_form, found, hand_form=hand_form, ticked=ticked, status=422)


@require_POST
def reprint(request, uid):
    """Note why a certificate is printed once more, and lead to the sheet."""
    _authorise(request)
    certificate = get_object_or_404(Certificate.objects.select_related("award"), uid=uid)
    try:
        workflow.note_reprint(
            certificate, by=request.user, acting=request.acting_unit, reason=request.POST.get("comment", "")
        )
    except Refused as refused:
        messages.error(request, " ".join(f.message for f in refused.findings) or str(refused))
        return redirect(certificate.award)
    messages.success(request, "Đã ghi lý do in lại.")
    return redirect(press.OFFERS[SHEETS].url(certificate))


@require_safe
def layouts(request):
    _authorise(request)
    rows = CertificateLayout.objects.select_related("form").prefetch_related("fields")
    return render(request, "awards/layouts.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def layout(request, uid):
    """Where each word stands on the sheet, in millimetres; POST keeps other measures."""
    _authorise(request)
    layout = get_object_or_404(CertificateLayout.objects.select_related("form"), uid=uid)
    form = LayoutForm(request.POST or None, instance=layout)
    boxes = field_forms(request.POST or None, layout)
    if request.method == "POST" and form.is_valid() and boxes.is_valid():
        workflow.measure(form, boxes, by=request.user, acting=request.acting_unit)
        messages.success(request, "Đã lưu tọa độ. In tờ thử trước khi in lên phôi.")
        return redirect("awards:layout", layout.uid)
    context = {
        "layout": layout,
        "form": form,
        "boxes": boxes,
        "test_url": press.OFFERS[TEST_SHEET].url(layout),
    }
    return render(request, "awards/layout.html", context, status=422 if request.method == "POST" else 200)

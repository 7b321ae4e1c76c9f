"""The log of exports: who took which list or report out of the portal; and one's own."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core import exports, press
from core.forms import VietnameseDateField
from core.models import Document, Export
from core.models.document import DocumentFormat
from core.paging import PER_PAGE, page_of
from core.vietnamese import search_key
from reports import listings


class ExportFilter(forms.Form):
    q = forms.CharField(
        label="Tìm người xuất",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    listing = forms.ChoiceField(label="Danh sách", required=False)
    since = VietnameseDateField(label="Từ ngày", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = Export.objects.order_by("listing").distinct("listing").values_list("listing", "title")
        self.fields["listing"].choices = [("", "Tất cả"), *known]

    def narrow(self, rows):
        self.is_valid()
        asked = self.cleaned_data
        if asked.get("q"):
            rows = rows.filter(user__search_name__contains=search_key(asked["q"]))
        if asked.get("listing"):
            rows = rows.filter(listing=asked["listing"])
        if asked.get("since"):
            rows = rows.filter(at__date__gte=asked["since"])
        return rows


@require_safe
def export_log(request):
    if not request.user.has_perm("core.view_export"):
        raise PermissionDenied
    form = ExportFilter(request.GET)
    rows = form.narrow(Export.objects.visible_to(request.user).select_related("user"))
    if exports.asked(request):
        return exports.answer(request, listings.EXPORTS, rows, form=form)
    return render(request, "reports/exports.html", {"form": form, **page_of(request, rows, noun="lượt xuất")})


@require_safe
def my_exports(request):
    """What the person has taken out of the portal, and the reports that are being made for him."""
    papers = Document.objects.filter(
        requested_by=request.user, whole=None, kind__in=[o.kind for o in press.OFFERS.values() if o.is_report]
    )
    # The address of a paper leads to its newest file, whoever asked for that one.
    same = {name: OuterRef(name) for name in ("kind", "object_uid", "format")}
    newer = Document.objects.filter(**same, whole=None, pk__gt=OuterRef("pk"))
    papers = papers.annotate(is_replaced=Exists(newer))
    made = page_of(request, papers.order_by("-id"), noun="tệp")
    rows = [_paper(document) for document in made["rows"]]
    context = {
        **made,
        "rows": rows,
        "is_under_way": any(row["document"].is_under_way for row in rows),
        "taken": Export.objects.filter(user=request.user)[:PER_PAGE],
    }
    name = "_my_papers" if request.headers.get("HX-Request") else "my_exports"
    return render(request, f"reports/{name}.html", context)


def _paper(document) -> dict:
    page = reverse("press:paper", args=[document.kind, document.object_uid])
    doors = {DocumentFormat.PDF: "file", DocumentFormat.DOCX: "word", DocumentFormat.XLSX: "excel"}
    return {
        "document": document,
        "page": page,
        "file": reverse(f"press:{doors[document.format]}", args=[document.kind, document.object_uid]),
        "tone": {"ready": "success", "failed": "danger"}.get(document.state, "info"),
    }

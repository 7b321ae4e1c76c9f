"""The log of exports: who took which list out of the portal."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import exports
from core.forms import VietnameseDateField
from core.models import Export
from core.paging import page_of
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

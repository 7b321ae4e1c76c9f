"""An article on an exemplar."""

from django import forms

from awards.models import Exemplar
from core import clock
from core.forms import UploadField
from units.models import Unit

IMAGES = ("image/jpeg", "image/png")


class ExemplarForm(forms.ModelForm):
    image_upload = UploadField(
        label="Ảnh (JPG, PNG)", required=False, accept=IMAGES, help_text="Không bắt buộc; tối đa 20 MB."
    )

    class Meta:
        model = Exemplar
        fields = [
            "campaign",
            "kind",
            "name",
            "place",
            "unit",
            "title",
            "summary",
            "body",
            "award_reference",
            "image_alt",
        ]
        help_texts = {
            "summary": "Một, hai câu; hiện ở trang danh sách.",
            "body": "Mỗi đoạn cách nhau một dòng trống. Không nhắc đến khen thưởng chưa công bố.",
            "award_reference": "Chỉ mã của khen thưởng đã công bố, ví dụ KT-2025-00012. Có thể để trống.",
            "image_alt": "Nói ảnh chụp gì; bắt buộc khi có ảnh.",
            "place": "Như sẽ in cạnh tên.",
        }
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 2}),
            "body": forms.Textarea(attrs={"rows": 14}),
            "unit": forms.Select,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.operating_on(clock.today()).order_by("sort_name")
        self.fields["unit"].required = False
        self.fields["unit"].empty_label = "Không thuộc đơn vị nào trên cổng"
        self.fields["campaign"].empty_label = "Chọn giai đoạn"
        self.fields["kind"].choices = [("", "Chọn loại"), *Exemplar._meta.get_field("kind").choices]
        self.fields["image_upload"].label = (
            "Ảnh khác (JPG, PNG)" if self.instance.image_id else "Ảnh (JPG, PNG)"
        )

    def clean(self):
        said = super().clean()
        if (said.get("image_upload") or self.instance.image_id) and not said.get("image_alt", "").strip():
            self.add_error("image_alt", "Ghi mô tả ảnh cho người không xem được ảnh.")
        return said

    def values(self) -> dict:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

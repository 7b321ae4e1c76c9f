"""A proposal, and a paper signed outside."""

from django import forms
from django.db.models import Count

from awards.models import AwardForm, Nominee, RuleSet
from core.forms import UploadField, VietnameseDateField
from registrations.models import Campaign


class ProposalForm(forms.Form):
    """A new proposal over one group of nominees that wait for one.

    A group is a campaign, a form of award and the rule set of the receipt: what one Tờ trình may mix.
    """

    group = forms.ChoiceField(label="Nhóm đối tượng", widget=forms.RadioSelect)
    title = forms.CharField(
        label="Tên Tờ trình",
        max_length=200,
        help_text="Phần “Về việc …” của Tờ trình.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data=None):
        super().__init__(data, auto_id="id_new_%s")
        ready = Nominee.objects.ready_to_propose()
        groups = ready.values_list(
            "dossier__campaign__code",
            "dossier__campaign__name",
            "dossier__form__code",
            "dossier__form__name",
            "dossier__rule_set__code",
            "dossier__rule_set__name",
        ).annotate(names=Count("pk"))
        self.fields["group"].choices = [
            (
                f"{campaign}|{form}|{rules}",
                f"{campaign_name}: {form_name}, theo {rules_name} ({names} đối tượng)",
            )
            for campaign, campaign_name, form, form_name, rules, rules_name, names in groups.order_by(
                "dossier__campaign__code", "dossier__rule_set__code"
            )
        ]
        if len(self.fields["group"].choices) == 1:
            self.fields["group"].initial = self.fields["group"].choices[0][0]

    @property
    def has_groups(self) -> bool:
        return bool(self.fields["group"].choices)

    def chosen_group(self) -> dict:
        campaign, form, rules = self.cleaned_data["group"].split("|")
        return {
            "campaign": Campaign.objects.get(code=campaign),
            "form": AwardForm.objects.get(code=form),
            "rule_set": RuleSet.objects.get(code=rules),
        }


class SignatureForm(forms.Form):
    """What came back signed: number, day, signer and the scan. The portal invents none of them."""

    number = forms.CharField(label="Số, ký hiệu", max_length=30)
    signed_on = VietnameseDateField(label="Ngày ký")
    signer = forms.CharField(label="Người ký", max_length=120, help_text="Họ tên, không ghi chức vụ.")
    upload = UploadField(label="Bản đã ký (PDF)", help_text="Bản quét rõ chữ ký và dấu, tối đa 20 MB.")


class DossierChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, dossier):
        return f"{dossier.unit.name}, {dossier.reference} ({dossier.names} đối tượng)"


class ReturnForm(forms.Form):
    """Why a proposal goes back, and which of its dossiers go back to work with it."""

    comment = forms.CharField(
        label="Cần sửa gì",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Số Tờ trình và các kết quả xét bị hủy; cơ quan thường trực lập lại danh sách.",
    )
    dossiers = DossierChoice(
        label="Hồ sơ phải thẩm định lại",
        queryset=None,
        to_field_name="uid",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Không bắt buộc. Đối tượng của hồ sơ được chọn ra khỏi danh sách, việc thẩm định được "
        "mở lại; các hồ sơ khác giữ nguyên kết luận.",
        error_messages={"invalid_choice": "Có hồ sơ không nằm trong danh sách này. Hãy tải lại trang."},
    )

    def __init__(self, *args, dossiers, **kwargs):
        super().__init__(*args, auto_id="id_return_%s", **kwargs)
        self.fields["dossiers"].queryset = dossiers

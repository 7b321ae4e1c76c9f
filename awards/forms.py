from django import forms
from django.db.models import Case, Count, Exists, OuterRef, Q, When

from awards.enums import DocumentKind, DossierState, NomineeKind
from awards.models import AwardForm, Dossier, Nominee, RuleSet
from core import clock
from core.forms import UploadField, VietnameseDateField
from core.vietnamese import search_key
from registrations.models import Campaign
from units.enums import Sex
from units.models import Unit


class FilterForm(forms.Form):
    """What the list of dossiers can be narrowed to; a wrong value narrows nothing."""

    q = forms.CharField(
        label="Tìm đơn vị, số tiếp nhận, tên đối tượng",
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    year = forms.TypedChoiceField(label="Năm", required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(required=False, choices=DossierState, widget=forms.HiddenInput)

    def __init__(self, data):
        super().__init__(data)
        years = [(year, year) for year in range(clock.today().year, 2021, -1)]
        self.fields["year"].choices = [("", "Mọi năm"), *years]

    def narrow(self, dossiers, *, by_state=True):
        self.is_valid()
        chosen = self.cleaned_data
        if by_state and chosen.get("state"):
            dossiers = dossiers.filter(state=chosen["state"])
        if year := chosen.get("year"):
            draft = Q(first_submitted_at__isnull=True, created_at__year=year)
            dossiers = dossiers.filter(Q(first_submitted_at__year=year) | draft)
        if text := chosen.get("q", "").strip():
            key = search_key(text)
            named = Nominee.objects.filter(dossier=OuterRef("pk"), search_name__contains=key)
            dossiers = dossiers.filter(
                Q(unit__search_name__contains=key) | Q(reference__icontains=text) | Exists(named)
            )
        return dossiers


class StartForm(forms.Form):
    """Which dossier to begin; asks only what is open."""

    unit = forms.ModelChoiceField(
        label="Đơn vị đề nghị", queryset=None, to_field_name="uid", empty_label=None
    )
    campaign = forms.ModelChoiceField(
        label="Giai đoạn phong trào", queryset=None, to_field_name="uid", empty_label=None
    )
    form = forms.ModelChoiceField(
        label="Hình thức khen thưởng",
        queryset=AwardForm.objects.proposed(),
        to_field_name="code",
        empty_label=None,
    )

    def __init__(self, data=None, *, units):
        super().__init__(data, auto_id="id_start_%s")
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=[unit.pk for unit in units])
        begun = Campaign.objects.filter(first_year__lte=clock.today().year)
        self.fields["campaign"].queryset = begun


class DossierForm(forms.ModelForm):
    achievement_from = VietnameseDateField(label="Thành tích từ ngày")
    achievement_to = VietnameseDateField(
        label="Thành tích đến ngày",
        help_text="Ghi đúng thời gian lập thành tích; dùng để xét trùng khen thưởng.",
    )

    class Meta:
        model = Dossier
        fields = ["achievement_from", "achievement_to", "summary"]
        labels = {"summary": "Tóm tắt đề nghị"}
        help_texts = {"summary": "Vài câu: vì sao đơn vị đề nghị khen thưởng những đối tượng này."}
        widgets = {"summary": forms.Textarea(attrs={"rows": 5, "maxlength": 5000})}


class UploadForm(forms.Form):
    """One paper at a time; what it is, whose it is, and the file."""

    kind = forms.ChoiceField(label="Loại giấy tờ", choices=DocumentKind)
    nominee = forms.ModelChoiceField(
        label="Của đối tượng",
        queryset=None,
        to_field_name="uid",
        required=False,
        empty_label="Cả hồ sơ",
        help_text="Báo cáo thành tích gắn với từng đối tượng; Tờ trình và biên bản là của cả hồ sơ.",
    )
    upload = UploadField(
        label="Tệp PDF", required=False, help_text="Bản quét rõ chữ ký và dấu, tối đa 20 MB. Mỗi lần một tệp."
    )

    def __init__(self, *args, dossier, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["nominee"].queryset = dossier.nominees.exclude(state="withdrawn")

    def clean(self):
        said = self.cleaned_data
        if not said.get("upload"):
            return said
        if said.get("kind") == DocumentKind.ACHIEVEMENT_REPORT and not said.get("nominee"):
            self.add_error("nominee", "Hãy chọn báo cáo này của đối tượng nào.")
        if said.get("kind") in (DocumentKind.SUBMISSION, DocumentKind.MINUTES) and said.get("nominee"):
            self.add_error("nominee", "Giấy tờ này là của cả hồ sơ, hãy chọn “Cả hồ sơ”.")
        return said


class NomineeForm(forms.ModelForm):
    """A nominee of the dossier; `report` is kept even when the words are not yet good."""

    kind = forms.ChoiceField(label="Đối tượng", choices=NomineeKind, widget=forms.RadioSelect)
    sex = forms.ChoiceField(
        label="Danh xưng (chỉ với cá nhân)",
        choices=[("", "Không"), (Sex.MALE, "Ông"), (Sex.FEMALE, "Bà")],
        required=False,
    )
    birth_date = VietnameseDateField(
        label="Ngày sinh",
        required=False,
        help_text="Không bắt buộc; chỉ dùng để xét trùng, không công bố.",
    )
    unit = forms.ModelChoiceField(
        label="Thuộc đơn vị",
        queryset=None,
        to_field_name="uid",
        empty_label=None,
        help_text="Đơn vị mà đối tượng thuộc về, hoặc chính là đối tượng.",
    )
    report = UploadField(
        label="Báo cáo thành tích (PDF)",
        required=False,
        help_text="Bắt buộc với tập thể. Hộ gia đình, cá nhân có thể chỉ cần tóm tắt thành tích ở trên.",
    )

    class Meta:
        model = Nominee
        fields = ["kind", "name", "sex", "birth_date", "position", "unit", "is_the_unit", "achievement"]
        labels = {
            "name": "Họ tên hoặc tên tập thể, hộ gia đình",
            "position": "Chức vụ, nơi công tác hoặc nơi ở",
            "is_the_unit": "Đối tượng chính là đơn vị này (cả đơn vị, không phải một bộ phận)",
            "achievement": "Tóm tắt thành tích",
        }
        help_texts = {
            "name": "Viết như sẽ in trong Quyết định, không ghi Ông, Bà.",
            "position": "In cạnh tên trong danh sách. Với tập thể thuộc đơn vị có thể để trống.",
            "achievement": "Trích ngang thành tích, in trong danh sách kèm Tờ trình.",
        }
        widgets = {"achievement": forms.Textarea(attrs={"rows": 5, "maxlength": 3000})}

    def __init__(self, *args, dossier, **kwargs):
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(Q(pk=dossier.unit_id) | Q(parent=dossier.unit_id))
        own_first = Case(When(pk=dossier.unit_id, then=0), default=1)
        self.fields["unit"].queryset = units.order_by(own_first, "sort_name")
        self.fields["unit"].initial = dossier.unit.uid
        if self.instance.pk:
            self.initial["unit"] = self.instance.unit.uid

    def clean(self):
        said = self.cleaned_data
        kind = said.get("kind")
        if kind == NomineeKind.INDIVIDUAL:
            if not said.get("sex"):
                self.add_error("sex", "Chọn Ông hoặc Bà.")
            if said.get("is_the_unit"):
                self.add_error("is_the_unit", "Một cá nhân không thể chính là đơn vị.")
        elif kind:
            said["sex"], said["birth_date"] = "", None
        if said.get("is_the_unit") and kind == NomineeKind.HOUSEHOLD:
            self.add_error("is_the_unit", "Một hộ gia đình không thể chính là đơn vị.")
        return said

    def values(self) -> dict:
        """Model fields by name, once the form is valid."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class VerdictForm(forms.Form):
    """The word of the appraisal on one nominee."""

    verdict = forms.ChoiceField(
        label="Kết luận",
        choices=[
            ("recommend", "Đề nghị khen thưởng"),
            ("not_recommend", "Không đề nghị (chưa đủ điều kiện)"),
            ("not_select", "Đủ điều kiện, không được chọn"),
            ("mark_duplicate", "Trùng với đề nghị khác"),
        ],
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(
        label="Ý kiến thẩm định",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Bắt buộc khi không đề nghị khen thưởng; nêu tiêu chuẩn hoặc căn cứ.",
    )

    def __init__(self, *args, nominee, **kwargs):
        super().__init__(*args, auto_id=f"id_{nominee.uid}_%s", **kwargs)
        self.nominee = nominee


class CriterionForm(forms.Form):
    """A person's word on a nominee by one criterion that no number can judge."""

    is_met = forms.TypedChoiceField(
        label="Kết luận",
        choices=[("yes", "Đạt"), ("no", "Chưa đạt")],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Lý do",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Đóng góp nào, minh chứng nào cho thấy đạt hoặc chưa đạt.",
    )
    evidence = forms.MultipleChoiceField(
        label="Căn cứ vào giấy tờ",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Hãy chọn ít nhất một giấy tờ làm minh chứng."},
    )

    def __init__(self, data=None, *, code, papers):
        super().__init__(data, auto_id=f"id_{code}_%s")
        self.papers = {str(paper.file.uid): paper for paper in papers}
        self.fields["evidence"].choices = [
            (uid, f"{paper.get_kind_display()}: {paper.file.name}") for uid, paper in self.papers.items()
        ]

    def act(self) -> dict:
        """The arguments of `workflow.appraisal.judge_criterion`."""
        said = self.cleaned_data
        papers = [self.papers[uid] for uid in said["evidence"]]
        return {"is_met": said["is_met"], "reason": said["reason"], "papers": papers}


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


class DecisionForm(forms.Form):
    """A new draft decision on an approved proposal."""

    proposal = forms.ModelChoiceField(
        label="Tờ trình đã duyệt", queryset=None, to_field_name="uid", empty_label=None
    )
    title = forms.CharField(
        label="Trích yếu",
        max_length=300,
        help_text="Phần “Về việc …” của Quyết định.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    kinds = forms.MultipleChoiceField(
        label="Chỉ lấy",
        choices=NomineeKind,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Để trống: mọi đối tượng đã duyệt. Một Tờ trình có thể ra nhiều Quyết định.",
    )

    def __init__(self, data=None, *, proposals):
        super().__init__(data, auto_id="id_new_%s")
        self.fields["proposal"].queryset = proposals
        self.fields["proposal"].label_from_instance = lambda p: f"{p.number} – {p.title}"
        self.has_proposals = proposals.exists()

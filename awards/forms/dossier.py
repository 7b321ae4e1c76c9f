"""What a unit writes of its dossier, and what asks it for more."""

from django import forms
from django.db.models import Exists, OuterRef, Q

from awards.checklist import nominees_in
from awards.enums import DocumentKind, DossierState
from awards.models import AwardForm, Dossier, Nominee
from core import clock
from core.forms import ColumnsField, UploadField, VietnameseDateField
from core.vietnamese import search_key
from registrations.enums import Channel
from registrations.models import Campaign
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
    cot = ColumnsField(
        {
            "so": "Số tiếp nhận",
            "doi-tuong": "Đối tượng",
            "nop-luc": "Nộp lúc",
            "thoi-han": "Thời hạn",
            "trang-thai": "Trạng thái",
        },
        first="Đơn vị đề nghị",
    )

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


class StateFilter(forms.Form):
    """A list narrowed to one state; a wrong value narrows nothing."""

    state = forms.ChoiceField(label="Trạng thái", required=False)

    def __init__(self, data, *, choices):
        super().__init__(data)
        self.fields["state"].choices = [("", "Tất cả"), *choices]

    def narrow(self, rows):
        self.is_valid()
        state = self.cleaned_data.get("state")
        return rows.filter(state=state) if state else rows


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


#: papers that are never one nominee's
OF_THE_DOSSIER = (DocumentKind.SUBMISSION, DocumentKind.LIST, DocumentKind.MINUTES, DocumentKind.PAPER)


class OpeningForm(forms.Form):
    """A time in which dossiers of a form are taken, with what it rests on."""

    form = forms.ModelChoiceField(
        label="Hình thức khen thưởng",
        queryset=AwardForm.objects.proposed(),
        to_field_name="code",
        empty_label=None,
    )
    campaign = forms.ModelChoiceField(
        label="Giai đoạn phong trào",
        queryset=Campaign.objects.all(),
        to_field_name="uid",
        empty_label=None,
    )
    opens_on = VietnameseDateField(label="Nhận hồ sơ từ ngày")
    closes_on = VietnameseDateField(label="Đến hết ngày")
    basis = forms.CharField(
        label="Căn cứ", max_length=300, help_text="Văn bản cho phép mở đợt: số, ngày, cơ quan ban hành."
    )

    def clean(self):
        said = self.cleaned_data
        if said.get("opens_on") and said.get("closes_on") and said["closes_on"] < said["opens_on"]:
            self.add_error("closes_on", "Ngày cuối phải từ ngày đầu trở đi.")
        return said


class PaperForm(DossierForm):
    """A dossier that came on paper: its receipt beside its words."""

    received_on = VietnameseDateField(
        label="Ngày nhận hồ sơ giấy", required=False, help_text="Thời hạn và quy định áp dụng theo ngày này."
    )

    class Meta(DossierForm.Meta):
        fields = ["channel", "paper_number", "received_on", *DossierForm.Meta.fields]
        labels = DossierForm.Meta.labels | {"channel": "Hình thức nộp", "paper_number": "Số văn bản đến"}
        help_texts = DossierForm.Meta.help_texts | {
            "paper_number": "Số trong sổ văn bản đến, hoặc mã hồ sơ của bộ phận một cửa."
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        on_paper = [choice for choice in Channel.choices if choice[0] != Channel.PORTAL]
        self.fields["channel"].choices = on_paper


class SupplementForm(forms.Form):
    """What is asked of the unit: up to `ROWS` items, each of the whole dossier or of one nominee."""

    ROWS = 8
    #: longer lists are not offered in a select: the nominee is named in the item
    MOST_NAMED = 60

    def __init__(self, *args, dossier, **kwargs):
        super().__init__(*args, auto_id="id_supplement_%s", **kwargs)
        named = list(nominees_in(dossier).in_order()[: self.MOST_NAMED + 1])
        self._nominees = {str(n.uid): n for n in named} if len(named) <= self.MOST_NAMED else {}
        choices = [("", "Cả hồ sơ"), *((uid, n.name) for uid, n in self._nominees.items())]
        for number in range(1, self.ROWS + 1):
            self.fields[f"about_{number}"] = forms.ChoiceField(
                label=f"Mục {number} về", choices=choices, required=False
            )
            self.fields[f"text_{number}"] = forms.CharField(
                label=f"Mục {number}: cần bổ sung gì", max_length=500, required=False
            )

    def clean(self):
        if not any(self.cleaned_data.get(f"text_{n}") for n in range(1, self.ROWS + 1)):
            self.add_error("text_1", "Hãy ghi ít nhất một mục cần bổ sung.")
        return self.cleaned_data

    def rows(self):
        """(field of the subject, field of the words) for the page."""
        return [(self[f"about_{n}"], self[f"text_{n}"]) for n in range(1, self.ROWS + 1)]

    def items(self) -> list:
        """Pairs (nominee or None, words), once the form is valid."""
        said = self.cleaned_data
        rows = ((said.get(f"about_{n}"), said.get(f"text_{n}")) for n in range(1, self.ROWS + 1))
        return [(self._nominees.get(about), words) for about, words in rows if words]


class UploadForm(forms.Form):
    """One paper at a time; what it is, whose it is, and the file."""

    MOST_NAMED = 60

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
    is_certified = forms.BooleanField(
        label="Báo cáo thành tích này có xác nhận của cấp trình khen thưởng", required=False
    )

    def __init__(self, *args, dossier, **kwargs):
        super().__init__(*args, **kwargs)
        nominees = nominees_in(dossier)
        self.fields["nominee"].queryset = nominees
        if nominees.count() > self.MOST_NAMED:
            del self.fields["nominee"]
            self.fields["kind"].help_text = "Giấy tờ của từng đối tượng: tải lên ở trang của đối tượng."

    def clean(self):
        said = self.cleaned_data
        if not said.get("upload"):
            return said
        if said.get("kind") == DocumentKind.ACHIEVEMENT_REPORT and not said.get("nominee"):
            field = "nominee" if "nominee" in self.fields else "kind"
            self.add_error(field, "Hãy chọn báo cáo này của đối tượng nào.")
        if said.get("kind") in OF_THE_DOSSIER and said.get("nominee"):
            self.add_error("nominee", "Giấy tờ này là của cả hồ sơ, hãy chọn “Cả hồ sơ”.")
        return said

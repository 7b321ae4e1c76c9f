"""The standing body's desk: its queue, verdicts, criteria only a person judges, who is named, feedback."""

import uuid

from django import forms
from django.db.models import Q

from awards.enums import DesignatedAct, DossierState, NomineeKind, NomineeState
from core.forms import ColumnsField
from core.vietnamese import search_key
from units.enums import KINDS_OF_TIER, Tier
from units.models import User


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


ANY = [("", "Tất cả")]


class QueueForm(forms.Form):
    """Which of the dossiers under appraisal are shown."""

    q = forms.CharField(
        label="Đơn vị, số tiếp nhận", required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    tier = forms.ChoiceField(label="Cấp", choices=[*ANY, *Tier.choices], required=False)
    whose = forms.ChoiceField(label="Người thẩm định", required=False)
    state = forms.ChoiceField(
        label="Trạng thái",
        required=False,
        choices=[
            (DossierState.SUBMITTED.value, "Chờ thẩm định"),
            (DossierState.RETURNED.value, "Chờ đơn vị bổ sung"),
            (DossierState.APPRAISED.value, "Đã thẩm định"),
        ],
    )
    cot = ColumnsField(
        {
            "so": "Số tiếp nhận",
            "thoi-han": "Thời hạn",
            "ket-luan": "Đã kết luận",
            "nguoi": "Người thẩm định",
            "trang-thai": "Trạng thái",
        },
        first="Đơn vị",
    )

    def __init__(self, data, *, user, people):
        super().__init__(data)
        self.user = user
        self.fields["whose"].choices = [
            *ANY,
            ("toi", "Giao cho tôi"),
            ("chua", "Chưa giao"),
            *((str(person.uid), person.full_name) for person in people),
        ]

    def narrow(self, dossiers):
        self.is_valid()
        asked = self.cleaned_data
        dossiers = dossiers.filter(state=asked.get("state") or DossierState.SUBMITTED)
        if text := asked.get("q", "").strip():
            named = Q(unit__search_name__contains=search_key(text))
            dossiers = dossiers.filter(named | Q(reference__icontains=text))
        if tier := asked.get("tier"):
            dossiers = dossiers.filter(unit__kind__in=KINDS_OF_TIER[tier])
        whose = asked.get("whose")
        if whose == "toi":
            dossiers = dossiers.filter(assigned_to=self.user)
        elif whose == "chua":
            dossiers = dossiers.filter(assigned_to=None)
        elif whose:
            dossiers = dossiers.filter(assigned_to__uid=whose)
        return dossiers


class NomineeFilterForm(forms.Form):
    """Which nominees of a dossier, or of a list, are shown; a wrong value narrows nothing."""

    q = forms.CharField(label="Tên, đơn vị", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    kind = forms.ChoiceField(label="Đối tượng", choices=[*ANY, *NomineeKind.choices], required=False)
    state = forms.ChoiceField(
        label="Kết luận",
        required=False,
        choices=[
            *ANY,
            (NomineeState.PROPOSED.value, "Chưa có kết luận"),
            (NomineeState.RECOMMENDED.value, "Đề nghị khen thưởng"),
            (NomineeState.NOT_RECOMMENDED.value, "Không đề nghị"),
            (NomineeState.NOT_SELECTED.value, "Đủ điều kiện, không chọn"),
            (NomineeState.DUPLICATE.value, "Trùng đề nghị khác"),
        ],
    )

    def __init__(self, data, *, by_state=True):
        super().__init__(data)
        if not by_state:
            del self.fields["state"]

    def narrow(self, nominees):
        self.is_valid()
        asked = self.cleaned_data
        if text := asked.get("q", "").strip():
            key = search_key(text)
            unit = Q(dossier__unit__search_name__contains=key) | Q(unit__search_name__contains=key)
            nominees = nominees.filter(Q(search_name__contains=key) | unit)
        if kind := asked.get("kind"):
            nominees = nominees.filter(kind=kind)
        if state := asked.get("state"):
            nominees = nominees.filter(state=state)
        return nominees


class VerdictsForm(forms.Form):
    """The same word on many nominees."""

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
    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data=None):
        super().__init__(data, auto_id="id_all_%s", initial={"request_key": uuid.uuid4})

    def clean(self):
        said = self.cleaned_data
        against = said.get("verdict") not in (None, "recommend")
        if against and not said.get("comment", "").strip():
            self.add_error("comment", "Hãy ghi lý do: căn cứ hoặc tiêu chuẩn chưa đạt.")
        return said


class DesignateForm(forms.Form):
    """Someone of a third unit, by the account he logs in with."""

    act = forms.ChoiceField(label="Được chỉ định để", choices=DesignatedAct)
    person = forms.CharField(
        label="Tài khoản của người được chỉ định",
        max_length=254,
        help_text="Tên đăng nhập hoặc thư điện tử của một người thuộc đơn vị khác hai cơ quan.",
    )
    reason = forms.CharField(
        label="Lý do",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Ví dụ: mọi người của cơ quan thẩm định đều có liên quan đến đơn vị đề nghị.",
    )

    def __init__(self, data=None, *, acts):
        super().__init__(data, auto_id="id_named_%s")
        self.fields["act"].choices = [(act.value, act.label) for act in acts]

    def someone(self) -> User | None:
        typed = self.cleaned_data["person"].strip()
        known = User.objects.filter(is_active=True)
        return known.filter(Q(username__iexact=typed) | Q(email__iexact=typed)).first()


class FeedbackForm(forms.Form):
    text = forms.CharField(
        label="Góp ý cho đơn vị",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Đơn vị đọc nguyên văn sau khi một lãnh đạo duyệt gửi và Quyết định được công bố.",
    )

    def __init__(self, data=None, *, nominee, **kwargs):
        super().__init__(data, auto_id=f"id_feedback_{nominee.uid}_%s", **kwargs)
        self.nominee = nominee

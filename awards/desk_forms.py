"""Forms of the two desks: who appraises, what is said of many at once, opinions of other offices, posting."""

import uuid

from django import forms
from django.db.models import Q

from awards.enums import DesignatedAct, DossierState, NomineeKind, NomineeState, View
from awards.models import ConsultationRule
from core import clock
from core.forms import UploadField, VietnameseDateField
from core.vietnamese import search_key
from units.enums import KINDS_OF_TIER, Tier
from units.models import User

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


class AskForm(forms.Form):
    """An opinion asked of another office; how long it has and what silence means follow from the topic."""

    topic = forms.ModelChoiceField(
        label="Lĩnh vực và thời hạn",
        queryset=None,
        to_field_name="topic",
        empty_label=None,
        widget=forms.RadioSelect,
    )
    office = forms.CharField(
        label="Cơ quan được xin ý kiến",
        max_length=200,
        required=False,
        help_text="Để trống: lấy cơ quan thường được hỏi về lĩnh vực này.",
    )
    question = forms.CharField(
        label="Nội dung xin ý kiến",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Để trống: lấy nội dung thường dùng của lĩnh vực này.",
    )

    def __init__(self, data=None):
        super().__init__(data)
        rules = ConsultationRule.objects.filter(validity__contains=clock.today()).order_by("pk")
        self.fields["topic"].queryset = rules
        self.fields["topic"].label_from_instance = lambda rule: (
            f"{rule.get_topic_display()} – {rule.office}. Trả lời trong {rule.working_days} ngày làm việc. "
            f"{rule.get_silence_display()}"
        )
        self.fields["topic"].error_messages["invalid_choice"] = "Hãy chọn một lĩnh vực trong danh sách."

    def words(self) -> dict:
        rule = self.cleaned_data["topic"]
        return {
            "rule": rule,
            "office": self.cleaned_data["office"].strip() or rule.office,
            "question": self.cleaned_data["question"].strip() or rule.question,
        }


class SendForm(forms.Form):
    """The letter as it was signed and sent outside the portal."""

    number = forms.CharField(label="Số công văn", max_length=30)
    sent_on = VietnameseDateField(label="Ngày gửi", help_text="Thời hạn trả lời tính từ ngày này.")
    upload = UploadField(label="Công văn đã ký (PDF)", required=False)

    def __init__(self, data=None, files=None):
        super().__init__(data, files, auto_id="id_send_%s")


class ReplyForm(forms.Form):
    """What an office answered, for each nominee."""

    number = forms.CharField(label="Số văn bản trả lời", max_length=30, required=False)
    replied_on = VietnameseDateField(label="Ngày trả lời")
    upload = UploadField(label="Văn bản trả lời (PDF)", required=False)

    def __init__(self, data=None, files=None, *, nominees):
        super().__init__(data, files, auto_id="id_reply_%s")
        self.nominees = list(nominees)
        for nominee in self.nominees:
            self.fields[f"view_{nominee.uid}"] = forms.ChoiceField(
                label=nominee.name, choices=View, required=False, initial=View.AGREES
            )
            self.fields[f"words_{nominee.uid}"] = forms.CharField(
                label=f"Nội dung ý kiến về {nominee.name}", max_length=1000, required=False
            )

    def views(self) -> dict:
        said = self.cleaned_data
        return {
            n.uid: (said.get(f"view_{n.uid}") or "", said.get(f"words_{n.uid}") or "") for n in self.nominees
        }


class PostForm(forms.Form):
    working_days = forms.IntegerField(
        label="Số ngày làm việc lấy ý kiến",
        min_value=1,
        help_text="Tính từ ngày làm việc sau hôm nay; ngày cuối tính đến hết 23 giờ 59 phút.",
    )

    def __init__(self, data=None, *, usual=None):
        super().__init__(data, auto_id="id_post_%s", initial={"working_days": usual or 5})


class CommentForm(forms.Form):
    """A comment of the public on a posted list. `website` is a trap: people do not see it."""

    author = forms.CharField(label="Họ và tên", max_length=120)
    contact = forms.CharField(
        label="Điện thoại hoặc thư điện tử",
        max_length=120,
        help_text="Chỉ cơ quan thường trực đọc, để liên hệ khi cần làm rõ. Không công bố.",
    )
    about = forms.ModelChoiceField(
        label="Góp ý về",
        queryset=None,
        required=False,
        to_field_name="uid",
        empty_label="Cả danh sách",
        widget=forms.HiddenInput,
    )
    text = forms.CharField(
        label="Nội dung góp ý",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Nêu rõ việc, thời gian, nơi xảy ra. Góp ý không hiện trên trang công khai.",
    )
    website = forms.CharField(
        label="Không điền mục này",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, data=None, *, posting, initial=None):
        super().__init__(data, initial=initial)
        self.fields["about"].queryset = posting.names.all()

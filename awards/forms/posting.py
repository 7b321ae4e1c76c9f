"""A list posted for comment, and what is said of it."""

from django import forms


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

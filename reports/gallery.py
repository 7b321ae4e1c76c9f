"""Every component once, with invented data: the page on which the look is judged (demo only)."""

import re
from types import SimpleNamespace

from django import forms
from django.conf import settings
from django.contrib import messages
from django.shortcuts import render

from core import clock
from core.findings import Finding
from core.forms import UploadField, VietnameseDateField, WholeNumberField

SPRITE = settings.BASE_DIR / "static" / "icons" / "sprite.svg"


class SampleForm(forms.Form):
    title = forms.CharField(label="Tên mô hình, sáng kiến", max_length=200)
    handled = WholeNumberField(
        label="Số hồ sơ giải quyết trực tuyến",
        help_text="Chỉ tính hồ sơ đã trả kết quả trong kỳ, kể cả hồ sơ nộp từ kỳ trước.",
    )
    launched_on = VietnameseDateField(label="Ngày phát động")
    field_of_work = forms.ChoiceField(
        label="Lĩnh vực", choices=[("", "Chọn lĩnh vực"), ("gov", "Chính quyền số"), ("eco", "Kinh tế số")]
    )
    tiers = forms.MultipleChoiceField(
        label="Áp dụng cho",
        choices=[("province", "Cấp tỉnh"), ("district", "Cấp huyện"), ("commune", "Cấp xã")],
        widget=forms.CheckboxSelectMultiple,
    )
    way = forms.ChoiceField(
        label="Cách nộp", choices=[("portal", "Trên cổng"), ("paper", "Bản giấy")], widget=forms.RadioSelect
    )
    narrative = forms.CharField(
        label="Kết quả nổi bật", widget=forms.Textarea(attrs={"rows": 4}), help_text="Không quá 300 chữ."
    )
    plan = UploadField(label="Kế hoạch đã ký (PDF)")
    is_confirmed = forms.BooleanField(label="Tôi xác nhận số liệu đã được lãnh đạo đơn vị duyệt")


class SampleFilter(forms.Form):
    q = forms.CharField(label="Tìm đơn vị", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    state = forms.ChoiceField(
        label="Trạng thái",
        required=False,
        choices=[("", "Tất cả"), ("filed", "Chờ xét"), ("late", "Nộp muộn")],
    )


def gallery(request):
    now = clock.now()
    messages.success(request, "Đã nộp đăng ký thi đua. Số biên nhận ĐK-2027-0042.")
    messages.error(request, "Chưa lưu được. Trang đã cũ, hãy tải lại.")
    return render(
        request,
        "components/gallery.html",
        {
            "nav": [
                {"label": "Trang chính", "url": "#", "active": False, "icon": "home"},
                {"label": "Đăng ký", "url": "#", "active": True, "icon": "edit"},
                {
                    "label": "Báo cáo",
                    "active": False,
                    "icon": "chart",
                    "entries": [
                        {"label": "Báo cáo số liệu", "url": "#", "active": False, "icon": "chart"},
                        {"label": "Xếp hạng", "url": "#", "active": False, "icon": "table"},
                    ],
                },
                {"label": "Hồ sơ khen thưởng", "url": "#", "active": False, "icon": "gold"},
            ],
            "trail": [("Trang chính", "#"), ("Đăng ký thi đua", "#"), ("Năm 2027", "")],
            "findings": [
                Finding("Chưa nhập ngày phát động.", field="launched_on"),
                Finding("Kế hoạch phải là bản đã ký, có dấu.", field="plan"),
            ],
            "steps": [
                {"label": "Đăng ký", "state": "done", "when": "18/02/2027", "who": "Nguyễn Thị Lan"},
                {
                    "label": "Báo cáo 6 tháng",
                    "state": "current",
                    "when": "hạn 15/06/2027",
                    "who": "còn 12 ngày",
                },
                {"label": "Báo cáo năm", "state": "todo", "when": "hạn 15/12/2027"},
                {"label": "Hồ sơ khen thưởng", "state": "todo"},
                {"label": "Kết quả", "state": "todo"},
            ],
            "events": [
                {"when": now, "who": "Nguyễn Thị Lan", "text": "đã nộp đăng ký.", "comment": ""},
                {
                    "when": now,
                    "who": "Trần Văn Hùng (Sở Thông tin và Truyền thông)",
                    "text": "đã trả lại đăng ký, hẹn bổ sung trước ngày 27/02/2027.",
                    "comment": "Chỉ tiêu hồ sơ trực tuyến thấp hơn mức tối thiểu của kế hoạch.",
                },
            ],
            "pairs": [
                ("Số biên nhận", "ĐK-2027-0042"),
                ("Nộp lúc", "16:05 ngày 18/02/2027"),
                ("Người nộp", "Nguyễn Thị Lan"),
            ],
            "tiles": [
                {"number": 168, "label": "phải đăng ký", "url": "#"},
                {"number": 141, "label": "đã nộp", "url": "#", "tone": "success", "active": True},
                {"number": 9, "label": "nộp muộn", "url": "#", "tone": "warning"},
                {"number": 18, "label": "chưa nộp", "url": "#", "tone": "danger"},
            ],
            "tabs": [
                {"label": "Chờ xét", "url": "#", "active": True, "count": 12},
                {"label": "Đã xác nhận", "url": "#", "active": False, "count": 120},
                {"label": "Nhật ký", "url": "#", "active": False},
            ],
            "sections": [
                {"label": "Lĩnh vực", "url": "#", "active": False, "missing": 0},
                {"label": "Chỉ tiêu", "url": "#", "active": True, "missing": 3},
                {"label": "Nhiệm vụ", "url": "#", "active": False, "missing": 1},
            ],
            "rows": [
                {"label": "Sở, ban, ngành", "percent": 96, "text": "24/25"},
                {"label": "Huyện, thị xã, thành phố", "percent": 88.9, "text": "8/9"},
                {"label": "Xã, phường, thị trấn", "percent": 71.5, "text": "108/151"},
            ],
            "files": [
                SimpleNamespace(
                    name="Kế hoạch 45-KH-UBND.pdf",
                    size=1_840_000,
                    url="#",
                    note="tải lên 16:02",
                    remove_url="#",
                )
            ],
            "form": SampleForm(),
            "wrong_form": SampleForm({"handled": "95,5", "title": ""}, prefix="sai", auto_id="id_sai_%s"),
            "filter_form": SampleFilter(),
            "icons": re.findall(r'<symbol id="([a-z]+)"', SPRITE.read_text()),
        },
    )

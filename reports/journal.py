"""The journal in the words of who reads it: acts, kinds of things and states, none of them raw.

The journal itself (`core.models.Event`) knows no business; here everything is known.
"""

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist

ACTS = {
    "accept": "Chấp nhận",
    "add": "Thêm",
    "add_finding": "Ghi phát hiện",
    "add_member": "Thêm thành viên đoàn",
    "add_name": "Thêm tên",
    "add_pilot": "Thêm đơn vị chỉ đạo điểm",
    "add_visit": "Thêm buổi kiểm tra",
    "adjust": "Cộng, trừ điểm",
    "amend": "Sửa dữ liệu ban hành",
    "anonymise": "Ẩn danh",
    "answer": "Trả lời",
    "apply": "Áp dụng",
    "appoint": "Giao nhiệm vụ",
    "appraise": "Hoàn thành thẩm định",
    "approve": "Duyệt",
    "arrange": "Sắp xếp danh sách",
    "ask": "Gửi yêu cầu",
    "ask_head": "Trình thủ trưởng",
    "assign": "Phân công",
    "attach": "Đính kèm tệp",
    "award": "Khen thưởng",
    "cancel": "Hủy",
    "change": "Sửa",
    "change_trust": "Sửa độ tin cậy của chứng thư",
    "charge_missing": "Ghi tiền thưởng còn thiếu vào sổ",
    "cite_anyway": "Ghi lý do viện dẫn",
    "close": "Đóng",
    "comment": "Góp ý",
    "communicate": "Thông báo kết quả",
    "conclude": "Kết thúc",
    "confirm": "Xác nhận",
    "contest": "Kiến nghị",
    "copy": "Chép từ năm trước",
    "correct": "Đính chính",
    "designate": "Chỉ định",
    "dismiss_revocation": "Không hủy bỏ",
    "draft_correction": "Lập đính chính",
    "draft_letter": "Lập công văn",
    "drop": "Đưa ra khỏi danh sách",
    "drop_correction": "Bỏ đính chính đang chờ",
    "drop_head_approval": "Bỏ việc thủ trưởng duyệt",
    "edit": "Sửa nội dung",
    "end": "Kết thúc",
    "end_designation": "Thôi chỉ định",
    "end_extension": "Thôi gia hạn",
    "end_pilot": "Thôi chỉ đạo điểm",
    "enter": "Vào sổ",
    "enter_on_paper": "Nhập từ bản giấy",
    "erase_payload": "Xóa lời có thể là dữ liệu cá nhân",
    "extend": "Gia hạn",
    "file": "Nộp",
    "finalise": "Chốt danh sách",
    "forward": "Chuyển trình",
    "gather": "Đưa vào danh sách",
    "grant": "Cấp",
    "hand_out": "Trao",
    "hold": "Tạm dừng xét",
    "import_figures": "Nhập số liệu từ Excel",
    "import_nominees": "Nhập đối tượng từ Excel",
    "import_people": "Nhập người dùng từ Excel",
    "import_plan": "Nhập kế hoạch từ Excel",
    "import_recorded_awards": "Nhập danh sách Giấy khen từ Excel",
    "import_units": "Nhập đơn vị từ Excel",
    "invite": "Mời",
    "issue": "Ban hành",
    "issue_scale": "Ban hành thang điểm",
    "judge": "Kết luận",
    "leave_on_paper": "Thôi nhập từ bản giấy",
    "leave_support": "Thôi xem hỗ trợ",
    "lift_late": "Bỏ dấu nộp muộn",
    "link": "Liên kết tài khoản",
    "load_trust": "Nạp chứng thư, danh sách thu hồi",
    "mark_duplicate": "Ghi là trùng",
    "measure": "Đo lại phôi in",
    "not_recommend": "Không đề nghị khen thưởng",
    "not_select": "Không chọn",
    "note": "Ghi nhận",
    "note_bounce": "Ghi thư bị trả lại",
    "note_council": "Ghi biên bản Hội đồng",
    "oblige": "Lập danh sách phải làm",
    "open": "Mở",
    "open_form": "Mở đợt nhận hồ sơ",
    "place": "Xếp vào khối",
    "plan": "Lập kế hoạch",
    "post": "Niêm yết",
    "propose_revocation": "Đề nghị hủy bỏ",
    "publish": "Công bố",
    "publish_progress": "Công bố tiến độ",
    "put_in_force": "Đưa vào áp dụng",
    "recall": "Gọi về",
    "recommend": "Đề nghị khen thưởng",
    "record": "Ghi nhận",
    "record_plan": "Ghi kế hoạch",
    "refuse": "Không đồng ý",
    "reject": "Không tiếp nhận",
    "release": "Cho xét tiếp",
    "release_feedback": "Duyệt gửi góp ý",
    "remind": "Gửi thư nhắc",
    "remove": "Gỡ",
    "remove_finding": "Bỏ phát hiện",
    "remove_member": "Bỏ thành viên đoàn",
    "remove_name": "Bỏ tên",
    "remove_visit": "Bỏ buổi kiểm tra",
    "reopen": "Mở lại",
    "reprint": "In lại",
    "request_supplement": "Yêu cầu bổ sung",
    "require_head_approval": "Yêu cầu thủ trưởng duyệt",
    "resend": "Gửi lại",
    "resolve_certificates": "Xem các Giấy khen cùng thời gian",
    "resolve_match": "Kết luận về khả năng trùng",
    "restore": "Khôi phục",
    "retire": "Thôi áp dụng",
    "retract": "Thu hồi",
    "retry": "Gửi lại thư",
    "return": "Trả lại",
    "return_items": "Nhận lại hiện vật, tiền thưởng",
    "revoke": "Hủy bỏ",
    "rework": "Đưa về thẩm định lại",
    "send": "Gửi",
    "send_back": "Yêu cầu sửa",
    "set_aside": "Không xem xét",
    "set_reminders": "Sửa cách nhận thư nhắc",
    "settle_rules": "Chuyển sang quy định của ngày nhận",
    "sign": "Ghi nhận chữ ký",
    "sign_out": "Đăng xuất phiên",
    "start": "Bắt đầu lập",
    "state_ceiling": "Ghi mức trần của quỹ",
    "strike": "Gạch tên",
    "submit": "Nộp, trình",
    "supersede": "Thay bằng bộ mới",
    "support": "Xem hỗ trợ",
    "take_back": "Rút bản trình",
    "verify": "Hoàn tất thẩm định",
    "waive": "Miễn",
    "withdraw": "Rút",
    "write_feedback": "Viết góp ý",
}
OTHER = "Việc khác"
#: rows of settings: the act bears the name of the model
_ON_ROWS = {"add": "Thêm", "change": "Sửa", "delete": "Xóa"}
_TRUTH = {"True": "Có", "False": "Không"}


def act_words(act: str) -> str:
    return ACTS.get(act) or _ON_ROWS.get(act.partition("_")[0], OTHER)


def kinds() -> dict[str, str]:
    """The kinds of things that events are about: label of the model → its name."""
    ours = ("core", "units", "criteria", "registrations", "awards", "reports")
    names = {
        model._meta.label_lower: str(model._meta.verbose_name)
        for model in apps.get_models()
        if model._meta.app_label in ours
    }
    return {label: f"{name[:1].upper()}{name[1:]}" for label, name in names.items()}


def kind_words(object_type: str) -> str:
    return kinds().get(object_type, "Đối tượng đã bỏ")


def state_words(object_type: str, state: str) -> str:
    """A state by the label of its model's own choices; what is no state (a day) stays as it is."""
    if state in _TRUTH:
        return _TRUTH[state]
    try:
        field = apps.get_model(object_type)._meta.get_field("state")
    except (LookupError, FieldDoesNotExist):
        return state
    return str(dict(field.choices or ()).get(state, state))

"""What a person is told on the home page at a first visit, by role; until he says he has read it."""

from dataclasses import dataclass

from django.urls import reverse

from reports.help.places import manual_of
from reports.models import GuideRead


@dataclass(frozen=True)
class Step:
    title: str
    text: str


@dataclass(frozen=True)
class Guide:
    #: the manual it begins
    manual: str
    title: str
    steps: tuple[Step, ...]

    @property
    def url(self) -> str:
        return reverse("reports:manual", args=[self.manual])


GUIDES = {
    guide.manual: guide
    for guide in (
        Guide(
            "nguoi-lap-ho-so",
            "Lần đầu vào cổng? Một năm của đơn vị có bốn việc",
            (
                Step("Đăng ký thi đua", "Chép từ năm trước, sửa chỉ tiêu, đính kế hoạch đã ký, rồi nộp."),
                Step(
                    "Báo cáo số liệu",
                    "Gõ tử số, mẫu số từng tiêu chí kèm minh chứng; cổng cho biết đạt hay chưa.",
                ),
                Step(
                    "Hồ sơ khen thưởng",
                    "Thêm đối tượng, tải giấy tờ theo danh mục, in Tờ trình để ký rồi nộp.",
                ),
                Step(
                    "Theo dõi", "Thẻ ở trang này cho biết việc nào tới hạn; mọi bản đang soạn được giữ lại."
                ),
            ),
        ),
        Guide(
            "thu-truong",
            "Lần đầu vào cổng? Thủ trưởng làm được ba việc",
            (
                Step(
                    "Duyệt trước khi nộp",
                    "Bản chờ duyệt hiện thành thẻ ở trang này; đọc rồi duyệt hoặc trả lại.",
                ),
                Step(
                    "Xem đơn vị đạt đến đâu",
                    "Mục Báo cáo số liệu cho biết từng tiêu chí đạt hay chưa qua các năm.",
                ),
                Step("Giao người", "Quản trị đơn vị mời và cho thôi người làm việc ở trang của đơn vị."),
            ),
        ),
        Guide(
            "co-quan-thuong-truc",
            "Lần đầu vào cổng? Cơ quan thường trực đi theo bốn chặng",
            (
                Step("Mở và theo dõi kỳ", "Mục Theo dõi tiến độ cho biết ai đã nộp, ai còn thiếu, ai muộn."),
                Step(
                    "Xét đăng ký, thẩm định số liệu",
                    "Mở một bản, ghi kết luận, sang bản kế tiếp bằng phím n.",
                ),
                Step(
                    "Thẩm định hồ sơ",
                    "Kết luận từng đối tượng; việc trùng và tạm dừng được báo ngay bên cạnh.",
                ),
                Step("Lập Tờ trình", "Gom đối tượng, in trọn bộ để ký, tải bản đã ký rồi chuyển trình."),
            ),
        ),
        Guide(
            "co-quan-thi-dua-khen-thuong",
            "Lần đầu vào cổng? Cơ quan thi đua - khen thưởng đi theo ba chặng",
            (
                Step(
                    "Xét Tờ trình",
                    "Bàn xét duyệt cho biết Tờ trình nào chờ; xét từng đối tượng, có ghi lý do.",
                ),
                Step("Quyết định", "Lập dự thảo, tính tiền thưởng, trình ký, ghi số và ngày khi đã ký."),
                Step(
                    "Công bố",
                    "Người công bố khác người ban hành; từ lúc đó mọi người tra cứu và xác minh được.",
                ),
            ),
        ),
        Guide(
            "quan-tri",
            "Lần đầu vào cổng? Quản trị trông coi ba việc",
            (
                Step("Người và đơn vị", "Mời người, giao vai trò, áp dụng việc sắp xếp đơn vị."),
                Step(
                    "Thư và việc định kỳ", "Thư chưa rõ đã đi hay chưa và việc không chạy đều hiện thành thẻ."
                ),
                Step("Hỗ trợ", "Xem cổng như một người thấy, không sửa được gì, có ghi nhật ký."),
            ),
        ),
    )
}


def guide_for(user) -> Guide | None:
    """None when the person has put it away."""
    slug = manual_of(user)
    if GuideRead.objects.filter(user=user, manual=slug).exists():
        return None
    return GUIDES[slug]

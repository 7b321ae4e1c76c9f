"""Examples of the documents the portal prints; every name in them is invented."""

from datetime import date

from core.documents import (
    Annex,
    Article,
    Band,
    Bullet,
    Column,
    Document,
    Facts,
    Heading,
    Paragraph,
    Signature,
    Table,
    Total,
)

MARK = "DỮ LIỆU MINH HOẠ"
LONG_NAME = "Nguyễn Phước Quý Thị Ngọc Trường Xuân Hoàng Diệu Phương Quyên"
LONG_TITLE = (
    "Phó Chủ tịch Thường trực Hội đồng quản trị kiêm Giám đốc Trung tâm Nghiên cứu, Ứng dụng và "
    "Chuyển giao công nghệ số vùng cao"
)

LIST_COLUMNS = (
    Column("STT", 11, "center"),
    Column("Tên tập thể, hộ gia đình, cá nhân", 46),
    Column("Chức vụ, đơn vị công tác, địa chỉ", 46),
    Column("Tóm tắt thành tích", 62),
)


def collective(position: int) -> tuple[str, ...]:
    return (
        str(position),
        f"Tổ công nghệ số cộng đồng thôn Nậm Chảy {position}",
        "Xã Nậm Chảy, huyện Mường Khương",
        "Hướng dẫn 100% hộ trong thôn nộp hồ sơ dịch vụ công trực tuyến toàn trình năm 2025",
    )


def nominees(count: int) -> Table:
    """`count` collectives, and after them a household and two individuals."""
    return Table(
        columns=LIST_COLUMNS,
        rows=(
            Band(f"I. TẬP THỂ ({count} tập thể)"),
            *(collective(position) for position in range(1, count + 1)),
            Band("II. HỘ GIA ĐÌNH (01 hộ)"),
            (
                "1",
                "Hộ ông Giàng A Sử",
                "Thôn Tả Van Giáy 1, xã Tả Van, thị xã Sa Pa",
                "Đưa 12 sản phẩm thổ cẩm của bản lên sàn thương mại điện tử",
            ),
            Band("III. CÁ NHÂN (02 cá nhân)"),
            (
                "1",
                f"Bà {LONG_NAME}",
                LONG_TITLE,
                "Chủ trì xây dựng kho dữ liệu dùng chung của ngành",
            ),
            (
                "2",
                "Ông Lù Văn Páo",
                "Công chức Văn hóa - xã hội, Ủy ban nhân dân xã Bản Lầu",
                "Sáng kiến số hóa sổ hộ tịch, rút ngắn thời gian tra cứu từ 02 ngày còn 05 phút",
            ),
        ),
    )


def proposal(count: int = 20) -> Document:
    return Document(
        parent_body="UBND TỈNH LÀO CAI",
        issuing_body="SỞ THÔNG TIN VÀ TRUYỀN THÔNG",
        symbol="TTr-STTTT",
        year=2026,
        place="Lào Cai",
        kind="TỜ TRÌNH",
        abstract=(
            "Về việc đề nghị Chủ tịch Ủy ban nhân dân tỉnh tặng Bằng khen trong phong trào thi đua "
            "chuyển đổi số giai đoạn 2022 - 2025"
        ),
        addressees=(
            "Ủy ban nhân dân tỉnh Lào Cai",
            "Sở Nội vụ (Ban Thi đua - Khen thưởng)",
        ),
        bases=(
            "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",
            "Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ quy định về "
            "phân cấp, phân quyền trong lĩnh vực thi đua, khen thưởng",
            "Căn cứ Kế hoạch của Ủy ban nhân dân tỉnh tổ chức phong trào thi đua “Chuyển đổi số” trên "
            "địa bàn tỉnh Lào Cai giai đoạn 2022 - 2025",
        ),
        body=(
            Heading("I. KẾT QUẢ PHONG TRÀO"),
            Paragraph(
                "Qua bốn năm thực hiện, 60 cơ quan, đơn vị cấp tỉnh, 09 huyện, thị xã, thành phố và "
                "152 xã, phường, thị trấn đã đăng ký và tổ chức phong trào thi đua chuyển đổi số. "
                "Tỷ lệ hồ sơ công việc được xử lý trên môi trường mạng đạt 96,4%, tăng 31,2 điểm phần "
                "trăm so với năm 2022."
            ),
            Paragraph("Các đơn vị đã tập trung vào những nội dung chính sau:"),
            Bullet("Xây dựng, hoàn thiện hạ tầng số, nền tảng số dùng chung của tỉnh;"),
            Bullet("Phổ cập kỹ năng số cho người dân, nhất là đồng bào dân tộc thiểu số vùng cao."),
            Heading("II. KẾT QUẢ XÉT KHEN THƯỞNG"),
            Paragraph(
                "Trên cơ sở hồ sơ của các đơn vị, Sở Thông tin và Truyền thông đã thẩm định và kết "
                "luận: các tập thể, hộ gia đình, cá nhân có tên trong danh sách kèm theo đúng đối "
                "tượng, đủ điều kiện, tiêu chuẩn; hồ sơ, thủ tục bảo đảm theo quy định."
            ),
            Heading("III. ĐỀ NGHỊ"),
            Paragraph(
                "Sở Thông tin và Truyền thông trình Chủ tịch Ủy ban nhân dân tỉnh xem xét, tặng Bằng "
                f"khen cho {count:02} tập thể, 01 hộ gia đình và 02 cá nhân có thành tích xuất sắc trong "
                "phong trào thi đua chuyển đổi số giai đoạn 2022 - 2025 (có danh sách kèm theo)."
            ),
            Paragraph("Kính trình Ủy ban nhân dân tỉnh xem xét, quyết định."),
        ),
        signature=Signature(("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
        recipients=("Như trên", "Lãnh đạo Sở", "Lưu: VT, CNTT"),
        annexes=(
            Annex("DANH SÁCH ĐỀ NGHỊ TẶNG BẰNG KHEN", (nominees(count),)),
            Annex(
                "TỔNG HỢP TIỀN THƯỞNG DỰ KIẾN",
                (
                    Table(
                        columns=(
                            Column("Đối tượng", 60),
                            Column("Số lượng", 30, "right"),
                            Column("Mức thưởng (đồng)", 35, "right"),
                            Column("Thành tiền (đồng)", 40, "right"),
                        ),
                        rows=(
                            ("Tập thể", "20", "7.020.000", "140.400.000"),
                            ("Cá nhân, hộ gia đình", "3", "3.510.000", "10.530.000"),
                            Total("Tổng cộng", ("150.930.000",)),
                        ),
                    ),
                ),
                caption="Kèm theo Tờ trình của Sở Thông tin và Truyền thông",
            ),
        ),
        mark=MARK,
    )


def decision() -> Document:
    return Document(
        issuing_body="ỦY BAN NHÂN DÂN TỈNH LÀO CAI",
        symbol="QĐ-UBND",
        number="7",
        day=date(2026, 2, 5),
        place="Lào Cai",
        kind="QUYẾT ĐỊNH",
        abstract=(
            "Về việc tặng Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh cho các tập thể, cá nhân có "
            "thành tích xuất sắc trong phong trào thi đua chuyển đổi số"
        ),
        authority="CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LÀO CAI",
        bases=(
            "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025",
            "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",
            "Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 12/TTr-SNV ngày 30 tháng 01 năm 2026",
        ),
        resolution="QUYẾT ĐỊNH:",
        body=(
            Article(
                1,
                "Tặng Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh cho 20 tập thể và 02 cá nhân có "
                "thành tích xuất sắc trong phong trào thi đua chuyển đổi số giai đoạn 2022 - 2025 "
                "(có danh sách kèm theo).",
            ),
            Article(
                2,
                "Mức tiền thưởng thực hiện theo Điều 49 Nghị định số 152/2025/NĐ-CP, trích từ Quỹ Thi "
                "đua, Khen thưởng tỉnh.",
            ),
            Article(
                3,
                "Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc Sở Nội vụ, Giám đốc Sở Thông tin và "
                "Truyền thông, thủ trưởng các cơ quan, đơn vị có liên quan và các tập thể, cá nhân có "
                "tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này kể từ ngày ký.",
            ),
        ),
        signature=Signature(("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), name="Vàng Thị Minh Hoạ"),
        recipients=("Như Điều 3", "TT Tỉnh ủy, HĐND, UBND tỉnh", "Lưu: VT, TĐKT"),
        mark=MARK,
    )


def report() -> Document:
    return Document(
        parent_body="UBND HUYỆN BẢO THẮNG",
        issuing_body="PHÒNG VĂN HÓA VÀ THÔNG TIN",
        symbol="BC-VHTT",
        number="112",
        day=date(2025, 11, 20),
        place="Bảo Thắng",
        kind="BÁO CÁO",
        abstract="Thành tích đề nghị tặng Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
        body=(
            Heading("I. SƠ LƯỢC ĐẶC ĐIỂM, TÌNH HÌNH"),
            Heading("1. Đặc điểm", level=2),
            Paragraph("Phòng có 09 công chức, trong đó 06 nữ; chi bộ có 07 đảng viên."),
            Heading("II. THÀNH TÍCH ĐẠT ĐƯỢC"),
            Table(
                columns=(
                    Column("Chỉ tiêu", 85),
                    Column("Kết quả", 40, "center"),
                    Column("Tỷ lệ", 30, "right"),
                ),
                rows=(("Hồ sơ công việc xử lý trên môi trường mạng", "1.900/2.000", "95%"),),
            ),
        ),
        signature=Signature(("TRƯỞNG PHÒNG",), name="Hoàng Thị Ví Dụ"),
        opposite=Signature(("XÁC NHẬN CỦA CẤP TRÌNH", "KHEN THƯỞNG")),
        recipients=("UBND huyện", "Lưu: VT"),
        mark=MARK,
    )


def receipt() -> Document:
    return Document(
        parent_body="UBND TỈNH LÀO CAI",
        issuing_body="SỞ THÔNG TIN VÀ TRUYỀN THÔNG",
        number="ĐK-2027-000123",
        day=date(2027, 2, 19),
        place="Lào Cai",
        kind="GIẤY BIÊN NHẬN HỒ SƠ",
        abstract="Đăng ký thi đua chuyển đổi số năm 2027",
        body=(
            Paragraph(
                "Cổng thông tin phong trào thi đua chuyển đổi số tỉnh Lào Cai xác nhận đã nhận hồ sơ "
                "đăng ký thi đua với các thông tin sau:"
            ),
            Facts(
                (
                    ("Đơn vị nộp", "Ủy ban nhân dân xã Nậm Chảy, huyện Mường Khương"),
                    ("Người nộp", LONG_NAME),
                    ("Chức vụ", LONG_TITLE),
                    ("Thời điểm nhận", "23 giờ 59 phút 59 giây ngày 19/02/2027"),
                    ("Tình trạng", "Đúng hạn (hạn cuối 23 giờ 59 phút ngày 20/02/2027)"),
                    ("Mã băm SHA-256", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
                )
            ),
            Paragraph("Giấy này do hệ thống lập tự động, có giá trị xác nhận thời điểm nộp hồ sơ."),
        ),
        ending="",
        mark=MARK,
    )


def letter() -> Document:
    return Document(
        parent_body="UBND TỈNH LÀO CAI",
        issuing_body="SỞ THÔNG TIN VÀ TRUYỀN THÔNG",
        symbol="STTTT-CNTT",
        year=2026,
        place="Lào Cai",
        kind="",
        abstract="V/v đôn đốc đăng ký thi đua chuyển đổi số năm 2026",
        addressees=("Ủy ban nhân dân huyện Bảo Thắng",),
        body=(
            Paragraph(
                "Đến hết ngày 20/02/2026, Sở Thông tin và Truyền thông chưa nhận được đăng ký thi đua "
                "chuyển đổi số năm 2026 của Ủy ban nhân dân huyện Bảo Thắng."
            ),
            Paragraph("Đề nghị quý cơ quan gửi đăng ký trước ngày 28 tháng 02 năm 2026"),
        ),
        signature=Signature(("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
        recipients=("Như trên", "Lưu: VT, CNTT"),
        mark=MARK,
    )


def simple(*body, **boxes):
    return Document(
        kind="BÁO CÁO", abstract="", issuing_body="SỞ NỘI VỤ", place="Lào Cai", body=body, **boxes
    )

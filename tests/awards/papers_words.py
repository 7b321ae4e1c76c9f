"""What each paper of an award says of the dossier of the factories.

Words of bodies and numbers that differ from run to run are named in braces."""

WORDS = {
    "to-trinh-don-vi": """
        ỦY BAN NHÂN DÂN XÃ BẢN PHIỆT CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc Số:
        /TTr-UBND Bản Phiệt, ngày tháng năm 2027 TỜ TRÌNH Về việc đề nghị tặng Bằng khen của Chủ tịch UBND
        tỉnh trong phong trào thi đua chuyển đổi số giai đoạn 2022-2025 Kính gửi: {standing} Căn cứ Luật
        Thi đua, khen thưởng ngày 15 tháng 6 năm 2022, được sửa đổi, bổ sung theo Luật số 06/2026/QH16
        ngày 23 tháng 4 năm 2026; Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính
        phủ. Qua tổ chức thực hiện phong trào thi đua chuyển đổi số giai đoạn 2022-2025, Ủy ban nhân dân
        xã Bản Phiệt đã họp xét và thống nhất lựa chọn các tập thể, hộ gia đình, cá nhân tiêu biểu để đề
        nghị khen thưởng. Đơn vị đề nghị khen thưởng tổng kết phong trào. Ủy ban nhân dân xã Bản Phiệt đề
        nghị {standing} thẩm định, trình Chủ tịch Ủy ban nhân dân tỉnh xem xét, tặng Bằng khen của Chủ
        tịch UBND tỉnh cho 01 tập thể và 01 cá nhân (có danh sách kèm theo). Ủy ban nhân dân xã Bản Phiệt
        chịu trách nhiệm về tính chính xác của thành tích, thủ tục và hồ sơ đề nghị khen thưởng./. Nơi
        nhận: - Như trên; - Lưu: VT. TM. ỦY BAN NHÂN DÂN CHỦ TỊCH Phụ lục I DANH SÁCH TẬP THỂ ĐỀ NGHỊ TẶNG
        BẰNG KHEN CỦA CHỦ TỊCH UBND TỈNH (Kèm theo Tờ trình của Ủy ban nhân dân xã Bản Phiệt) STT Tên tập
        thể Tóm tắt thành tích 1 Bộ phận Một cửa, Xã Bản Phiệt Mọi hồ sơ được giải quyết trực
        tuyến. Phụ lục II DANH SÁCH CÁ NHÂN ĐỀ NGHỊ TẶNG BẰNG KHEN CỦA CHỦ TỊCH UBND TỈNH (Kèm theo Tờ
        trình của Ủy ban nhân dân xã Bản Phiệt) STT Họ và tên Chức vụ, đơn vị công tác Tóm tắt thành tích
        1 Bà Nguyễn Thị Hòa Công chức Văn phòng Số hóa toàn bộ hồ sơ lưu trữ.
    """,
    "trich-ngang": """
        ỦY BAN NHÂN DÂN XÃ BẢN PHIỆT CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc Bản
        Phiệt, ngày tháng năm 2027 TRÍCH NGANG THÀNH TÍCH Đề nghị tặng Bằng khen của Chủ tịch UBND tỉnh
        trong phong trào thi đua chuyển đổi số giai đoạn 2022-2025 STT Họ và tên; tên tập thể, hộ gia đình
        Giới tính Năm sinh Chức vụ, đơn vị công tác Trích ngang thành tích I. TẬP THỂ 1 Bộ phận Một cửa Xã
        Bản Phiệt Mọi hồ sơ được giải quyết trực tuyến. II. CÁ NHÂN 1 Bà Nguyễn Thị Hòa Nữ 1980 Công chức
        Văn phòng Số hóa toàn bộ hồ sơ lưu trữ. TM. ỦY BAN NHÂN DÂN CHỦ TỊCH
    """,
    "bien-ban-hop-xet": """
        ỦY BAN NHÂN DÂN XÃ BẢN PHIỆT CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc Bản
        Phiệt, ngày tháng năm 2027 BIÊN BẢN Họp xét đề nghị tặng Bằng khen của Chủ tịch UBND tỉnh trong
        phong trào thi đua chuyển đổi số giai đoạn 2022-2025 Thời gian bắt đầu: ………………………………………… Địa điểm:
        ………………………………………… Thành phần tham dự: ………………………………………… Chủ trì: ………………………………………… Thư ký:
        ………………………………………… I. NỘI DUNG Hội nghị nghe báo cáo thành tích của các tập thể, hộ gia đình, cá
        nhân được giới thiệu; thảo luận và đối chiếu với tiêu chuẩn khen thưởng của phong trào. II. KẾT
        QUẢ BỎ PHIẾU Số phiếu phát ra: ………; số phiếu thu về: ………; số phiếu hợp lệ: ………. STT Tên tập thể,
        hộ gia đình; họ và tên cá nhân Chức vụ, đơn vị công tác Số phiếu đồng ý Tỷ lệ I. TẬP THỂ 1 Bộ phận
        Một cửa Xã Bản Phiệt II. CÁ NHÂN 1 Bà Nguyễn Thị Hòa Công chức Văn phòng III. KẾT LUẬN Hội nghị
        thống nhất đề nghị tặng Bằng khen của Chủ tịch UBND tỉnh cho 01 tập thể và 01 cá nhân có tên nêu
        trên. Cuộc họp kết thúc vào hồi ……… giờ ………, biên bản đã được đọc và thông qua./. THƯ KÝ Nơi nhận:
        - Lưu: VT. CHỦ TRÌ
    """,
    "bao-cao-thanh-tich individual": """
        ỦY BAN NHÂN DÂN XÃ BẢN PHIỆT CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc Bản
        Phiệt, ngày tháng năm 2027 BÁO CÁO THÀNH TÍCH Đề nghị tặng Bằng khen của Chủ tịch UBND tỉnh trong
        phong trào thi đua chuyển đổi số giai đoạn 2022-2025 I. SƠ LƯỢC LÝ LỊCH Họ và tên: Nguyễn Thị Hòa
        Giới tính: Nữ Ngày sinh: 20/02/1980 Quê quán: ………………………………………… Nơi thường trú: …………………………………………
        Chức vụ, đơn vị công tác: Công chức Văn phòng Trình độ chuyên môn: ………………………………………… II. THÀNH TÍCH
        ĐẠT ĐƯỢC Thời gian lập thành tích: từ ngày 01/01/2022 đến ngày 31/12/2025, trong phong trào
        thi đua chuyển đổi số giai đoạn 2022-2025. Số hóa toàn bộ hồ sơ
        lưu trữ. XÁC NHẬN CỦA CẤP TRÌNH KHEN THƯỞNG NGƯỜI BÁO CÁO THÀNH TÍCH Nguyễn Thị Hòa
    """,
    "bao-cao-thanh-tich collective": """
        ỦY BAN NHÂN DÂN XÃ BẢN PHIỆT CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc Bản
        Phiệt, ngày tháng năm 2027 BÁO CÁO THÀNH TÍCH Đề nghị tặng Bằng khen của Chủ tịch UBND tỉnh trong
        phong trào thi đua chuyển đổi số giai đoạn 2022-2025 I. SƠ LƯỢC ĐẶC ĐIỂM, TÌNH HÌNH Tên: Bộ phận
        Một cửa Đơn vị: Xã Bản Phiệt Địa điểm: ………………………………………… Quá trình thành lập: ………………………………………… Cơ
        cấu tổ chức: ………………………………………… Chức năng, nhiệm vụ: ………………………………………… II. THÀNH TÍCH ĐẠT ĐƯỢC Thời
        gian lập thành tích: từ ngày 01/01/2022 đến ngày 31/12/2025, trong phong trào thi đua chuyển
        đổi số giai đoạn 2022-2025. Mọi hồ sơ được giải quyết trực tuyến.
        XÁC NHẬN CỦA CẤP TRÌNH KHEN THƯỞNG ĐẠI DIỆN TẬP THỂ, HỘ GIA ĐÌNH
    """,
    "yeu-cau-bo-sung": """
        UBND TỈNH LÀO CAI {STANDING} CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc V/v bổ
        sung hồ sơ khen thưởng số {reference} Lào Cai, ngày tháng năm 2027 Kính gửi: Ủy ban nhân dân xã
        Bản Phiệt Ngày 15/01/2027, {standing} nhận được hồ sơ đề nghị khen thưởng của Ủy ban nhân dân xã
        Bản Phiệt (số tiếp nhận {reference}). Qua thẩm định, {standing} đề nghị bổ sung các nội dung sau:
        - Biên bản có chữ ký; - Năm sinh của bà Hòa. Đề nghị Ủy ban nhân dân xã Bản Phiệt gửi nội dung bổ
        sung chậm nhất ngày 22/01/2027. Thời gian chờ bổ sung không tính vào thời hạn thẩm định./. Nơi
        nhận: - Như trên; - Lưu: VT. GIÁM ĐỐC
    """,
    "tra-ho-so": """
        UBND TỈNH LÀO CAI {STANDING} CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc V/v
        trả hồ sơ khen thưởng số {reference} Lào Cai, ngày tháng năm 2027 Kính gửi: Ủy ban nhân dân xã Bản
        Phiệt Ngày 15/01/2027, {standing} nhận được hồ sơ đề nghị khen thưởng của Ủy ban nhân dân xã Bản
        Phiệt (số tiếp nhận {reference}). Sau khi xem xét, {standing} trả lại hồ sơ vì lý do và căn cứ
        sau: - Không thuộc đối tượng (Luật Thi đua, khen thưởng, Điều 74). {standing} thông báo để Ủy ban
        nhân dân xã Bản Phiệt biết, thực hiện./. Nơi nhận: - Như trên; - Lưu: VT. GIÁM ĐỐC
    """,
    "giay-tiep-nhan-ho-so": """
        UBND TỈNH LÀO CAI {STANDING} CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc Số:
        {reference} Lào Cai, ngày 15 tháng 01 năm 2027 GIẤY TIẾP NHẬN Hồ sơ đề nghị khen thưởng Số tiếp
        nhận: {reference} Đơn vị đề nghị: Xã Bản Phiệt Hình thức đề nghị: Bằng khen của Chủ tịch UBND tỉnh
        Phong trào: {campaign} Lần nộp: 1 Thời điểm nhận: 09:00:00 ngày 15/01/2027 Người nộp: Nguyễn Văn
        An Đối tượng đề nghị: 01 tập thể và 01 cá nhân Số giấy tờ: {papers} tệp Quy định áp dụng:
        {rule_set} Hẹn trả kết quả thẩm định: 19/02/2027
        Mã băm SHA-256: {sha256} Cổng giữ nguyên nội dung của lần nộp này. Mã băm cho phép
        chứng minh nội dung không bị sửa. Giấy này do cổng lập tự động; ai cũng kiểm tra được bằng mã xác
        minh dưới đây. Mã xác minh: {code} Kiểm tra tại: {site}/xac-minh/{code}/
    """,
    "to-trinh-chu-tich": """
        UBND TỈNH LÀO CAI {COMMENDATION} CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc
        Số: /TTr- Lào Cai, ngày tháng năm 2027 TỜ TRÌNH Về việc tặng Bằng khen của Chủ tịch UBND tỉnh
        trong phong trào thi đua chuyển đổi số giai đoạn 2022-2025 Kính gửi: Chủ tịch Ủy ban nhân dân tỉnh
        Lào Cai Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022, được sửa đổi, bổ sung theo Luật
        số 06/2026/QH16 ngày 23 tháng 4 năm 2026; Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm
        2025 của Chính phủ. Xét Tờ trình số {number} ngày 15/01/2027 của {standing}, {commendation} đã
        thẩm định thành tích, đối tượng, điều kiện, tiêu chuẩn, hồ sơ và thủ tục của các tập thể, hộ gia
        đình, cá nhân được đề nghị. {commendation} kính trình Chủ tịch Ủy ban nhân dân tỉnh xem xét, quyết
        định tặng Bằng khen của Chủ tịch UBND tỉnh cho 01 tập thể và 01 cá nhân có thành tích xuất sắc
        trong phong trào thi đua chuyển đổi số giai đoạn 2022-2025. Tổng số tiền thưởng kèm theo là
        11.390.000 đồng (Mười một triệu ba trăm chín mươi nghìn đồng), trích từ Quỹ Thi đua, Khen thưởng
        tỉnh. Gửi kèm dự thảo Quyết định và danh sách./. Nơi nhận: - Như trên; - {standing}; - Lưu: VT.
        GIÁM ĐỐC
    """,
    "du-thao-quyet-dinh": """
        ỦY BAN NHÂN DÂN TỈNH LÀO CAI CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc Số:
        /QĐ-UBND Lào Cai, ngày tháng năm 2027 QUYẾT ĐỊNH Về việc tặng Bằng khen
        CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LÀO CAI Căn cứ
        Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022, được sửa đổi, bổ sung theo Luật số
        06/2026/QH16 ngày 23 tháng 4 năm 2026; Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025
        của Chính phủ; Theo đề nghị của Giám đốc {commendation} tại Tờ trình số ……/TTr ngày …… tháng …… năm
        2027. QUYẾT ĐỊNH: Điều 1. Tặng Bằng khen cho 01 tập thể
        và 01 cá nhân đã có thành tích xuất sắc trong phong trào thi đua chuyển đổi số giai đoạn 2022-2025
        (có danh sách kèm theo). Điều 2. Tổng số tiền thưởng kèm theo là 11.390.000 đồng (Mười một triệu
        ba trăm chín mươi nghìn đồng), trích từ Quỹ Thi đua, Khen thưởng tỉnh. Điều 3. Chánh Văn phòng Ủy
        ban nhân dân tỉnh, Thủ trưởng {commendation}, {standing}, các cơ quan, đơn vị liên quan và các tập
        thể, hộ gia đình, cá nhân có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này./. Nơi nhận:
        - Như Điều 3; - {commendation}; - {standing}; - Lưu: VT. CHỦ TỊCH Phụ lục I DANH SÁCH TẬP THỂ
        ĐƯỢC TẶNG BẰNG KHEN CỦA CHỦ TỊCH UBND TỈNH (Kèm theo Quyết định của Chủ tịch Ủy ban nhân dân tỉnh) STT
        Tên tập thể Tóm tắt thành tích 1 Bộ phận Một cửa, Xã Bản Phiệt Mọi hồ sơ được giải quyết
        trực tuyến. Phụ lục II DANH SÁCH CÁ NHÂN ĐƯỢC TẶNG BẰNG KHEN CỦA CHỦ TỊCH UBND TỈNH (Kèm theo Quyết
        định của Chủ tịch Ủy ban nhân dân tỉnh) STT Họ và tên Chức vụ, đơn vị công tác Tóm tắt thành tích
        1 Bà Nguyễn Thị Hòa Công chức Văn phòng Số hóa toàn bộ hồ sơ lưu trữ. Phụ lục III BẢNG
        TÍNH TIỀN THƯỞNG (Kèm theo Quyết
        định của Chủ tịch Ủy ban nhân dân tỉnh) STT Đối tượng Số lượng Mức thưởng (đồng) Thành tiền (đồng)
        1 Tập thể 01 7.590.000 7.590.000 2 Cá nhân 01 3.800.000 3.800.000 Tổng cộng 02 11.390.000 Tập thể:
        3 × 2.530.000 đồng = 7.590.000 đồng (NĐ 152/2025, Điều 54.2.a; NĐ 161/2026/NĐ-CP ngày 15/05/2026,
        mức tiền chưa đối chiếu văn bản gốc) Cá nhân: 1,5 × 2.530.000 đồng = 3.795.000 đồng, làm tròn lên
        3.800.000 đồng (NĐ 152/2025, Điều 54.1.b; NĐ 161/2026/NĐ-CP ngày 15/05/2026, mức tiền chưa đối
        chiếu văn bản gốc)
    """,
    "trich-quyet-dinh": """
        UBND TỈNH LÀO CAI {COMMENDATION} CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc
        Lào Cai, ngày tháng năm 2027 TRÍCH QUYẾT ĐỊNH KHEN THƯỞNG {reference} Được tặng: Bằng khen của Chủ
        tịch UBND tỉnh Tên: Bà Nguyễn Thị Hòa Chức vụ, đơn vị: Công chức Văn phòng Đơn vị: Xã Bản Phiệt
        Thành tích: từ ngày 01/01/2022 đến ngày 31/12/2025 Theo: Quyết định số {number} ngày 15/01/2027
        của Chủ tịch Ủy ban nhân dân tỉnh Tình trạng: Còn hiệu lực Trích lục này ghi đúng nội dung của
        Quyết định nêu trên. Danh sách đầy đủ kèm theo Quyết định, tra cứu được trên trang công khai của
        cổng thi đua chuyển đổi số tỉnh Lào Cai. Kiểm tra giấy này tại: {address} GIÁM ĐỐC
    """,
}

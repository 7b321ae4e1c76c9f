"""What each paper of a unit says of the filings of the factories.

Words of bodies and numbers that differ from run to run are named in braces."""

WORDS = {
    "dang-ky-thi-dua": """
        ỦY BAN NHÂN DÂN XÃ BẢN PHIỆT CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc Bản
        Phiệt, ngày tháng năm 2027 BẢN ĐĂNG KÝ THI ĐUA Phong trào thi đua chuyển đổi số năm 2027 Kính gửi:
        {standing} Hưởng ứng phong trào thi đua chuyển đổi số giai đoạn 2026-2030, Ủy ban nhân dân xã Bản
        Phiệt đăng ký thi đua năm 2027 với các nội dung sau: I. LĨNH VỰC ƯU TIÊN Chưa chọn. II. MỤC TIÊU
        Mọi thủ tục hành chính được giải quyết trực tuyến. III. CHỈ TIÊU STT Chỉ tiêu Mức phấn đấu 1 Hồ sơ
        công việc xử lý trên môi trường mạng 98 % 2 Chế độ báo cáo định kỳ gửi nhận điện tử Chưa ghi 3 Văn
        bản hành chính gửi nhận điện tử Chưa ghi 4 Báo cáo kinh tế - xã hội trên phần mềm của tỉnh Chưa
        ghi IV. NHIỆM VỤ VÀ SẢN PHẨM STT Nhiệm vụ Sản phẩm cụ thể Thời hạn Phụ trách 1 Số hóa hồ sơ lưu
        trữ (lĩnh vực: Y tế) Kho dữ liệu 10.000 hồ sơ 30/09/2027 Văn phòng Đầu mối liên hệ: Trần Thị Bình,
        0214 3840 123. Ủy ban nhân dân xã Bản Phiệt cam kết thực hiện đầy đủ các nội dung đã đăng ký, báo
        cáo kết quả trung thực, đúng thời hạn./. Nơi nhận: - Như trên; - Lưu: VT. TM. ỦY BAN NHÂN
        DÂN CHỦ TỊCH
    """,
    "ke-hoach": """
        ỦY BAN NHÂN DÂN XÃ BẢN PHIỆT CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc Số:
        /KH-UBND Bản Phiệt, ngày tháng năm 2027 KẾ HOẠCH Thực hiện phong trào thi đua chuyển đổi số năm
        2027 Ủy ban nhân dân xã Bản Phiệt xây dựng kế hoạch thực hiện phong trào thi đua chuyển đổi số năm
        2027 như sau: I. MỤC ĐÍCH, YÊU CẦU - Mục đích: ………………………………………… - Yêu cầu: ………………………………………… II.
        MỤC TIÊU, CHỈ TIÊU Mọi thủ tục hành chính được giải quyết trực tuyến. STT Chỉ tiêu Mức phấn đấu 1
        Hồ sơ công việc xử lý trên môi trường mạng 98 % 2 Chế độ báo cáo định kỳ gửi nhận điện tử Chưa ghi
        3 Văn bản hành chính gửi nhận điện tử Chưa ghi 4 Báo cáo kinh tế - xã hội trên phần mềm của tỉnh
        Chưa ghi III. NHIỆM VỤ, SẢN PHẨM STT Nhiệm vụ Sản phẩm cụ thể Thời hạn Phụ trách 1 Số hóa hồ sơ
        lưu trữ (lĩnh vực: Y tế) Kho dữ liệu 10.000 hồ sơ 30/09/2027 Văn phòng IV. KINH PHÍ Nguồn kinh
        phí, dự toán: ………………………………………… V. TỔ CHỨC THỰC HIỆN - Bộ phận chủ trì, theo dõi, đôn đốc:
        ………………………………………… - Các phòng, bộ phận thuộc đơn vị: ………………………………………… - Báo cáo năm gửi {standing}
        chậm nhất ngày 15/12/2027. Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các bộ phận kịp
        thời báo cáo thủ trưởng đơn vị xem xét, quyết định./. Nơi nhận: - {standing}; - Lưu: VT. TM.
        ỦY BAN NHÂN DÂN CHỦ TỊCH
    """,
    "bao-cao-ket-qua": """
        ỦY BAN NHÂN DÂN XÃ BẢN PHIỆT CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc Số:
        /BC-UBND Bản Phiệt, ngày tháng năm 2027 BÁO CÁO Kết quả thực hiện phong trào thi đua chuyển đổi số
        năm 2027 Kính gửi: {standing} Thực hiện phong trào thi đua chuyển đổi số giai đoạn 2026-2030, Ủy
        ban nhân dân xã Bản Phiệt báo cáo kết quả năm 2027 như sau: I. KẾT QUẢ NỔI BẬT Hoàn thành kế hoạch
        năm. II. KẾT QUẢ THEO TIÊU CHÍ Đạt 01 trên 04 tiêu chí áp dụng; chưa đạt 03. Kết quả tính trên số
        liệu do đơn vị báo cáo, chưa thẩm định. STT Tiêu chí Số liệu Tỷ lệ Mức phải đạt Kết quả 1 Hồ sơ
        công việc xử lý trên môi trường mạng 90/100 hồ sơ 90,00 % Tối thiểu 60 % Đạt 2 Chế độ báo cáo định
        kỳ gửi nhận điện tử 90/100 báo cáo 90,00 % Đủ 100 % Chưa đạt 3 Văn bản hành chính gửi nhận điện tử
        90/100 văn bản 90,00 % Đủ 100 % Chưa đạt 4 Báo cáo kinh tế - xã hội trên phần mềm của tỉnh 90/100
        báo cáo 90,00 % Đủ 100 % Chưa đạt III. CÁCH LÀM MỚI, SÁNG KIẾN Chưa nêu cách làm. STT Tên
        sáng kiến Tác
        giả Hiệu quả Công nhận 1 Bảng tin số của thôn Lý A Mẫu 30 thôn nhận tin trong ngày Chưa được công
        nhận IV. KHÓ KHĂN, VƯỚNG MẮC Không nêu khó khăn. V. ĐỀ XUẤT, KIẾN NGHỊ Không có kiến nghị./.
        Nơi nhận: - Như trên; -
        Lưu: VT. TM. ỦY BAN NHÂN DÂN CHỦ TỊCH
    """,
    "bao-cao-tong-hop-nam": """
        UBND TỈNH LÀO CAI {STANDING} CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc Số:
        /BC- Lào Cai, ngày tháng năm 2027 BÁO CÁO Tổng hợp kết quả phong trào thi đua chuyển đổi số năm
        2027 Kính gửi: Ủy ban nhân dân tỉnh Lào Cai {standing} báo cáo Ủy ban nhân dân tỉnh kết quả thực
        hiện phong trào thi đua chuyển đổi số giai đoạn 2026-2030 trong năm 2027 như sau. Số liệu tính
        theo dữ liệu trên cổng thông tin thi đua chuyển đổi số đến ngày 15/01/2027. I. TÌNH HÌNH TRIỂN
        KHAI Cổng chưa ghi nhận đơn vị nào phải làm việc gì trong năm 2027. Chưa có đợt kiểm tra nào kết
        thúc. II. KẾT QUẢ THEO TIÊU CHÍ Chưa có báo cáo năm 2027 nào được thẩm định nên chưa có kết quả
        theo tiêu chí. III. KHEN THƯỞNG Trong năm 2027 chưa có Quyết định khen thưởng nào được công bố.
        IV. HẠN CHẾ, NGUYÊN NHÂN - Hạn chế: ………………………………………… - Nguyên nhân: ………………………………………… V. PHƯƠNG
        HƯỚNG, ĐỀ XUẤT - Phương hướng: ………………………………………… - Đề xuất với Ủy ban nhân dân tỉnh:
        …………………………………………./. Nơi nhận: - Như trên; - Lưu: VT. GIÁM ĐỐC
    """,
}

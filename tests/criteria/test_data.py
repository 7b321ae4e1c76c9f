"""The shipped sets against our own literal copy of the plan's demands (section IV.2)."""

from criteria.loading import read_sets

DEMANDS = {
    "PROV-1a": ("provincial", "eq", 100),
    "PROV-1b": ("provincial", "eq", 100),
    "PROV-2": ("provincial", "ge", 95),
    "PROV-3": ("provincial", "gt", 90),
    "PROV-5": ("provincial", "ge", 60),
    "PROV-6": ("provincial", "eq", 100),
    "PROV-7a": ("provincial", "eq", 100),
    "PROV-7b": ("provincial", "eq", 100),
    "PROV-8a": ("provincial", "gt", 95),
    "PROV-8b": ("provincial", "ge", 80),
    "PROV-8c": ("provincial", "ge", 20),
    "PROV-9": ("provincial", "ge", 80),
    "PROV-10": ("provincial", "ge", 50),
    "DIST-1": ("district", "ge", 80),
    "DIST-2a": ("district", "eq", 100),
    "DIST-2b": ("district", "eq", 100),
    "DIST-3": ("district", "eq", 100),
    "COMM-1": ("commune", "ge", 60),
    "COMM-2a": ("commune", "eq", 100),
    "COMM-2b": ("commune", "eq", 100),
    "COMM-3": ("commune", "eq", 100),
    "ENT-1": ("enterprise", "judged", None),
    "ENT-2": ("enterprise", "judged", None),
    "ENT-3": ("enterprise", "gt", 90),
    "ENT-4": ("enterprise", "yes_no", None),
    "IND-1": ("individual", "judged", None),
    "IND-2": ("individual", "judged", None),
}

WORDS = {
    "PROV-2": (
        "Tối thiểu 95% hồ sơ công việc cấp tỉnh được xử lý trên môi trường mạng"
        " (không bao gồm hồ sơ xử lý công việc có nội dung mật)."
    ),
    "PROV-3": (
        "Trên 90% báo cáo định kỳ (không bao gồm nội dung mật) được gửi, nhận qua hệ thống thông tin báo cáo"
        " của tỉnh, kết nối với hệ thống báo cáo quốc gia."
    ),
    "PROV-8b": "tối thiểu 80% hồ sơ TTHC được xử lý hoàn toàn trực tuyến",
    "PROV-10": (
        "50% hoạt động kiểm tra của cơ quan quản lý nhà nước được thực hiện thông qua môi trường số"
        " và hệ thống thông tin của cơ quan quản lý."
    ),
    "DIST-2b": (
        "100% chế độ báo cáo định kỳ và văn bản hành chính (trừ văn bản mật) được gửi nhận bằng văn bản điện."
    ),
    "COMM-1": (
        "Tối thiểu 60% hồ sơ công việc tại cấp xã được xử lý trên môi trường mạng"
        " (trừ hồ sơ công việc thuộc phạm vi bí mật nhà nước)."
    ),
    "ENT-3": (
        "trên 90% sản phẩm hàng hóa, dịch vụ đủ điều kiện theo quy định của pháp luật về thương mại điện tử"
        " được đưa lên các sàn giao dịch thương mại điện tử"
    ),
    "IND-2": (
        "Các cá nhân doanh nhân, trí thức, nhà khoa học,... có nhiều đóng góp về công sức, trí tuệ, vật chất,"
        " sáng kiến vào chuyển đổi số trên địa bàn tỉnh Lào Cai."
    ),
}


def test_the_27_demands_of_the_plan_in_its_order():
    plan, _ = read_sets()

    shipped = {c["code"]: (c["tier"], c["operator"], c["threshold"]) for c in plan["criteria"]}
    assert list(shipped.items()) == list(DEMANDS.items())


def test_the_words_are_those_of_the_plan():
    plan, _ = read_sets()

    assert {c["code"]: c["text"] for c in plan["criteria"] if c["code"] in WORDS} == WORDS


def test_every_criterion_cites_its_own_place():
    plan, _ = read_sets()

    clauses = [c["clause"] for c in plan["criteria"]]
    assert len(set(clauses)) == 27
    assert clauses[3] == "IV.2.1.a, gạch đầu dòng thứ ba và thứ tư"  # printed twice in the plan


def test_the_second_set_is_an_assumed_copy():
    plan, assumed = read_sets()

    assert assumed["criteria"] == plan["criteria"]
    assert (plan["code"], plan["valid_from"], plan["valid_to"], plan["is_assumed"]) == (
        "TDCDS-2022", "2022-01-01", "2025-12-31", False,
    )  # fmt: skip
    assert (assumed["code"], assumed["valid_from"], assumed["valid_to"], assumed["is_assumed"]) == (
        "TDCDS-2026", "2026-01-01", "2030-12-31", True,
    )  # fmt: skip
    assert assumed["note"] == "giả định, chép từ 2022–2025"

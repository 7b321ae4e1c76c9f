import re

import pytest

CHECK = "/tu-kiem-tra/?tier=commune&year=2025"


def text_of(response):
    """What a person reads, tags and blanks folded."""
    without_tags = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", without_tags)


@pytest.mark.parametrize("page", ["/tieu-chi/", "/tu-kiem-tra/"])
@pytest.mark.parametrize("tier", ["provincial", "district", "commune", "enterprise", "individual"])
def test_the_pages_are_public_for_every_tier(client, criteria, page, tier):
    response = client.get(page, {"tier": tier, "year": 2025})

    assert response.status_code == 200
    for criterion in criteria.criteria.all():
        assert (f'id="{criterion.code}"' in response.content.decode()) == (criterion.tier == tier)


def test_a_criterion_is_explained(client, criteria):
    read = text_of(client.get("/tieu-chi/?tier=provincial&year=2025"))

    assert "Trên 90 % · PROV-3" in read
    assert "“Trên 90% báo cáo định kỳ (không bao gồm nội dung mật) được gửi, nhận" in read
    assert "IV.2.1.a, gạch đầu dòng thứ ba và thứ tư" in read
    assert "đúng 90 % là chưa đạt" in read


@pytest.mark.parametrize("page", ["/tieu-chi/", "/tu-kiem-tra/"])
@pytest.mark.parametrize(("year", "says_so"), [(2025, False), (2026, True)])
def test_an_assumed_set_says_so(client, criteria, page, year, says_so):
    assert ("Tiêu chí giả định" in text_of(client.get(page, {"year": year}))) == says_so


@pytest.mark.parametrize("page", ["/tieu-chi/", "/tu-kiem-tra/"])
@pytest.mark.parametrize("query", ["?tier=x", "?year=2021", "?year=x", "?tier=&year=", "?year=%00"])
def test_what_does_not_exist_is_not_found(client, criteria, page, query):
    assert client.get(page + query).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["/tieu-chi/", "/tu-kiem-tra/"])
def test_without_criteria_the_pages_say_what_will_stand_there(client, page):
    response = client.get(page)

    assert response.status_code == 200
    assert "Chưa có bộ tiêu chí nào" in text_of(response)


def test_checking_figures(client, criteria):
    typed = {
        "COMM-1-numerator": "1.900",
        "COMM-1-denominator": "4 000",
        "COMM-2a-numerator": "12",
        "COMM-2a-denominator": "12",
        "COMM-2b-not_applicable": "Chưa phát sinh",
        "COMM-3-numerator": "0",
        "COMM-3-denominator": "0",
    }

    response = client.post(CHECK, typed)

    read = text_of(response)
    assert "47,50 % = 1.900/4.000, cần ≥ 60 %: chưa đạt, còn thiếu 500 hồ sơ" in read
    assert "100,00 % = 12/12, cần = 100 %: đạt" in read
    assert "Không áp dụng: Chưa phát sinh" in read
    assert "Mẫu số bằng 0: cần nêu lý do không áp dụng." in read
    assert "Chưa đủ mọi tiêu chí bắt buộc." in read
    assert [(t["label"], t["number"]) for t in response.context["tiles"]] == [
        ("Đạt", 1),
        ("Chưa đạt", 1),
        ("Không áp dụng", 1),
        ("Thiếu số liệu", 1),
    ]
    for name, value in typed.items():
        assert f'name="{name}" value="{value}"' in response.content.decode()
    assert 'width="47.50"' in response.content.decode()
    assert 'x1="60" x2="60"' in response.content.decode()


def test_a_unit_that_meets_everything_is_told_so(client, criteria):
    codes = ("COMM-1", "COMM-2a", "COMM-2b", "COMM-3")
    typed = {f"{code}-{field}": "5" for code in codes for field in ("numerator", "denominator")}

    assert "Mọi tiêu chí bắt buộc có áp dụng đều đạt" in text_of(client.post(CHECK, typed))


@pytest.mark.parametrize(
    ("answer", "words"), [("yes", "Trả lời: có; đạt"), ("no", "Trả lời: chưa có; chưa đạt")]
)
def test_answering_yes_or_no(client, criteria, answer, words):
    response = client.post("/tu-kiem-tra/?tier=enterprise&year=2025", {"ENT-4-answer": answer})

    assert words in text_of(response)
    assert f'<option value="{answer}" selected>' in response.content.decode()


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"numerator": "1,5"}, "numerator", "Hãy nhập số nguyên không âm"),
        ({"numerator": "-1"}, "numerator", "Hãy nhập số nguyên không âm"),
        ({"numerator": "٩٥"}, "numerator", "Hãy nhập số nguyên không âm"),
        ({"denominator": "1" + "0" * 17 + "1"}, "denominator", "Số quá lớn"),
        ({"numerator": "101", "denominator": "100"}, "numerator", "Tử số không được lớn hơn mẫu số."),
        ({"denominator": "5", "not_applicable": "lý do"}, "not_applicable", "Chỉ ghi “không áp dụng” khi"),
        ({"not_applicable": "x" * 1001}, "not_applicable", "1000"),
    ],
)
def test_an_error_stands_at_its_field_and_keeps_what_was_typed(client, criteria, typed, field, message):
    response = client.post(CHECK, {f"COMM-1-{name}": value for name, value in typed.items()})

    assert response.status_code == 200
    form = response.context["form"]
    assert list(form.errors) == [f"COMM-1-{field}"]
    assert message in form.errors[f"COMM-1-{field}"][0]
    assert response.context["summary"] is None
    assert f'<a href="#id_COMM-1-{field}">' in response.content.decode()
    for name, value in typed.items():
        assert f'name="COMM-1-{name}" value="{value}"' in response.content.decode()


@pytest.mark.parametrize("page", ["/tieu-chi/", "/tu-kiem-tra/"])
@pytest.mark.parametrize("tier", ["individual", "provincial"])
def test_the_pages_ask_the_database_twice(client, criteria, django_assert_num_queries, page, tier):
    with django_assert_num_queries(2):
        client.get(page, {"tier": tier, "year": 2025})


def test_nothing_typed_becomes_markup(client, criteria):
    response = client.post(CHECK, {"COMM-1-not_applicable": "<b>lý do</b>"})

    assert "<b>lý do" not in response.content.decode()
    assert "Không áp dụng: &lt;b&gt;lý do" in response.content.decode()

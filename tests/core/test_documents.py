"""The layout of NĐ 30/2020/NĐ-CP, Phụ lục I, measured in the produced file."""

import io
import re
import subprocess
import sys
from dataclasses import replace
from functools import cache

import pdfplumber
import pytest
from pdfminer.pdftypes import resolve1

from core.documents import (
    Band,
    Bullet,
    Column,
    Paragraph,
    Signature,
    Table,
    Unprintable,
    render_annex,
    render_pdf,
)
from tests.core import document_examples as examples

MM = 72 / 25.4
LEFT, RIGHT, TOP, BOTTOM = 30 * MM, 195 * MM, 20 * MM, 277 * MM
MIDDLE = (LEFT + RIGHT) / 2

EXAMPLES = {
    "tờ trình": examples.proposal,
    "quyết định": examples.decision,
    "báo cáo": examples.report,
    "biên nhận": examples.receipt,
}
each_example = pytest.mark.parametrize("name", EXAMPLES)


@cache
def rendered(name):
    return render_pdf(EXAMPLES[name]())


def pages_of(pdf):
    return pdfplumber.open(io.BytesIO(pdf)).pages


@cache
def pages(name):
    return pages_of(rendered(name).pdf)


def body_chars(page):
    """The characters of the page without those of its top and bottom margins, in reading order."""
    return [char for char in page.chars if char["bottom"] > TOP and char["top"] < BOTTOM]


def letters(chars):
    return re.sub(r"\s", "", "".join(char["text"] for char in chars))


def line_with(page, text):
    """The box of `text` where it first stands on the page."""
    found, *_ = page.search(re.escape(text), return_chars=True)
    return found


def middle(box):
    return (box["x0"] + box["x1"]) / 2


@each_example
def test_pages_are_a4_portrait(name):
    sizes = {(round(page.width / MM, 1), round(page.height / MM, 1)) for page in pages(name)}

    assert sizes == {(210.0, 297.0)}
    assert len(pages(name)) == rendered(name).pages


@each_example
def test_nothing_stands_outside_the_margins(name):
    for page in pages(name):
        for item in [*body_chars(page), *page.rects, *page.lines]:
            # Half of a table's outer rule lies on the margin, and justified lines end within 0.6 pt.
            assert item["x0"] >= LEFT - 0.4
            assert item["x1"] <= RIGHT + 0.6
            assert item["top"] >= TOP - 0.4
            assert item["bottom"] <= BOTTOM + 0.4


def test_text_fills_the_page_from_margin_to_margin():
    text = "Phong trào thi đua chuyển đổi số được tổ chức ở tất cả các cơ quan, đơn vị trong tỉnh. "
    first = pages_of(render_pdf(examples.simple(Paragraph(text * 60))).pdf)[0]
    chars = [char for char in body_chars(first) if char["text"].strip()]

    assert min(char["x0"] for char in chars) == pytest.approx(LEFT, abs=1)
    assert max(char["x1"] for char in chars) == pytest.approx(RIGHT, abs=1)
    assert min(char["top"] for char in chars) == pytest.approx(TOP, abs=2)
    # No room is left for another line.
    assert max(char["bottom"] for char in chars) > BOTTOM - 14 * 1.3 - 2


def test_paragraphs_are_indented_and_apart():
    lines = line_with(pages("quyết định")[0], "Điều 2."), line_with(pages("quyết định")[0], "Điều 3.")
    above, below = line_with(pages("quyết định")[0], "trích từ Quỹ"), lines[1]

    assert [line["x0"] - LEFT for line in lines] == pytest.approx([12.7 * MM] * 2, abs=0.5)
    # A line of 14 pt takes 18.2 pt; what is more is the gap.
    assert below["top"] - above["top"] - 14 * 1.3 == pytest.approx(6, abs=0.2)


@each_example
def test_only_tinos_is_used(name):
    faces = {char["fontname"].split("+")[1] for page in pages(name) for char in page.chars}

    assert faces <= {"Tinos", "Tinos-Bold", "Tinos-Italic", "Tinos-Bold-Italic"}


@each_example
def test_the_file_says_the_words_of_the_model(name):
    document = EXAMPLES[name]()
    header = letters({"text": column.title} for column in examples.LIST_COLUMNS)
    text = ""
    for page in pages(name):
        printed = letters(body_chars(page))
        continues = printed.startswith(header)
        text += printed.removeprefix(header) if continues else printed

    assert text == "".join(document.words())


@each_example
def test_the_html_says_the_words_of_the_model(name):
    body = rendered(name).html.partition("<section")[2].partition(">")[2]
    text = re.sub(r"<[^>]+>", " ", body)

    assert "".join(text.split()) == "".join(EXAMPLES[name]().words())


def test_words_typed_in_pieces_or_with_invisible_characters_are_made_whole():
    document = examples.simple(Paragraph("Ho\u0300a\u200b \ufeffBi\u0300nh"))

    assert document.words()[-2:] == ["Hòa", "Bình./."]
    assert "Hòa Bình./." in render_pdf(document).html


def test_header_boxes_stand_left_and_right():
    page = pages("tờ trình")[0]
    parent, issuing = line_with(page, "UBND TỈNH LÀO CAI"), line_with(page, "SỞ THÔNG TIN VÀ")
    nation, motto = (
        line_with(page, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        line_with(page, "Độc lập - Tự do - Hạnh phúc"),
    )
    number, place = line_with(page, "/TTr-STTTT"), line_with(page, "Lào Cai, ngày")

    assert middle(parent) == pytest.approx(middle(issuing), abs=1)
    assert middle(nation) == pytest.approx(middle(motto), abs=1)
    assert issuing["x1"] < MIDDLE < nation["x1"]
    assert parent["x1"] < nation["x0"]
    assert parent["top"] == pytest.approx(nation["top"], abs=0.5)
    assert number["top"] == pytest.approx(place["top"], abs=0.5)
    assert number["x1"] < place["x0"]


def style_of(page, text):
    return {
        (char["fontname"].split("+")[1].removeprefix("Tinos").strip("-"), round(char["size"], 1))
        for char in line_with(page, text)["chars"]
        if char["text"].strip()
    }


@pytest.mark.parametrize(
    ("name", "text", "face", "size"),
    [
        ("tờ trình", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Bold", 12),
        ("tờ trình", "Độc lập - Tự do - Hạnh phúc", "Bold", 13),
        ("tờ trình", "UBND TỈNH LÀO CAI", "", 12),
        ("tờ trình", "TRUYỀN THÔNG", "Bold", 12),
        ("tờ trình", "/TTr-STTTT", "", 13),
        ("tờ trình", "Lào Cai, ngày", "Italic", 13),
        ("tờ trình", "TỜ TRÌNH", "Bold", 14),
        ("tờ trình", "Kính gửi:", "", 14),
        ("tờ trình", "Căn cứ Luật Thi đua", "Italic", 14),
        ("tờ trình", "Qua bốn năm thực hiện", "", 14),
        ("quyết định", "Điều 1. ", "Bold", 14),
        ("quyết định", "PHÓ CHỦ TỊCH", "Bold", 14),
        ("quyết định", "Vàng Thị Minh Hoạ", "Bold", 14),
        ("quyết định", "Nơi nhận:", "Bold-Italic", 12),
        ("quyết định", "- Như Điều 3;", "", 11),
    ],
)
def test_sizes_and_styles(name, text, face, size):
    assert style_of(pages(name)[0], text) == {(face, size)}


def rule_under(page, text):
    """The horizontal rule within 6 pt under the line."""
    line = line_with(page, text)
    (rule,) = {
        (rule["x0"], rule["x1"])
        for rule in page.rects + page.lines
        if 0 <= rule["bottom"] - line["bottom"] < 6 and line["x0"] - 1 <= rule["x0"] <= line["x1"]
    }
    return rule


def test_the_rule_under_the_motto_is_as_long_as_the_motto():
    page = pages("quyết định")[0]
    motto = line_with(page, "Độc lập - Tự do - Hạnh phúc")

    assert rule_under(page, motto["text"]) == pytest.approx((motto["x0"], motto["x1"]), abs=1)


@pytest.mark.parametrize(
    ("widest", "last"),
    [
        ("ỦY BAN NHÂN DÂN", "TỈNH LÀO CAI"),
        (
            "dân tỉnh cho các tập thể, cá nhân có thành tích",
            "xuất sắc trong phong trào thi đua chuyển đổi số",
        ),
    ],
)
def test_the_rules_under_issuing_body_and_abstract_are_a_third_to_a_half(widest, last):
    page = pages("quyết định")[0]
    line, (x0, x1) = line_with(page, widest), rule_under(page, last)

    assert (x0 + x1) / 2 == pytest.approx(middle(line), abs=1)
    assert 1 / 3 <= (x1 - x0) / (line["x1"] - line["x0"]) <= 1 / 2


@pytest.mark.parametrize(
    ("name", "text"), [("tờ trình", "TỜ TRÌNH"), ("quyết định", "QUYẾT ĐỊNH:"), ("báo cáo", "BÁO CÁO")]
)
def test_the_title_is_centred(name, text):
    assert middle(line_with(pages(name)[0], text)) == pytest.approx(MIDDLE, abs=1)


def test_page_numbers_are_centred_in_the_top_margin_and_each_annex_counts_its_own():
    document = examples.proposal(count=20)
    numbers = []
    for page in pages_of(render_pdf(document).pdf):
        chars = [char for char in page.chars if char["bottom"] <= TOP]
        numbers.append(letters(chars))
        if chars:
            assert (chars[0]["x0"] + chars[-1]["x1"]) / 2 == pytest.approx(MIDDLE, abs=1)
            assert {round(char["size"], 1) for char in chars} == {13}

    assert numbers == ["", "2", "", "2", "3", ""]


def test_the_mark_stands_in_the_bottom_margin_of_every_page():
    marks = [letters(char for char in page.chars if char["top"] >= BOTTOM) for page in pages("tờ trình")]
    unmarked = pages_of(render_pdf(replace(examples.receipt(), mark="")).pdf)[0]

    assert marks == ["DỮLIỆUMINHHOẠ"] * 6
    assert [char for char in unmarked.chars if char["top"] >= BOTTOM] == []


def test_the_header_of_a_list_is_repeated_and_no_row_is_split():
    header = letters({"text": column.title} for column in examples.LIST_COLUMNS)
    listed = [letters(body_chars(page)) for page in pages("tờ trình")[2:5]]

    assert [text.count(header) for text in listed] == [1, 1, 1]
    assert [text.startswith(header) for text in listed] == [False, True, True]
    for text in listed:
        assert text.count("Hướngdẫn100%hộ") == text.count("toàntrìnhnăm2025")


def test_a_word_longer_than_its_column_is_broken_inside_it():
    columns = (Column("STT", 11, "center"), Column("Tên", 40), Column("Ghi chú", 114, "center"))
    document = examples.simple(Table(columns, (("1", "Q" * 60, ""),)))
    (page,) = pages_of(render_pdf(document).pdf)
    chars = [char for char in page.chars if char["text"] == "Q"]

    assert len([char for char in chars if char["top"] > chars[0]["bottom"]]) > 0
    assert max(char["x1"] for char in chars) <= LEFT + 51 * MM


@pytest.mark.parametrize("paragraphs", range(7, 12))
def test_the_signature_never_stands_alone_on_a_page(paragraphs):
    text = "Đơn vị đã tổ chức tuyên truyền, phổ biến nội dung phong trào thi đua chuyển đổi số. " * 2
    body = [Paragraph(text)] * paragraphs
    document = examples.simple(
        *body, signature=Signature(("GIÁM ĐỐC",), "Lù Văn Páo"), recipients=("Như trên", "Lưu: VT")
    )
    last = letters(body_chars(pages_of(render_pdf(document).pdf)[-1]))

    assert "đổisố./.Nơinhận:-Nhưtrên;-Lưu:VT.GIÁMĐỐCLùVănPáo" in last


def test_the_same_document_gives_the_same_bytes():
    assert render_pdf(examples.decision()).pdf == render_pdf(examples.decision()).pdf


def test_the_file_is_tagged_and_fit_for_the_archive():
    pdf = pdfplumber.open(io.BytesIO(rendered("quyết định").pdf))
    catalog = resolve1(pdf.doc.catalog)
    metadata = resolve1(catalog["Metadata"]).get_data().decode()

    assert resolve1(catalog["StructTreeRoot"])["Type"].name == "StructTreeRoot"
    assert str(resolve1(catalog["MarkInfo"])["Marked"]) == "True"
    assert catalog["Lang"] == b"vi"
    assert 'pdfaid:part="3"' in metadata
    assert 'pdfaid:conformance="A"' in metadata


def test_tables_are_read_by_their_headers():
    html = rendered("tờ trình").html

    assert html.count("<thead>") == 2
    assert '<th scope="col">Tóm tắt thành tích</th>' in html
    assert '<html lang="vi">' in html
    assert "<title>Tờ trình về việc đề nghị Chủ tịch" in html
    assert "style=" not in html


def test_what_a_unit_typed_is_text_and_not_markup():
    name = 'Tổ <b>số</b> & "bản"'
    table = Table((Column("Tên", 1),), ((name,), Band(name)))
    document = examples.simple(Paragraph(name), Bullet(name), table, ending="")
    (page,) = pages_of(render_pdf(document).pdf)

    assert letters(body_chars(page)).count("".join(name.split())) == 4


def test_an_annex_can_be_a_file_of_its_own():
    annex = render_annex(examples.proposal(), 1)
    (page,) = pages_of(annex.pdf)

    assert annex.pages == 1
    assert letters(body_chars(page)).startswith("PhụlụcIITỔNGHỢPTIỀNTHƯỞNGDỰKIẾN(KèmtheoTờtrình")


def test_progress_tells_each_part_as_it_begins():
    told = []
    render_pdf(examples.proposal(count=1), progress=lambda *step: told.append(step))

    assert told == [
        (0, 4, "Dàn trang văn bản chính"),
        (1, 4, "Dàn trang Phụ lục I"),
        (2, 4, "Dàn trang Phụ lục II"),
        (3, 4, "Ghi tệp PDF"),
        (4, 4, "Hoàn thành"),
    ]


def test_a_character_the_font_lacks_is_named():
    with pytest.raises(Unprintable, match=r"^Văn bản có ký tự không in được: “😀” \(U\+1F600\)\.$"):
        render_pdf(examples.simple(Paragraph("Tổ chuyển đổi số 😀")))


@pytest.mark.parametrize("url", ["file:///etc/hostname", "https://example.org/a.ttf", "data:,a"])
def test_nothing_but_the_shipped_fonts_is_fetched(url):
    from core.documents.pdf import FontsOnly

    with pytest.raises(ValueError, match="may not fetch"):
        FontsOnly().fetch(url)


def test_the_web_process_does_not_load_weasyprint():
    """Every page imported, as gunicorn does; the printers are for workers alone."""
    code = (
        "import sys, django; django.setup(); from django.urls import get_resolver;"
        "get_resolver().url_patterns; import laocai_tdkt.wsgi;"
        "print(sorted({'weasyprint', 'pydyf', 'core.documents.word'} & sys.modules.keys()))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout == "[]\n"

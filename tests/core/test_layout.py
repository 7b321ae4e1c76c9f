"""Every kind of document, in both formats, held to the measures of the decree."""

import io
import zipfile
from dataclasses import replace
from functools import cache

import pytest
from docx import Document as Word
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph

from core.documents import Band, Table, Unprintable, pdf, render_docx, render_pdf
from core.documents.model import Paragraph
from tests import layout
from tests.core import document_examples as examples

EXAMPLES = {
    "tờ trình": examples.proposal,
    "quyết định": examples.decision,
    "báo cáo": examples.report,
    "biên nhận": examples.receipt,
    "công văn": examples.letter,
}
each_example = pytest.mark.parametrize("name", EXAMPLES)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@cache
def word(name):
    return Word(io.BytesIO(render_docx(EXAMPLES[name]())))


# --- PDF -------------------------------------------------------------------------------------


@each_example
def test_the_pdf_has_the_measures_of_the_decree(name):
    document = EXAMPLES[name]()

    assert layout.faults(render_pdf(document).pdf, document) == []


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        ("margin: 20mm 15mm 20mm 30mm", "margin: 20mm 15mm 20mm 25mm", "something stands beside the margins"),
        ("margin: 20mm 15mm 20mm 30mm", "margin: 25mm 15mm 20mm 30mm", "at the top margin"),
        ("margin: 20mm 15mm 20mm 30mm", "margin: 20mm 25mm 20mm 30mm", "at the right margin"),
        (".motto { font-size: 13pt; }", ".motto { font-size: 11pt; }", "Bold 11.0 pt"),
        ("width: 40%", "width: 60%", "rule under the issuing body is 0.6"),
        (
            "@top-center {\n    content: counter(page);",
            "@top-left {\n    content: counter(page);",
            "page number",
        ),
    ],
)
def test_the_checker_sees_a_wrong_measure(right, wrong, fault, tmp_path, monkeypatch):
    style = pdf.STYLESHEET.read_text("utf-8")
    assert right in style
    (tmp_path / "wrong.css").write_text(style.replace(right, wrong), "utf-8")
    monkeypatch.setattr(pdf, "STYLESHEET", tmp_path / "wrong.css")
    pdf._press.cache_clear()
    try:
        rendered = render_pdf(examples.proposal()).pdf
    finally:
        monkeypatch.undo()
        pdf._press.cache_clear()

    assert fault in "\n".join(layout.faults(rendered, examples.proposal()))


# --- DOCX ------------------------------------------------------------------------------------


def said(element) -> str:
    """The letters of a part of a Word document in reading order."""
    signs = {qn("w:t"): lambda node: node.text or "", qn("w:noBreakHyphen"): lambda node: "-"}
    return layout.squeeze("".join(signs[node.tag](node) for node in element.iter(*signs)))


@each_example
def test_word_says_the_words_of_the_model(name):
    assert said(word(name).element.body) == "".join(EXAMPLES[name]().words())


@each_example
def test_word_has_the_page_of_the_decree_and_its_number_from_the_second_page_on(name):
    document = EXAMPLES[name]()
    sections = word(name).sections

    assert len(sections) == 1 + len(document.annexes)
    for section in sections:
        assert [round(size.mm) for size in (section.page_width, section.page_height)] == [210, 297]
        margins = section.top_margin, section.right_margin, section.bottom_margin, section.left_margin
        assert [round(margin.mm, 1) for margin in margins] == [20, 15, 20, 30]
        assert section.different_first_page_header_footer is True
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
        (number,) = section.header.paragraphs
        assert [node.text for node in number._p.iter(qn("w:instrText"))] == ["PAGE"]
        assert number.style.name == "Số trang"
        assert [p.text for p in section.first_page_header.paragraphs] == [""]
        assert [p.text for p in section.first_page_footer.paragraphs] == [document.mark]


@pytest.mark.parametrize(
    ("name", "text", "style", "size", "face"),
    [
        ("tờ trình", "UBND TỈNH LÀO CAI", "Cơ quan chủ quản", 12, ""),
        ("tờ trình", "TỜ TRÌNH", "Tên loại văn bản", 14, "b"),
        ("tờ trình", "Độc lập - Tự do - Hạnh phúc", "Tiêu ngữ", 13, "b"),
        ("tờ trình", "I. KẾT QUẢ PHONG TRÀO", "Mục", 14, "b"),
        ("tờ trình", "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;", "Căn cứ", 14, "i"),
        ("tờ trình", "Nơi nhận:", "Nơi nhận", 12, "bi"),
        ("tờ trình", "- Như trên;", "Danh sách nơi nhận", 11, ""),
        ("tờ trình", "PHÓ GIÁM ĐỐC", "Chức vụ người ký", 14, "b"),
        ("quyết định", "Vàng Thị Minh Hoạ", "Họ tên người ký", 14, "b"),
        ("tờ trình", "Phụ lục I", "Phụ lục", 14, "b"),
        ("công văn", "V/v đôn đốc đăng ký thi\nđua chuyển đổi số năm 2026", "Trích yếu công văn", 12, ""),
    ],
)
def test_word_styles(name, text, style, size, face):
    (paragraph,) = [found for found in paragraphs(word(name)) if found.text == text]
    font = paragraph.style.font

    assert (paragraph.style.name, font.size.pt) == (style, size)
    assert ("b" if font.bold else "") + ("i" if font.italic else "") == face


def paragraphs(document):
    return [WordParagraph(p, document._body) for p in document.element.body.iter(qn("w:p"))]


def test_word_names_the_font_of_the_decree_and_the_language():
    defaults = word("tờ trình").styles.element.find(qn("w:docDefaults"))
    (fonts,), (language,) = defaults.iter(qn("w:rFonts")), defaults.iter(qn("w:lang"))
    properties = word("tờ trình").core_properties

    assert set(fonts.attrib.values()) == {"Times New Roman"}
    assert language.get(qn("w:val")) == "vi-VN"
    assert (properties.language, properties.author) == ("vi-VN", "SỞ THÔNG TIN VÀ TRUYỀN THÔNG")
    assert properties.title.startswith("Tờ trình về việc đề nghị Chủ tịch")
    assert [node.tag for node in word("tờ trình").element.body.iter(qn("w:rFonts"))] == []


def test_the_header_of_a_word_list_is_repeated_and_no_row_is_split():
    (table, prizes) = [t for t in word("tờ trình").tables if t.style.name == "Bảng kẻ"]

    for ruled in (table, prizes):
        rows = list(ruled._tbl.iter(qn("w:tr")))
        assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True] + [False] * (
            len(rows) - 1
        )
        assert {row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows} == {True}
        assert ruled._tbl.find(f"{W}tblPr/{W}tblLayout").get(qn("w:type")) == "fixed"
    assert [len(list(row.iter(qn("w:tc")))) for row in list(table._tbl.iter(qn("w:tr")))[:3]] == [4, 1, 4]
    assert [len(list(row.iter(qn("w:tc")))) for row in prizes._tbl.iter(qn("w:tr"))] == [4, 4, 4, 2]


@each_example
def test_the_same_document_gives_the_same_word_file(name):
    assert render_docx(EXAMPLES[name]()) == render_docx(EXAMPLES[name]())


def test_a_word_file_carries_nothing_it_does_not_need():
    with zipfile.ZipFile(io.BytesIO(render_docx(examples.decision()))) as package:
        names = package.namelist()
        assert package.testzip() is None

    assert sorted(names) == [
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/footer1.xml",
        "word/footer2.xml",
        "word/header1.xml",
        "word/header2.xml",
        "word/settings.xml",
        "word/styles.xml",
    ]


def test_what_a_unit_typed_is_text_in_word_too():
    name = 'Tổ <b>số</b> & "bản" 152/2025/NĐ-CP'
    table = Table((examples.LIST_COLUMNS[0],), ((name,), Band(name)))
    document = replace(examples.report(), body=(Paragraph(name), table), mark="<&>")
    made = Word(io.BytesIO(render_docx(document)))

    assert said(made.element.body).count(layout.squeeze(name)) == 3
    assert made.sections[0].footer.paragraphs[0].text == "<&>"


def test_word_refuses_what_the_font_lacks():
    with pytest.raises(Unprintable, match=r"^Văn bản có ký tự không in được: “😀” \(U\+1F600\)\.$"):
        render_docx(replace(examples.report(), body=(Paragraph("Tổ 😀"),)))


def test_both_formats_break_centred_lines_alike():
    document = examples.decision()
    page = layout.read(render_pdf(document).pdf)[0]
    (abstract,) = [p for p in paragraphs(word("quyết định")) if p.style.name == "Trích yếu nội dung"]

    printed = [layout.letters(line.chars) for line in page.find(document.abstract)]
    assert printed == [layout.squeeze(line) for line in abstract.text.split("\n")]

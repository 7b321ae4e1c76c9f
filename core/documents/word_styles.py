"""The styles of a Word document: Decree 30/2020/NĐ-CP, Appendix I, in the units of WordprocessingML.

A clerk who completes the document finds each box of the decree as a style of its Vietnamese name. The
font is named, not carried: Times New Roman, as the decree has it. Word has it everywhere; where it is
missing, LibreOffice takes Liberation Serif or Tinos, which have the same widths.
"""

from dataclasses import dataclass
from typing import Literal

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

FONT = "Times New Roman"
INDENT_MM = 12.7


def twips(mm: float) -> int:
    """Twentieths of a point, in which Word measures."""
    return round(mm * 1440 / 25.4)


@dataclass(frozen=True)
class Style:
    """A paragraph style; sizes and distances in pt. `line` is the exact height of its lines."""

    id: str
    name: str
    size: float = 14
    bold: bool = False
    italic: bool = False
    align: Literal["left", "center", "right", "both"] = "left"
    line: float = 18.2
    before: float = 0
    first_line: float = 0  # mm
    left: float = 0  # mm
    keep_next: bool = False
    level: int | None = None

    @property
    def xml(self) -> str:
        level = "" if self.level is None else f'<w:outlineLvl w:val="{self.level}"/>'
        before, line, size = round(self.before * 20), round(self.line * 20), round(self.size * 2)
        return (
            f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{self.id}">'
            f'<w:name w:val="{self.name}"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>'
            f"{'<w:keepNext/>' if self.keep_next else ''}"
            f'<w:spacing w:before="{before}" w:line="{line}" w:lineRule="exact"/>'
            f'<w:ind w:left="{twips(self.left)}" w:firstLine="{twips(self.first_line)}"/>'
            f'<w:jc w:val="{self.align}"/>{level}</w:pPr><w:rPr>'
            f"{'<w:b/>' if self.bold else ''}{'<w:i/>' if self.italic else ''}"
            f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
        )


STYLES = (
    # Boxes 1 to 4
    Style("ParentBody", "Cơ quan chủ quản", 12, align="center", line=14.4),
    Style("IssuingBody", "Cơ quan ban hành", 12, bold=True, align="center", line=14.4),
    Style("Nation", "Quốc hiệu", 12, bold=True, align="center", line=14.4),
    Style("Motto", "Tiêu ngữ", 13, bold=True, align="center", line=15.6),
    Style("Number", "Số, ký hiệu", 13, align="center", line=15.6, before=8),
    Style("PlaceAndDate", "Địa danh, ngày tháng", 13, italic=True, align="center", line=15.6, before=8),
    Style("Subject", "Trích yếu công văn", 12, align="center", line=14.4, before=6),
    # Boxes 5 and 9a
    Style("Kind", "Tên loại văn bản", bold=True, align="center", before=20, keep_next=True, level=0),
    Style("Abstract", "Trích yếu nội dung", bold=True, align="center", keep_next=True),
    Style("Authority", "Thẩm quyền ban hành", bold=True, align="center", before=14, keep_next=True),
    Style("Addressee", "Kính gửi", align="center", before=14),
    Style("Addressees", "Kính gửi nhiều nơi", before=14, left=35, keep_next=True),
    Style("AddresseeLine", "Nơi được kính gửi", left=48),
    # Box 6
    Style("Basis", "Căn cứ", italic=True, align="both", before=6, first_line=INDENT_MM),
    Style("Resolution", "Lời quyết định", bold=True, align="center", before=10, keep_next=True),
    Style("Text", "Thân văn bản", align="both", before=6, first_line=INDENT_MM),
    Style("Section", "Mục", bold=True, before=8, first_line=INDENT_MM, keep_next=True, level=1),
    Style("Subsection", "Tiểu mục", bold=True, before=8, first_line=INDENT_MM, keep_next=True, level=2),
    # Tables
    Style("TableHead", "Đầu bảng", 13, bold=True, align="center", line=15.6),
    Style("Cell", "Ô bảng", 13, line=15.6),
    Style("CellCenter", "Ô bảng giữa", 13, align="center", line=15.6),
    Style("CellRight", "Ô bảng phải", 13, align="right", line=15.6),
    Style("Band", "Phần của danh sách", 13, bold=True, line=15.6, keep_next=True),
    Style("Total", "Tổng cộng", 13, bold=True, align="center", line=15.6),
    Style("TotalRight", "Tổng cộng phải", 13, bold=True, align="right", line=15.6),
    Style("Fact", "Thông tin", line=16.8, before=6),
    # Boxes 7 and 9b
    Style("Office", "Chức vụ người ký", bold=True, align="center", keep_next=True),
    Style("Signer", "Họ tên người ký", bold=True, align="center", before=76.5),
    Style("Recipients", "Nơi nhận", 12, bold=True, italic=True, line=13.8, keep_next=True),
    Style("RecipientLine", "Danh sách nơi nhận", 11, line=12.7),
    # Annexes
    Style("AnnexLabel", "Phụ lục", bold=True, align="center", keep_next=True, level=0),
    Style("AnnexTitle", "Tên phụ lục", bold=True, align="center", keep_next=True),
    Style("AnnexCaption", "Kèm theo", italic=True, align="center", keep_next=True),
    # What has no letters: the rules, the room between tables, the end of a section
    Style("Rule", "Đường kẻ", 2, line=2.5, before=1.5, keep_next=True),
    Style("Gap", "Khoảng cách", 2, line=8, keep_next=True),
    Style("End", "Hết phần", 1, line=1),
    # Margins
    Style("PageNumber", "Số trang", 13, align="center", line=15.6),
    Style("Mark", "Dấu chân trang", 9, align="center", line=10.8),
)

_FONTS = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
_HEAD = (
    f"<w:docDefaults><w:rPrDefault><w:rPr>{_FONTS}"
    '<w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/>'
    "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    "<w:qFormat/></w:style>"
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    '<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="table" w:customStyle="1" w:styleId="Ruled"><w:name w:val="Bảng kẻ"/>'
    '<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders>'
    + "".join(
        f'<w:{side} w:val="single" w:sz="6" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders><w:tblCellMar>"
    '<w:top w:w="50" w:type="dxa"/><w:left w:w="80" w:type="dxa"/>'
    '<w:bottom w:w="50" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)


def styles_element():
    """The whole styles part, in place of the one a new document begins with."""
    return parse_xml(f"<w:styles {nsdecls('w')}>{_HEAD}{''.join(style.xml for style in STYLES)}</w:styles>")


def settings_element():
    """Word lays the document out as Word 2013 and later do; the language of the portal's papers."""
    return parse_xml(
        f'<w:settings {nsdecls("w")}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
        ' w:val="15"/>'
        '</w:compat><w:themeFontLang w:val="vi-VN"/>'
        '<w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
    )

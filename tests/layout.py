"""The measures of Decree 30/2020/NĐ-CP, Appendix I, read in a produced PDF.

`faults` returns what departs from the decree, in words; an orderly file has none. It knows nothing of
the code that lays documents out: the numbers here are the decree's, so that a change there is noticed.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import pdfplumber

from core.documents import Article, Bullet, Document, Heading, Paragraph, Table
from core.vietnamese import nfc

MM = 72 / 25.4
WIDTH, HEIGHT = 210 * MM, 297 * MM
LEFT, RIGHT, TOP, BOTTOM = 30 * MM, 195 * MM, 20 * MM, 277 * MM
MIDDLE = (LEFT + RIGHT) / 2
NEAR = MM  # a millimetre
FACES = {"Tinos", "Tinos-Bold", "Tinos-Italic", "Tinos-BoldItalic", "Tinos-Bold-Italic"}
PLAIN, BOLD, ITALIC, BOTH = "", "Bold", "Italic", "BoldItalic"


@dataclass(frozen=True)
class Line:
    """The characters of one printed line."""

    chars: tuple[dict, ...]

    @property
    def x0(self) -> float:
        return min(char["x0"] for char in self.chars)

    @property
    def x1(self) -> float:
        return max(char["x1"] for char in self.chars)

    @property
    def bottom(self) -> float:
        return max(char["bottom"] for char in self.chars)

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2


class Page:
    def __init__(self, page):
        self.size = page.width, page.height
        self.rules = [*page.rects, *page.lines]
        self.chars = [char for char in page.chars if char["text"].strip()]
        self.body = [char for char in self.chars if char["bottom"] > TOP and char["top"] < BOTTOM]
        self.head = [char for char in self.chars if char["bottom"] <= TOP]
        self.text = letters(self.body)

    def find(self, text: str, after: int = 0) -> list[Line]:
        """The lines in which `text` first stands, empty when it does not."""
        wanted = squeeze(text)
        at = self.text.find(wanted, after)
        if at < 0 or not wanted:
            return []
        found = self.body[at : at + len(wanted)]
        return [Line(tuple(chars)) for _, chars in groupby(found, key=lambda char: round(char["bottom"]))]

    def rule_under(self, line: Line) -> tuple[float, float] | None:
        """The ends of the horizontal rule within 6 pt under the line."""
        ends = {
            (rule["x0"], rule["x1"])
            for rule in self.rules
            if -1 <= rule["bottom"] - line.bottom < 6 and rule["x0"] < line.middle < rule["x1"]
        }
        return ends.pop() if len(ends) == 1 else None


def squeeze(text: str) -> str:
    return re.sub(r"\s", "", nfc(text).replace("\N{NON-BREAKING HYPHEN}", "-"))


def letters(chars) -> str:
    return squeeze("".join(char["text"] for char in chars))


def read(pdf: bytes) -> list[Page]:
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return [Page(page) for page in opened.pages]


def faults(pdf: bytes, document: Document) -> list[str]:
    """What in the file departs from the decree or from the words of the document."""
    pages = read(pdf)
    found = list(_sheet(pages))
    if words_of(pages, document) != "".join(document.words()):
        found.append("words differ from the model")
    found += _first_page(pages[0], document)
    found += _styles(pages, document)
    found += _paragraphs(pages, document)
    found += _numbers(pages, document)
    found += _close(pages, document)
    return found


def words_of(pages: list[Page], document: Document) -> str:
    """The letters of the whole file; the header of a table is counted once, not on every page."""
    headers = {
        squeeze("".join(column.title for column in block.columns))
        for part in (document.body, *(annex.body for annex in document.annexes))
        for block in part
        if isinstance(block, Table)
    }
    text = ""
    for page in pages:
        again = next((header for header in headers if page.text.startswith(header)), "")
        text += page.text.removeprefix(again)
    return text


def _sheet(pages: list[Page]) -> Iterator[str]:
    for number, page in enumerate(pages, 1):
        if abs(page.size[0] - WIDTH) > NEAR or abs(page.size[1] - HEIGHT) > NEAR:
            yield f"page {number} is not A4 portrait"
        faces = {char["fontname"].split("+")[-1] for char in page.chars}
        if not faces <= FACES:
            yield f"page {number} has other fonts: {sorted(faces - FACES)}"
        for item in [*page.body, *page.rules]:
            if item["x0"] < LEFT - NEAR or item["x1"] > RIGHT + NEAR:
                yield f"page {number}: something stands beside the margins"
                break
        for item in [*page.body, *page.rules]:
            if item["top"] < TOP - NEAR or item["bottom"] > BOTTOM + NEAR:
                yield f"page {number}: something stands above or below the margins"
                break
    items = [item for page in pages for item in [*page.body, *page.rules]]
    edges = {
        "left": (LEFT, min(item["x0"] for item in items)),
        "right": (RIGHT, max(item["x1"] for item in items)),
        "top": (TOP, min(item["top"] for item in items)),
    }
    for side, (margin, edge) in edges.items():
        if abs(edge - margin) > NEAR:
            yield f"the text does not begin at the {side} margin: {(edge - margin) / MM:+.1f} mm"


def _style(line: Line) -> set[tuple[str, float]]:
    return {
        (char["fontname"].split("+")[-1].removeprefix("Tinos").replace("-", ""), round(char["size"], 1))
        for char in line.chars
    }


def _expect(page: Page, text: str, face: str, smallest: float, largest: float) -> Iterator[str]:
    lines = page.find(text)
    if not lines:
        yield f"not on its page: {text}"
    for line in lines:
        for has_face, size in _style(line):
            if has_face != face or not smallest - 0.5 <= size <= largest + 0.5:
                yield f"{text}: {has_face or 'Regular'} {size} pt"


def _styles(pages: list[Page], document: Document) -> Iterator[str]:
    first = pages[0]
    yield from _expect(first, document.national_name, BOLD, 12, 13)
    yield from _expect(first, document.motto, BOLD, 13, 14)
    if document.parent_body:
        yield from _expect(first, document.parent_body, PLAIN, 12, 13)
    yield from _expect(first, document.issuing_body, BOLD, 12, 13)
    if document.number_line:
        yield from _expect(first, document.number_line, PLAIN, 13, 13)
    yield from _expect(first, document.place_line, ITALIC, 13, 14)
    if document.is_letter:
        yield from _expect(first, document.abstract, PLAIN, 12, 13)
    else:
        yield from _expect(first, document.kind + document.abstract, BOLD, 13, 14)
    if document.authority:
        yield from _expect(first, document.authority, BOLD, 13, 14)
    for line in document.basis_lines:
        yield from _expect(_page_with(pages, line), line, ITALIC, 13, 14)
    for block in document.blocks:
        match block:
            case Heading(text):
                yield from _expect(_page_with(pages, text), text, BOLD, 13, 14)
            case Article():
                yield from _expect(_page_with(pages, block.label), block.label, BOLD, 13, 14)
    for position, annex in enumerate(document.annexes):
        label = document.annex_label(position) + annex.title
        page = _page_with(pages, label)
        yield from _expect(page, label, BOLD, 14, 14)
        if annex.caption:
            yield from _expect(page, f"({annex.caption})", ITALIC, 13, 14)


def _page_with(pages: list[Page], text: str) -> Page:
    """The page that says the text, or begins it at its end."""
    wanted = squeeze(text)
    return next((page for page in pages if wanted in page.text), pages[0])


def _first_page(page: Page, document: Document) -> Iterator[str]:
    nation, motto = page.find(document.national_name)[0], page.find(document.motto)[0]
    issuing = page.find(document.issuing_body)
    place = page.find(document.place_line)[0]
    yield from _centred("motto", motto, nation.middle)
    yield from _centred("place and date", place, nation.middle)
    if document.parent_body:
        yield from _centred("parent body", page.find(document.parent_body)[0], issuing[0].middle)
    if document.number_line:
        number = page.find(document.number_line)[0]
        yield from _centred("number", number, issuing[0].middle)
        if abs(number.bottom - place.bottom) > NEAR:
            yield "number and date do not stand on one line"
    if not issuing[0].x1 < nation.x0:
        yield "the bodies do not stand left of the national name"
    rule = page.rule_under(motto)
    if rule is None or abs(rule[0] - motto.x0) > NEAR or abs(rule[1] - motto.x1) > NEAR:
        yield f"the rule under the motto is not as long as the motto: {rule}"
    yield from _short_rule(page, "issuing body", issuing)
    if document.abstract and not document.is_letter:
        abstract = page.find(document.abstract)
        yield from _centred("title", page.find(document.kind)[0], MIDDLE)
        for line in abstract:
            yield from _centred("abstract", line, MIDDLE)
        yield from _short_rule(page, "abstract", abstract)


def _centred(what: str, line: Line, middle: float) -> Iterator[str]:
    if abs(line.middle - middle) > NEAR:
        yield f"{what} is not centred: {(line.middle - middle) / MM:+.1f} mm"


def _short_rule(page: Page, what: str, lines: list[Line]) -> Iterator[str]:
    rule, widest = page.rule_under(lines[-1]), max(line.x1 - line.x0 for line in lines)
    if rule is None:
        yield f"no rule under the {what}"
    elif not 1 / 3 <= (rule[1] - rule[0]) / widest <= 1 / 2:
        yield f"the rule under the {what} is {(rule[1] - rule[0]) / widest:.2f} of its line"
    elif abs((rule[0] + rule[1]) / 2 - lines[-1].middle) > NEAR:
        yield f"the rule under the {what} is not centred"


def _paragraphs(pages: list[Page], document: Document) -> Iterator[str]:
    """First lines are indented by 1 or 1.27 cm, paragraphs stand 6 pt and more apart."""
    above = None
    for block in document.blocks:
        text = getattr(block, "line", None) or getattr(block, "text", "")
        if isinstance(block, Article):
            text = f"{block.label} {block.text}"
        if not isinstance(block, Paragraph | Bullet | Heading | Article):
            above = None
            continue
        page = _page_with(pages, text)
        lines = page.find(text)
        if not lines:  # begun on one page and ended on the next
            above = None
            continue
        indent = (lines[0].x0 - LEFT) / MM
        if not any(abs(indent - wanted) <= 1 for wanted in (10, 12.7)):
            yield f"indented by {indent:.1f} mm: {text[:30]}"
        for char in lines[0].chars:
            if not 13 - 0.5 <= char["size"] <= 14 + 0.5:
                yield f"{char['size']:.1f} pt: {text[:30]}"
                break
        if above and above[0] is page and lines[0].bottom - above[1].bottom < 14 * 1.15 + 6 - 0.5:
            yield f"less than 6 pt above: {text[:30]}"
        above = page, lines[-1]


def _numbers(pages: list[Page], document: Document) -> Iterator[str]:
    """No number on the first page of the document and of each annex, then 2, 3 … in the upper margin."""
    begins = [squeeze(document.annex_label(at) + annex.title) for at, annex in enumerate(document.annexes)]
    expected = 0
    for sheet, page in enumerate(pages, 1):
        begins_part = sheet == 1 or bool(begins and page.text.startswith(begins[0]))
        if begins_part and sheet > 1:
            begins.pop(0)
        expected = 1 if begins_part else expected + 1
        if letters(page.head) != ("" if begins_part else str(expected)):
            yield f"sheet {sheet} is numbered {letters(page.head)!r}, not {expected}"
        elif page.head:
            line = Line(tuple(page.head))
            yield from _centred("page number", line, MIDDLE)
            if any(face != PLAIN or not 12.5 <= size <= 14.5 for face, size in _style(line)):
                yield f"the page number is {_style(line)}"
    if begins:
        yield f"annexes that begin no page of their own: {begins}"


def _close(pages: list[Page], document: Document) -> Iterator[str]:
    """Boxes 7 and 9b: side by side, the signature right of the middle, the recipients at the left margin."""
    page = next((page for page in pages if page.find("Nơi nhận:")), pages[0])
    offices = []
    if document.signature:
        wanted = "".join(document.signature.lines)
        # Both boxes stand on one page; of the office's title alone an annex may speak too.
        closing = [page for page in pages if page.find("Nơi nhận:")] if document.recipients else pages
        page = next((page for page in reversed(closing) if squeeze(wanted) in page.text), pages[0])
        begin = page.text.rfind(squeeze(wanted))
        offices = page.find(wanted, begin)
        for line in offices:
            if line.x0 < MIDDLE - 5 * MM:
                yield "the signature does not stand on the right"
            if any(face != BOLD or not 12.5 <= size <= 14.5 for face, size in _style(line)):
                yield f"the office is {_style(line)}"
        if document.signature.name:
            name = page.find(document.signature.name, begin)[0]
            yield from _centred("name", name, offices[0].middle)
            if _style(name) != {(BOLD, 14.0)}:
                yield f"the name is {_style(name)}"
    if document.recipients:
        heading = page.find("Nơi nhận:")[0]
        if abs(heading.x0 - LEFT) > NEAR or {face for face, _ in _style(heading)} != {BOTH}:
            yield "“Nơi nhận” is not bold italic at the left margin"
        if any(not 11.5 <= size <= 12.5 for _, size in _style(heading)):
            yield f"“Nơi nhận” is {_style(heading)}"
        for text in document.recipient_lines:
            yield from _expect(page, text, PLAIN, 11, 11)
        if offices and not document.opposite and abs(heading.bottom - offices[0].bottom) > 2 * NEAR:
            yield "“Nơi nhận” does not stand level with the signature"

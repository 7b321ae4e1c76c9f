"""An administrative document as plain values, in the boxes of Decree 30/2020/NĐ-CP, Appendix I.

Nothing here knows what the document is about, nor whether it becomes PDF or DOCX. Texts are given
without the punctuation the decree prescribes (the ";" after a basis, the "-" before a recipient,
the "./." at the end): the model adds it, so every renderer prints the same.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from core.vietnamese import long_date, nfc, roman

NATIONAL_NAME = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"

# Left open for the clerk (Văn thư), who gives number and date outside the portal.
BLANK = "\N{NO-BREAK SPACE}" * 8

# The number of an act ("152/2025/NĐ-CP"), which no renderer breaks over two lines.
REFERENCE = re.compile(r"\b\d{1,4}(/\d{4})?/[A-ZĐ]+[\w.-]{0,24}\w")


@dataclass(frozen=True)
class Paragraph:
    text: str


@dataclass(frozen=True)
class Heading:
    """A numbered section, "I. KẾT QUẢ" (level 1) or "1. Đăng ký" (level 2)."""

    text: str
    level: Literal[1, 2] = 1


@dataclass(frozen=True)
class Bullet:
    """A point of a list; the dash is added."""

    text: str

    @property
    def line(self) -> str:
        return f"- {self.text}"


@dataclass(frozen=True)
class Article:
    """A numbered article, "Điều 1. …"; what follows in the same article is given as paragraphs after it."""

    number: int
    text: str

    @property
    def label(self) -> str:
        return f"Điều {self.number}."


@dataclass(frozen=True)
class Facts:
    """Pairs of label and value, one a line: the body of a receipt."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Seal:
    """A QR code that leads to `address`, beside the lines that say so to whoever has no camera."""

    address: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """A column of a table; `width` is its share, in any unit the columns of the table have in common.
    Columns set to the left exchange some of theirs where that makes the table shorter (`columns.fitted`)."""

    title: str
    width: int
    align: Literal["left", "center", "right"] = "left"


@dataclass(frozen=True)
class Band:
    """A row across the whole table that opens a part of a list ("I. TẬP THỂ")."""

    text: str


@dataclass(frozen=True)
class Total:
    """A closing row: `values` stand under the last columns, `label` spans those before."""

    label: str
    values: tuple[str, ...]


Row = tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A ruled table; its header is repeated on each page and no row is split over two pages."""

    columns: tuple[Column, ...]
    rows: tuple[Row | Band | Total, ...]

    def __post_init__(self) -> None:
        width = len(self.columns)
        for position, row in enumerate(self.rows, 1):
            match row:
                case Band():
                    fits = True
                case Total(values=values):
                    fits = 0 < len(values) < width
                case _:
                    fits = len(row) == width
            if not fits:
                raise ValueError(f"row {position} does not fit {width} columns: {row!r}")


Block = Paragraph | Heading | Bullet | Article | Facts | Seal | Table


@dataclass(frozen=True)
class Signature:
    """Box 7: the lines of authority ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), and the name once it is known."""

    lines: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True)
class Annex:
    """A "Phụ lục" with pages of its own count.

    `caption` ("Kèm theo Quyết định số … ngày …") is left empty in a document signed electronically,
    as the decree has it; a renderer sets it in brackets.
    """

    title: str
    body: tuple[Block, ...]
    caption: str = ""


@dataclass(frozen=True)
class Document:
    """One administrative document.

    `number` and `day` stay None until a clerk has given them, and are then printed as blanks, the
    date with `year` if one is expected. Without `symbol` the number stands alone (a receipt), without
    both the line is left out (minutes carry no number). `authority` is the line of the office that
    decides and `resolution` the word after the bases, both of a decision. `opposite` is a second
    signature on the left (a superior's confirmation, the secretary of minutes). `mark` is repeated
    small at the foot of every page. Without `kind` it is a letter (công văn): its abstract, "V/v …",
    stands under the number (box 5b).
    """

    kind: str
    abstract: str
    issuing_body: str
    place: str
    body: tuple[Block, ...]
    parent_body: str = ""
    symbol: str = ""
    number: str | None = None
    day: date | None = None
    year: int | None = None
    authority: str = ""
    addressees: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    resolution: str = ""
    ending: str = "./."
    signature: Signature | None = None
    opposite: Signature | None = None
    recipients: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    mark: str = ""

    national_name: ClassVar[str] = NATIONAL_NAME
    motto: ClassVar[str] = MOTTO

    @property
    def title(self) -> str:
        """For the catalogue entry of the file: "Tờ trình về việc …"."""
        if self.is_letter:
            return f"Công văn {self.abstract}"
        about = self.abstract
        if about[1:2].islower():  # "Về việc …", but not a reference such as "KT-2025-00045"
            about = about[0].lower() + about[1:]
        return f"{self.kind.capitalize()} {about}".strip()

    @property
    def is_letter(self) -> bool:
        return not self.kind

    @property
    def number_line(self) -> str:
        """Box 3: "Số: 05/TTr-STTTT"; a number below ten has a leading zero."""
        number = self.number.zfill(2) if self.number else BLANK
        if self.symbol:
            return f"Số: {number}/{self.symbol}"
        return f"Số: {number}" if self.number else ""

    @property
    def place_line(self) -> str:
        """Box 4: "Lào Cai, ngày 05 tháng 02 năm 2026"."""
        if self.day is None:
            year = f" {self.year}" if self.year else BLANK
            return f"{self.place}, ngày{BLANK}tháng{BLANK}năm{year}"
        return f"{self.place}, {long_date(self.day)}"

    @property
    def addressee_lines(self) -> tuple[str, ...]:
        """One addressee stands beside "Kính gửi:", several on dashed lines below it."""
        if len(self.addressees) == 1:
            return self.addressees
        return tuple(f"- {line}" for line in _closed(self.addressees))

    @property
    def basis_lines(self) -> tuple[str, ...]:
        return _closed(self.bases)

    @property
    def recipient_lines(self) -> tuple[str, ...]:
        return tuple(f"- {line}" for line in _closed(self.recipients))

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The body, its lists closed, with "./." after its last word; a table ends visibly and needs none."""
        body = _lists_closed(self.body)
        if not self.ending or not body:
            return body
        *before, last = body
        match last:
            case Paragraph(text):
                return (*before, Paragraph(text.rstrip(" .;") + self.ending))
            case Bullet(text):
                return (*before, Bullet(text.rstrip(" .;") + self.ending))
            case Article(number, text):
                return (*before, Article(number, text.rstrip(" .;") + self.ending))
        return body

    def annex_label(self, position: int) -> str:
        """The word over the annex at `position` (from 0), "Phụ lục II"; an only annex has no number."""
        return "Phụ lục" if len(self.annexes) == 1 else f"Phụ lục {roman(position + 1)}"

    def words(self) -> list[str]:
        """Every word in reading order, in NFC, marks and page numbers of the margins left out."""
        texts = [
            *(self.parent_body, self.issuing_body, self.national_name, self.motto),
            self.number_line,
            *(
                (self.abstract, self.place_line)
                if self.is_letter
                else (self.place_line, self.kind, self.abstract)
            ),
            self.authority,
            *(("Kính gửi:",) if self.addressees else ()),
            *self.addressee_lines,
            *self.basis_lines,
            self.resolution,
            *_texts(self.blocks),
            *((*self.opposite.lines, self.opposite.name) if self.opposite else ()),
            *(("Nơi nhận:",) if self.recipients else ()),
            *self.recipient_lines,
            *((*self.signature.lines, self.signature.name) if self.signature else ()),
        ]
        for position, annex in enumerate(self.annexes):
            texts += [self.annex_label(position), annex.title]
            texts += [f"({annex.caption})"] if annex.caption else []
            texts += _texts(annex.body)
        return clean(" ".join(texts)).split()


@dataclass(frozen=True)
class Rendered:
    """What a renderer returns: the HTML for reading and testing, the file, and its number of pages."""

    html: str
    pdf: bytes
    pages: int


# Called with the steps done, their number (one per part laid out, one for writing the file) and,
# in Vietnamese, what is being done now. Pages cannot be counted before they are laid out.
Progress = Callable[[int, int, str], None]


class Unprintable(ValueError):
    """The document has characters its font lacks; names them, in Vietnamese, for whoever may mend it."""

    def __init__(self, letters: set[str]) -> None:
        named = ", ".join(f"“{letter}” (U+{ord(letter):04X})" for letter in sorted(letters))
        super().__init__(f"Văn bản có ký tự không in được: {named}.")


def clean(text: str) -> str:
    """NFC without the invisible format characters that come along when text is pasted."""
    text = nfc(text)
    # Each letter is looked up once: a list of names has a hundred different ones in half a million.
    return text.translate({ord(letter): None for letter in set(text) if unicodedata.category(letter) == "Cf"})


def _closed(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Each line ends with ";", the last with "."."""
    bare = [line.rstrip(" .;") for line in lines]
    return (*(f"{line};" for line in bare[:-1]), *(f"{line}." for line in bare[-1:]))


def _lists_closed(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Points end with ";", the last with "."; one that ends by itself, or is to be completed, stays."""
    closed = []
    for block, following in zip(blocks, (*blocks[1:], None), strict=True):
        if isinstance(block, Bullet):
            text = block.text.rstrip(" ;")
            end = ";" if isinstance(following, Bullet) else "."
            block = Bullet(text if text.endswith(tuple(".…:?!")) else text + end)
        closed.append(block)
    return tuple(closed)


def _texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph(text) | Heading(text):
                yield text
            case Bullet():
                yield block.line
            case Article():
                yield f"{block.label} {block.text}"
            case Facts(pairs):
                for label, value in pairs:
                    yield f"{label}: {value}"
            case Seal(lines=lines):
                yield from lines
            case Table(columns, rows):
                yield from (column.title for column in columns)
                for row in rows:
                    match row:
                        case Band(text):
                            yield text
                        case Total(label, values):
                            yield from (label, *values)
                        case _:
                            yield from row

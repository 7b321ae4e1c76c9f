"""Read what an uploaded paper carries, in a process of its own with bounded time and memory.

Run by path (`core.paper_process`), never imported by the portal. It stays, with its libraries loaded, and
forks for each paper: a hostile file may crash or exhaust that fork and nothing else. A question ("pdf" or
"office", a blank, the file's path) comes with the socket of its answer, one JSON object on one line:
`trouble` ("", "broken", "encrypted", "scripted", "attachments", "macros", "remote", "bomb"), `lines` (each
standing alone at the head of the first page), `metadata` (values) and `text` (of the first page).
"""

import json
import os
import re
import resource
import signal
import socket
import unicodedata
import zipfile
from xml.etree import ElementTree

import pikepdf
import pypdfium2

SECONDS = 10
MEMORY = 1024 * 1024 * 1024
#: the part of the first page where a mark of secrecy is stamped: under the number, left
HEAD = 0.5
CHARACTERS = 6000
PARAGRAPHS = 40
OBJECTS = 200_000
UNPACKED = 300 * 1024 * 1024
PART = 20 * 1024 * 1024
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FETCHED = {"attachedTemplate", "oleObject", "frame", "subDocument", "package", "control"}
DDE = re.compile(r"\bDDE(AUTO)?\b")
ACTIVE = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/RichMediaExecute"}


class Trouble(Exception):
    """The file is of a kind that is not stored; the argument names it."""


def read_pdf(path: str) -> dict:
    try:
        document = pikepdf.open(path)
    except pikepdf.PasswordError:
        raise Trouble("encrypted") from None
    except pikepdf.PdfError:
        raise Trouble("broken") from None
    with document:
        # Also those that open without a password: the portal could not sign or archive them.
        if document.is_encrypted:
            raise Trouble("encrypted")
        for count, thing in enumerate(document.objects):
            if count > OBJECTS:
                raise Trouble("bomb")
            _refuse_active(thing)
        if not len(document.pages):
            raise Trouble("broken")
        metadata = [str(value) for value in document.docinfo.values()] if document.docinfo else []
        metadata += _xmp(document)
    return {"metadata": metadata, **_first_page(path)}


def _xmp(document) -> list[str]:
    """The values of the XMP packet; one that is no XML says nothing."""
    packet = document.Root.get("/Metadata")
    content = packet.read_bytes() if packet is not None else b""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or len(content) > PART:
        raise Trouble("bomb")
    try:
        elements = ElementTree.fromstring(content).iter() if content else ()
    except ElementTree.ParseError:
        return []
    return [value for element in elements for value in (element.text, *element.attrib.values()) if value]


def _refuse_active(thing, depth: int = 0) -> None:
    """Look through one object and the direct ones within it; references lead to objects of their own."""
    if depth > 30:
        raise Trouble("bomb")
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        kind = thing.get("/S")
        # XFA forms carry programs of their own, in XML.
        if "/JS" in thing or "/XFA" in thing or (isinstance(kind, pikepdf.Name) and str(kind) in ACTIVE):
            raise Trouble("scripted")
        # /Type is optional, so the file within is looked for by what leads to it.
        if "/EF" in thing or thing.get("/Type") == "/EmbeddedFile":
            raise Trouble("attachments")
        children = [thing.get(key) for key in thing.keys()]  # noqa: SIM118 — not a dict
    elif isinstance(thing, pikepdf.Array):
        children = list(thing)
    else:
        return
    for child in children:
        if isinstance(child, pikepdf.Object) and not child.is_indirect:
            _refuse_active(child, depth + 1)


def _first_page(path: str) -> dict:
    """The words of the first page in the order they were written, split into runs that stand alone."""
    document = pypdfium2.PdfDocument(path)
    # A stamp put on with a PDF reader is an annotation: only drawn into the page are its words read.
    first = document[0]
    pypdfium2.raw.FPDFPage_Flatten(first, pypdfium2.raw.FLAT_PRINT)
    first.close()
    page = document[0]
    height = page.get_height()
    words = page.get_textpage()
    runs, last = [""], None
    for index in range(min(words.count_chars(), CHARACTERS)):
        letter = words.get_text_range(index, 1)
        left, bottom, right, top = words.get_charbox(index)
        if letter.isspace() and right <= left:
            letter = " " if letter not in "\r\n" else "\n"
        box = (left, bottom, right, top)
        # A letter's own diacritics, when written apart from it, stand above and below its box.
        is_mark = letter.isspace() or unicodedata.combining(letter[0])
        if letter == "\n" or (last and not is_mark and _stands_apart(last, box)):
            runs.append("")
        if letter != "\n" and bottom > height * (1 - HEAD):
            runs[-1] += letter
        if not is_mark and right > left:
            last = box
    return {"lines": [run for run in runs if run.strip()], "text": words.get_text_range(0, -1)[:CHARACTERS]}


def _stands_apart(last, box) -> bool:
    """Whether a letter begins a new run: another line, or a gap wider than letter-spacing would be."""
    tall = max(last[3] - last[1], box[3] - box[1], 1)
    gap = box[0] - last[2]
    return abs((box[1] + box[3]) / 2 - (last[1] + last[3]) / 2) > tall or gap > 2 * tall or gap < -tall * 3


def read_office(path: str) -> dict:
    try:
        archive = zipfile.ZipFile(path)
        parts = archive.infolist()
    except zipfile.BadZipFile:
        raise Trouble("broken") from None
    names = {part.filename for part in parts}
    if len(parts) > 5000 or sum(part.file_size for part in parts) > UNPACKED:
        raise Trouble("bomb")
    if any(part.flag_bits & 1 for part in parts):
        raise Trouble("encrypted")
    kinds = _part(archive, "[Content_Types].xml")
    lowered = [name.lower() for name in names]
    if b"macroEnabled" in kinds or any(name.endswith(("vbaproject.bin", ".vba")) for name in lowered):
        raise Trouble("macros")
    if any("/macrosheets/" in name or "/dialogsheets/" in name for name in lowered):
        raise Trouble("macros")
    for name in sorted(name for name in names if name.endswith(".rels")):
        _refuse_remote(_tree(archive, name))
    if any("/activeX/" in name or "/embeddings/" in name for name in names):
        raise Trouble("attachments")
    metadata = [
        text
        for name in ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml")
        if name in names
        for element in _tree(archive, name).iter()
        if (text := element.text)
    ]
    lines = []
    if "word/document.xml" in names:
        headers = sorted(name for name in names if name.startswith("word/header"))
        for name in [*headers, "word/document.xml"]:
            tree = _tree(archive, name)
            # A field that starts a program when the document is opened.
            if any(DDE.search(field.text or "") for field in tree.iter(f"{WORD}instrText")):
                raise Trouble("scripted")
            paragraphs = tree.iter(f"{WORD}p")
            for paragraph, _count in zip(paragraphs, range(PARAGRAPHS), strict=False):
                lines.append("".join(run.text or "" for run in paragraph.iter(f"{WORD}t")))
    return {"metadata": metadata, "lines": lines, "text": "\n".join(lines)}


def _refuse_remote(relations) -> None:
    """Links may be followed by who clicks them; a template or object elsewhere is fetched by opening."""
    for relation in relations.iter():
        kind = relation.get("Type", "").rpartition("/")[2]
        if relation.get("TargetMode") == "External" and kind in FETCHED:
            raise Trouble("remote")


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        with archive.open(name) as part:
            content = part.read(PART + 1)
    except (KeyError, zipfile.BadZipFile, OSError):
        raise Trouble("broken") from None
    if len(content) > PART:
        raise Trouble("bomb")
    return content


def _tree(archive: zipfile.ZipFile, name: str):
    content = _part(archive, name)
    if b"<!DOCTYPE" in content:
        raise Trouble("bomb")
    try:
        return ElementTree.fromstring(content)
    except ElementTree.ParseError:
        raise Trouble("broken") from None


def found_in(path: str, kind: str) -> dict:
    nothing = {"lines": [], "metadata": [], "text": ""}
    try:
        return {"trouble": "", **(read_pdf if kind == "pdf" else read_office)(path)}
    except Trouble as trouble:
        return {"trouble": str(trouble), **nothing}
    except MemoryError:
        return {"trouble": "bomb", **nothing}
    except Exception:
        # It met what it does not understand.
        return {"trouble": "broken", **nothing}


def answer(question: bytes, answers: int) -> None:
    """In the fork: no more time and memory than this, whatever the file does."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.alarm(2 * SECONDS)
    kind, _, path = question.decode().partition(" ")
    with open(answers, "w") as out:
        print(json.dumps(found_in(path, kind)), file=out)


def main() -> None:
    """Answer until nobody can ask any more, which is when the process that asks has ended."""
    asked = socket.socket(fileno=0)
    # Ctrl-C is for who asks; forks that have ended are waited for by nobody.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        question, answers, _flags, _address = socket.recv_fds(asked, 8192, 1)
        if not question:
            return
        if not os.fork():
            asked.close()
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            answer(question, *answers)
            os._exit(0)
        os.close(*answers)


if __name__ == "__main__":
    main()

"""A zoo of hostile and broken files: each is refused in words, or kept as something harmless.

Nothing of it is dangerous by itself: the parts that would be are inert look-alikes, made here.
"""

import contextlib
import io
import struct
import zipfile
from types import SimpleNamespace

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from core import files, guard, pictures, scanning
from core.files import DOCX, PDF, XLSX, FileRefused
from core.models import File
from core.models.file import ScanState
from core.paper_process import PROGRAM, Reader
from core.transitions import Refused
from tests import papers
from tests.factories import UserFactory
from tests.papers import A_JPEG, A_PNG, PIXEL, png, png_chunk

ANY = tuple(kind for kind in files.EXTENSIONS if kind != files.ZIP)
# Turned around, so that no scanner takes this file itself for the one it tests with.
EICAR = r"*H+H$!ELIF-TSET-SURIVITNA-DRADNATS-RACIE$}7)CC7)^P(45XZP\4[PA@%P!O5X"[::-1].encode()
HTML = b"<html><script>alert(document.cookie)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
EXE = b"MZ\x90\x00\x03" + bytes(300)
RTF = rb"{\rtf1\ansi{\object\objautlink\objupdate{\*\objclass Word.Document.8}}}"


# What they are made of


def zipped(parts, *, method=zipfile.ZIP_DEFLATED) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PLAIN = {"[Content_Types].xml": "<Types/>", "_rels/.rels": "<x/>", "word/document.xml": "<x/>"}
SHEET = {"[Content_Types].xml": "<Types/>", "_rels/.rels": "<x/>", "xl/workbook.xml": "<x/>"}


def docx(**parts) -> bytes:
    return zipped(PLAIN | parts)


def elsewhere(kind) -> str:
    target = 'Target="http://noi-khac.example/mau.dotm" TargetMode="External"'
    return f'<Relationships><Relationship Id="r1" Type="{_RELS}/{kind}" {target}/></Relationships>'


def field(words) -> str:
    return f'<w:p xmlns:w="{_WORD}"><w:instrText>{words}</w:instrText></w:p>'


def pdf(change) -> bytes:
    content = io.BytesIO()
    with pikepdf.open(io.BytesIO(papers.pdf())) as document:
        options = change(document) or {}
        document.save(content, **options)
    return content.getvalue()


def acting(kind, **more):
    def change(document):
        action = pikepdf.Dictionary(S=pikepdf.Name(f"/{kind}"), **more)
        document.Root.OpenAction = action

    return pdf(change)


def with_form(document):
    xfa = document.make_stream(b"<xdp><template><script>app.alert(1)</script></template></xdp>")
    document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([]), XFA=xfa)


def with_unnamed_file(document):
    """A file within, of which the dictionary leading to it does not say that it is one."""
    stream = document.make_stream(EXE)
    names = pikepdf.Array([pikepdf.String("a.exe"), pikepdf.Dictionary(EF=pikepdf.Dictionary(F=stream))])
    document.Root.Names = pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary(Names=names))


def attached(document):
    document.attachments["thu.exe"] = pikepdf.AttachedFileSpec(document, EXE, filename="thu.exe")


def locked(document):
    return {"encryption": pikepdf.Encryption(owner="chu", user="nguoi-dung")}


def nested(document):
    inner = pikepdf.Array([])
    for _ in range(60):
        inner = pikepdf.Array([inner])
    document.Root.Deep = inner


def many_objects(document):
    document.Root.Many = document.make_indirect(
        pikepdf.Array([document.make_indirect(pikepdf.Array([])) for _ in range(300)])
    )


def without_pages(document):
    del document.pages[0]


def segment(kind, data) -> bytes:
    return bytes([0xFF, kind]) + struct.pack("!H", len(data) + 2) + data


def exif(orientation=6) -> bytes:
    """How the camera was held, and where: 22.48 N, 103.97 E."""
    entries = struct.pack("<HHIHH", 0x0112, 3, 1, orientation, 0) + struct.pack("<HHII", 0x8825, 4, 1, 38)
    place = b"GPS 22.48N 103.97E Nguyen Van An"
    return segment(0xE1, b"Exif\0\0II*\0" + struct.pack("<IH", 8, 2) + entries + bytes(4) + place)


def jpeg(*segments, tail=b"") -> bytes:
    return A_JPEG[:2] + b"".join(segments) + A_JPEG[2:] + tail


WIDE_JPEG = A_JPEG.replace(bytes.fromhex("0800010001"), bytes.fromhex("08ffffffff"))

# What is refused

NOT_IT = "không phải là tệp"
BROKEN, LOCKED, ACTS = guard.TROUBLES["broken"], guard.TROUBLES["encrypted"], guard.TROUBLES["scripted"]
CARRIES, MACROS, REMOTE = (guard.TROUBLES[name] for name in ("attachments", "macros", "remote"))
BOMB, TORN = guard.TROUBLES["bomb"], "bị hỏng hoặc tải lên chưa hết"
JS = pikepdf.String("app.alert(1)")
REFUSED = {
    # Wrong types, whatever they are called
    "program called pdf": ("van-ban.pdf", EXE, NOT_IT),
    "elf program called pdf": ("van-ban.pdf", b"\x7fELF" + bytes(300), NOT_IT),
    "shell script called pdf": ("van-ban.pdf", b"#!/bin/sh\nrm -rf ~\n%PDF-1.4\n%%EOF", NOT_IT),
    "page called pdf": ("trang.pdf", HTML + b"%PDF-1.7\n%%EOF", NOT_IT),
    "svg with a script": ("anh.svg", SVG, NOT_IT),
    "svg called png": ("anh.png", SVG, NOT_IT),
    "xml that asks for style": ("a.pdf", b"<?xml version='1.0'?><?xml-stylesheet href='x.xsl'?>", NOT_IT),
    "rich text with an object": ("don.docx", RTF, NOT_IT),
    "old word document": ("don.doc", files.OLE + bytes(600), NOT_IT),
    "gif that begins a script": ("anh.png", b"GIF89a=1;alert(1)//" + bytes(60), NOT_IT),
    "eicar, bare": ("eicar.com", EICAR, NOT_IT),
    "eicar called pdf": ("van-ban.pdf", EICAR, NOT_IT),
    "eicar in an archive": ("van-ban.docx", zipped({"eicar.com": EICAR}), NOT_IT),
    "archive that climbs": ("a.docx", zipped({"../../../etc/cron.d/x": b"* * * * *"}), NOT_IT),
    "archive in archive in archive": ("a.xlsx", zipped({"a.zip": zipped({"b.zip": zipped({})})}), NOT_IT),
    "empty": ("trong.pdf", b"", "rỗng (0 byte)"),
    # Two things at once
    "program, then pdf": ("a.pdf", EXE + papers.pdf(), NOT_IT),
    "page, then pdf": ("a.pdf", HTML + papers.pdf(), NOT_IT),
    "archive, then pdf": ("a.pdf", zipped({"a.html": HTML}) + papers.pdf(), NOT_IT),
    # PDFs
    "pdf cut short": ("a.pdf", papers.pdf()[:300], TORN),
    "pdf of rubbish": ("a.pdf", b"%PDF-1.7\n" + b"\xde\xad" * 400 + b"%%EOF", BROKEN),
    "pdf without pages": ("a.pdf", pdf(without_pages), BROKEN),
    "pdf with a password": ("a.pdf", pdf(locked), LOCKED),
    "pdf that runs a script": ("a.pdf", acting("JavaScript", JS=JS), ACTS),
    "pdf that starts a program": ("a.pdf", acting("Launch", F=pikepdf.String("cmd.exe")), ACTS),
    "pdf that sends its form": ("a.pdf", acting("SubmitForm", F=pikepdf.String("http://x")), ACTS),
    "pdf with an xfa form": ("a.pdf", pdf(with_form), ACTS),
    "pdf with a file in it": ("a.pdf", pdf(attached), CARRIES),
    "pdf with a file that says not so": ("a.pdf", pdf(with_unnamed_file), CARRIES),
    "pdf nested sixty deep": ("a.pdf", pdf(nested), BOMB),
    # Word and Excel
    "word with macros": ("a.docx", docx(**{"word/vbaProject.bin": b"x"}), MACROS),
    "word that is a docm": (
        "a.docx",
        docx(**{"[Content_Types].xml": "<x>application/vnd.ms-word.document.macroEnabled.main+xml</x>"}),
        MACROS,
    ),
    "excel with old macro sheets": ("a.xlsx", zipped(SHEET | {"xl/macrosheets/sheet1.xml": "<x/>"}), MACROS),
    "word with an object": ("a.docx", docx(**{"word/embeddings/oleObject1.bin": EXE}), CARRIES),
    "word with a control": ("a.docx", docx(**{"word/activeX/activeX1.xml": "<x/>"}), CARRIES),
    "word with a template elsewhere": (
        "a.docx",
        docx(**{"word/_rels/settings.xml.rels": elsewhere("attachedTemplate")}),
        REMOTE,
    ),
    "word with an object elsewhere": (
        "a.docx",
        docx(**{"word/_rels/document.xml.rels": elsewhere("oleObject")}),
        REMOTE,
    ),
    "word that starts a program": ("a.docx", docx(**{"word/document.xml": field("DDEAUTO c:\\\\x")}), ACTS),
    "word with entities": (
        "a.docx",
        docx(**{"word/document.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}),
        BOMB,
    ),
    "word that bursts": (
        "a.docx",
        papers.unpacking_to(400 * 1024 * 1024, docx(**{"word/media/image1.png": b"x"})),
        BOMB,
    ),
    "word of ten thousand parts": ("a.docx", docx(**{f"word/{n}.xml": b"" for n in range(6000)}), BOMB),
    "word, torn": ("a.docx", docx()[:-40], BROKEN),
    # Pictures
    "png that bursts": ("a.png", png(PIXEL, width=60_000, height=60_000), "quá nhiều điểm ảnh"),
    "jpeg that bursts": ("a.jpg", WIDE_JPEG, "quá nhiều điểm ảnh"),
    "png cut short": ("a.png", A_PNG[:-20], TORN),
    "png with a wrong checksum": ("a.png", A_PNG[:-1] + b"\0", TORN),
    "png without a picture": ("a.png", png(), TORN),
    "jpeg cut short": ("a.jpg", A_JPEG[:60], TORN),
    "jpeg that is all remarks": ("a.jpg", b"\xff\xd8" + segment(0xFE, HTML) + b"\xff\xd9", TORN),
}


@pytest.mark.parametrize("animal", REFUSED)
def test_it_is_refused_in_words_and_nothing_is_kept(db, animal):
    name, content, words = REFUSED[animal]
    with pytest.raises(FileRefused) as refused:
        files.store(SimpleUploadedFile(name, content, content_type="application/pdf"), by=None, accept=ANY)
    assert words in str(refused.value)
    assert f"“{name}”" in str(refused.value)
    assert File.objects.count() == 0


def test_a_pdf_of_too_many_objects_is_refused(db, monkeypatch, tmp_path):
    """The number is far smaller here than the two hundred thousand of the reader."""
    small = PROGRAM.read_text().replace("OBJECTS = 200_000", "OBJECTS = 200")
    program = tmp_path / "small_reader.py"
    assert small != PROGRAM.read_text()
    program.write_text(small)
    with contextlib.closing(Reader(program)) as reader:
        monkeypatch.setattr(guard, "reader", reader)
        with pytest.raises(FileRefused, match="quá phức tạp"):
            files.check(SimpleUploadedFile("a.pdf", pdf(many_objects)))


# What is kept, and how


def upload(name, content):
    """As named by who knows no rules: Django's own class would tidy the name."""
    file = ContentFile(content)
    file.name = name
    return file


SECRETS = (b"GPS", b"Nguyen", b"<script", b"PK\x03\x04", b"<?php")
KEPT = {
    # name, content, type found, name kept, content kept (None: as it was)
    "pdf, then an archive": ("a.pdf", papers.pdf() + zipped({"a.txt": b"x"}), PDF, "a.pdf", None),
    "pdf called hta": ("thu.hta", papers.pdf(), PDF, "thu.hta.pdf", None),
    "pdf called by a path": ("../../../etc/passwd", papers.pdf(), PDF, "passwd.pdf", None),
    "pdf called by a share": ("\\\\may\\c$\\a.pdf", papers.pdf(), PDF, "a.pdf", None),
    "pdf with its name turned": ("cong-van\u202efdp.exe", papers.pdf(), PDF, "cong-vanfdp.exe.pdf", None),
    "pdf with a header in its name": ("a\r\nX-A: 1.pdf", papers.pdf(), PDF, "aX-A: 1.pdf", None),
    "pdf called by a device": ("CON", papers.pdf(), PDF, "CON.pdf", None),
    "word with a link": (
        "a.docx",
        docx(**{"word/_rels/document.xml.rels": elsewhere("hyperlink")}),
        DOCX,
        "a.docx",
        None,
    ),
    "word with a name that climbs": ("a.docx", docx(**{"../../x.sh": b"x"}), DOCX, "a.docx", None),
    "excel called pdf": ("a.pdf", zipped(SHEET), XLSX, "a.pdf.xlsx", None),
    "jpeg with the place it was taken": ("a.jpg", jpeg(exif(1)), "image/jpeg", "a.jpg", A_JPEG),
    "jpeg with a program in a remark": (
        "a.jpg",
        jpeg(segment(0xFE, b"<?php x(); ?>")),
        "image/jpeg",
        "a.jpg",
        A_JPEG,
    ),
    "jpeg, then an archive": ("a.jpg", jpeg(tail=zipped({"a": b"x"})), "image/jpeg", "a.jpg", A_JPEG),
    "jpeg, then a page": ("a.html", jpeg(tail=HTML), "image/jpeg", "a.html.jpg", A_JPEG),
    "png with words": (
        "a.png",
        png(png_chunk(b"tEXt", b"Author\0Nguyen"), PIXEL),
        "image/png",
        "a.png",
        A_PNG,
    ),
    "png with its place": ("a.png", png(png_chunk(b"eXIf", b"GPS"), PIXEL), "image/png", "a.png", A_PNG),
    "png, then an archive": ("a.png", png(PIXEL, tail=zipped({"a": b"x"})), "image/png", "a.png", A_PNG),
}


@pytest.mark.parametrize("animal", KEPT)
def test_it_is_kept_as_something_harmless(db, rf, animal):
    name, content, kind, name_kept, content_kept = KEPT[animal]
    file = files.store(upload(name, content), by=None, accept=ANY)
    assert (file.content_type, file.name) == (kind, name_kept)
    assert files.read(file) == (content if content_kept is None else content_kept)
    if content_kept is not None:
        assert [secret for secret in SECRETS if secret in files.read(file)] == []
    request = rf.get("/tep/")
    request.user = UserFactory()
    served = files.serve(request, file, inline=True)
    list(served.streaming_content)
    # Only a PDF is shown in our pages' origin, and as nothing else.
    disposition = served["Content-Disposition"].partition(";")[0]
    assert (disposition, served["Content-Type"]) == ("inline" if kind == PDF else "attachment", kind)
    assert served["X-Content-Type-Options"] == "nosniff"


def test_there_are_forty_and_more_of_them():
    assert (len(REFUSED), len(KEPT)) == (49, 17)


def test_how_the_camera_was_held_is_all_that_stays_of_what_it_tells(db):
    file = files.store(upload("a.jpg", jpeg(exif(6), segment(0xFE, b"Nguyen"))), by=None, accept=ANY)
    kept = files.read(file)
    assert [secret for secret in SECRETS if secret in kept] == []
    assert kept == jpeg(pictures._only_orientation(6))
    assert pictures._orientation(kept[6:]) == 6


def test_eicar_in_a_paper_is_blocked_once_it_was_scanned(db, rf, settings, monkeypatch):
    settings.CLAMAV_URL = "tcp://127.0.0.1:1"
    file = files.store(SimpleUploadedFile("a.pdf", papers.pdf() + EICAR + b"\n%%EOF"), by=UserFactory())
    request = SimpleNamespace(GET={}, user=file.uploaded_by, META={})
    with pytest.raises(Refused, match="đang được quét"):
        files.serve(request, file)
    monkeypatch.setattr(
        scanning, "verdict", lambda stored: "Eicar-Signature" if EICAR in stored.read() else ""
    )
    scanning.scan(file.pk)
    file.refresh_from_db()
    assert file.scan_state == ScanState.INFECTED
    with pytest.raises(Refused, match="có mã độc"):
        files.serve(request, file)

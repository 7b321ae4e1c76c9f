"""PDF/A-3a (ISO 19005-3): level B by pikepdf's validator, which follows veraPDF's rules; level A by hand.

The conformance tool of the trade, veraPDF itself, is a Java program that no package index here carries.
What its rules demand is read twice: by `tests.archive`, and requirement by requirement with pdfminer.
"""

import io
import re
from functools import cache

import pdfplumber
import pikepdf
import pytest
from pdfminer.pdftypes import PDFObjRef, PDFStream, resolve1
from pdfminer.psparser import PSLiteral

from core.documents import render_annex, render_main, render_pdf
from tests import archive
from tests.core import document_examples as examples
from tests.core.test_layout import EXAMPLES

FILES = {name: lambda make=make: render_pdf(make()).pdf for name, make in EXAMPLES.items()}
FILES["văn bản chính"] = lambda: render_main(examples.proposal()).pdf
FILES["phụ lục"] = lambda: render_annex(examples.proposal(), 0).pdf
each_file = pytest.mark.parametrize("name", FILES)


@cache
def pdf(name):
    return FILES[name]()


@cache
def opened(name):
    return pdfplumber.open(io.BytesIO(pdf(name))).doc


def name_of(value):
    return value.name if isinstance(value, PSLiteral) else value


def objects(document):
    """Every object of the file, each once."""
    for xref in document.xrefs:
        for number in xref.get_objids():
            yield document.getobj(number)


def dictionaries(document):
    for found in objects(document):
        found = found.attrs if isinstance(found, PDFStream) else found
        if isinstance(found, dict):
            yield found


@each_file
def test_the_validator_finds_nothing(name):
    assert archive.faults(pdf(name)) == []


def without_profile(document):
    del document.Root.OutputIntents


def with_script(document):
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    document.Root.OpenAction = action


def without_fonts(document):
    for found in document.objects:
        if isinstance(found, pikepdf.Dictionary):
            for key in ("/FontFile2", "/FontFile3"):
                if key in found:
                    del found[key]


def with_real_patterns(document):
    resources = document.pages[0].Resources
    resources.Pattern = pikepdf.Dictionary(P=document.make_stream(b""))


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (without_profile, "ISO_19005_3:6.2.4.3-"),
        (with_script, "pikepdf:schema-Catalog: /OpenAction"),
        (without_fonts, "ISO_19005_3:6.2.11.4.1-1"),
        (with_real_patterns, "/Pattern holds something"),
    ],
)
def test_the_validator_sees_what_is_wrong(change, rule):
    changed = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf("biên nhận"))) as document:
        change(document)
        document.save(changed, static_id=True)
    found = archive.faults(changed.getvalue())
    assert any(fault.startswith(rule) for fault in found), found


@each_file
def test_the_file_is_bare_pdf(name):
    """6.1: a binary header, an identifier, no encryption, nothing after the end."""
    content, document = pdf(name), opened(name)

    assert re.match(rb"%PDF-1\.7\n%[\x80-\xff]{4}", content)
    assert content.rstrip().endswith(b"%%EOF")
    trailer = document.xrefs[0].trailer
    assert "ID" in trailer
    assert "Encrypt" not in trailer
    filters = {name_of(resolve1(found.get("Filter"))) for found in dictionaries(document)}
    assert filters <= {None, "FlateDecode"}


@each_file
def test_the_colours_have_an_output_intent(name):
    """6.2.3: one intent of PDF/A with its profile embedded; no transparency groups of other spaces."""
    (intent,) = map(resolve1, resolve1(opened(name).catalog["OutputIntents"]))
    profile = resolve1(intent["DestOutputProfile"])

    assert name_of(intent["S"]) == "GTS_PDFA1"
    assert profile.get_data()[36:40] == b"acsp"


@each_file
def test_every_font_is_embedded_and_tells_its_letters(name):
    """6.2.11: fonts embedded, with a map to Unicode that level A demands."""
    fonts = [found for found in dictionaries(opened(name)) if name_of(found.get("Type")) == "Font"]
    whole = [font for font in fonts if name_of(font["Subtype"]) == "Type0"]
    parts = [font for font in fonts if name_of(font["Subtype"]) != "Type0"]

    assert whole
    assert {bool(resolve1(font["ToUnicode"]).get_data()) for font in whole} == {True}
    for font in parts:
        descriptor = resolve1(font["FontDescriptor"])
        assert {"FontFile2", "FontFile3"} & set(descriptor)
        assert re.match(r"[A-Z]{6}\+Tinos", name_of(font["BaseFont"]))


@each_file
def test_nothing_in_the_file_acts(name):
    """6.5, 6.6, 6.8: no scripts, launches or annotations that print unseen; files only as associated ones."""
    keys = {key for found in dictionaries(opened(name)) for key in found}

    assert not keys & {
        "AA",
        "OpenAction",
        "JS",
        "JavaScript",
        "EmbeddedFiles",
        "AcroForm",
        "Launch",
        "OCProperties",
    }
    actions = {
        name_of(found["S"]) for found in dictionaries(opened(name)) if name_of(found.get("Type")) == "Action"
    }
    assert actions == set()


@each_file
def test_the_metadata_says_what_the_catalogue_says(name):
    """6.6.2: XMP with the part and level of PDF/A, not compressed away from readers that know only XML."""
    catalog = opened(name).catalog
    metadata = resolve1(catalog["Metadata"])
    text = metadata.get_data().decode()

    assert name_of(metadata.attrs["Subtype"]) == "XML"
    assert (re.search(r'pdfaid:part="(\d)"', text)[1], re.search(r'pdfaid:conformance="(\w)"', text)[1]) == (
        "3",
        "A",
    )
    assert "<dc:title>" in text
    assert catalog["Lang"] == b"vi"
    assert resolve1(catalog["MarkInfo"])["Marked"] is True


def structure(name):
    """The elements of the structure tree in reading order: (type, the types of its ancestors, dictionary)."""

    def walk(element, above):
        element = resolve1(element)
        if not isinstance(element, dict) or "S" not in element:
            return
        kind = name_of(element["S"])
        yield kind, above, element
        for child in children(element):
            yield from walk(child, (*above, kind))

    for root in children(resolve1(opened(name).catalog["StructTreeRoot"])):
        yield from walk(root, ())


def children(element):
    found = resolve1(element.get("K", []))
    return found if isinstance(found, list) else [found]


@each_file
def test_the_whole_text_stands_in_the_structure(name):
    """6.7.3: a tree of standard types, from the document down."""
    kinds = [kind for kind, _, _ in structure(name)]

    assert kinds[0] == "Document"
    # A letter has no title.
    assert ({"P"} if name == "công văn" else {"H1", "P"}) <= set(kinds)
    standard = {
        "Document",
        "Sect",
        "Div",
        "P",
        "H1",
        "H2",
        "H3",
        "L",
        "LI",
        "LBody",
        "Lbl",
        "Span",
        "NonStruct",
    }
    assert set(kinds) <= standard | {"Table", "THead", "TBody", "TR", "TH", "TD", "Part", "Strong", "Em"}


def attribute(element, key):
    found = resolve1(element.get("A", {}))
    owners = [resolve1(owner) for owner in found] if isinstance(found, list) else [found]
    return next((resolve1(owner[key]) for owner in owners if key in owner), None)


@pytest.mark.parametrize(("name", "columns"), [("tờ trình", 4), ("báo cáo", 3), ("phụ lục", 4)])
def test_every_cell_of_a_list_names_its_header(name, columns):
    found = list(structure(name))
    heads = {element["ID"]: above for kind, above, element in found if kind == "TH"}
    cells = [element for kind, above, element in found if kind == "TD" and "TBody" in above]
    named = [attribute(cell, "Headers") for cell in cells]

    assert sum("THead" in above for above in heads.values()) >= columns
    assert cells
    for headers in named:
        assert headers
        assert set(headers) <= heads.keys()


def test_objects_are_what_they_are():
    """The checks above look at something: an object read by reference is a dictionary of many."""
    assert isinstance(opened("tờ trình").xrefs[0].trailer["Root"], PDFObjRef)
    assert sum(1 for _ in dictionaries(opened("tờ trình"))) > 100

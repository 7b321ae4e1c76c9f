"""PDF/A as pikepdf's validator reads it: an allowlist over veraPDF's rules (`pikepdf.pdfa`, level B).

It approves nothing it does not know. Level A is beyond it: `tests/core/test_archive.py` reads the rest.
"""

import io

import pikepdf
from pikepdf.pdfa import validate_written

#: what it says of every orderly file of ours
KNOWN = [
    # The file claims level A, which contains level B.
    "ISO_19005_3:6.6.4-3: pdfaid:conformance is 'A', expected 'B'",
    # Dictionaries without anything in them, which WeasyPrint writes all the same.
    "pikepdf:schema-Resources: patterns are not supported",
    "pikepdf:schema-Resources: shadings are not supported",
]


def faults(pdf: bytes) -> list[str]:
    """What in the file departs from PDF/A-3, but for what is known; an orderly file has none."""
    found = sorted({f"{f.rule}: {f.message}" for f in validate_written(io.BytesIO(pdf), "3b").findings})
    return ([] if found == KNOWN else found) + [f"{key} holds something" for key in _held(pdf)]


def _held(pdf: bytes) -> set[str]:
    """Which of the dictionaries that the validator does not look into are not empty after all."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return {
            key
            for page in document.pages
            for key in ("/Pattern", "/Shading")
            if len(page.Resources.get(key, {}))
        }

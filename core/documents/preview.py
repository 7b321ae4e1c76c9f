"""What a document will say, for a page of the portal: its words and the first rows of each table."""

from itertools import count

from core.documents.model import Band, Block, Bullet, Document, Heading, Paragraph, Table, Total

#: rows of a table; the file has them all
SHOWN = 15


def preview_of(document: Document) -> dict:
    numbers = count(1)
    return {
        "kind": document.kind,
        "abstract": document.abstract,
        "parts": [part for block in document.blocks for part in _part(block, numbers)],
        "annexes": [
            {
                "title": f"{document.annex_label(place)}. {annex.title}",
                "parts": [part for block in annex.body for part in _part(block, numbers)],
            }
            for place, annex in enumerate(document.annexes)
        ],
    }


def _part(block: Block, numbers):
    match block:
        case Heading(text):
            yield {"kind": "heading", "text": text}
        case Paragraph(text):
            yield {"kind": "paragraph", "text": text}
        case Bullet(text):
            yield {"kind": "paragraph", "text": f"– {text}"}
        case Table(columns, rows):
            shown = _first(rows)
            yield {
                "kind": "table",
                "name": f"Bảng {next(numbers)}",
                "columns": columns,
                "rows": [_row(row, columns) for row in shown],
                "rest": sum(not isinstance(row, Band) for row in rows[len(shown) :]),
            }


def _first(rows) -> list:
    """The rows shown; a heading is not left without a row of its own."""
    shown = list(rows[:SHOWN])
    while len(rows) > SHOWN and shown and isinstance(shown[-1], Band):
        shown.pop()
    return shown


def _row(row, columns) -> dict:
    match row:
        case Band(text):
            return {"kind": "band", "text": text, "span": len(columns)}
        case Total(label, values):
            return {"kind": "total", "text": label, "span": len(columns) - len(values), "values": values}
    return {"kind": "row", "cells": list(zip(columns, row, strict=True))}

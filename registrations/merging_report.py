"""Two people's changes to one report brought together (the shape of `workflow.content_of_report`).

Its pieces: "words:narrative", "figure:COMM-1" (its numbers, answer and reason, which hold or fall
together), "note:COMM-1", "initiative:<key>" and "initiative:<key>:effect".
"""

from registrations.merging import Shape, choose_row, row_pieces
from registrations.workflow import FIGURE_FIELDS, INITIATIVE_PARTS, REPORT_WORDS

_NUMBERS = tuple(name for name in FIGURE_FIELDS if name != "note")


def _pieces(content: dict) -> dict:
    found = {}
    for code, figure in content["figures"].items():
        found[f"figure:{code}"] = {name: figure[name] for name in _NUMBERS}
        found[f"note:{code}"] = figure["note"]
    found |= row_pieces("initiative", content["initiatives"], INITIATIVE_PARTS)
    return found | {f"words:{name}": content[name] for name in REPORT_WORDS}


def _choose(mine: dict, saved: dict, keys) -> dict:
    content = {
        **mine,
        "figures": {code: dict(figure) for code, figure in mine["figures"].items()},
        "initiatives": [dict(row) for row in mine["initiatives"]],
    }
    for key in keys:
        kind, _, rest = key.partition(":")
        match kind:
            case "words":
                content[rest] = saved[rest]
            case "figure":
                content["figures"][rest] |= {name: saved["figures"][rest][name] for name in _NUMBERS}
            case "note":
                content["figures"][rest]["note"] = saved["figures"][rest]["note"]
            case "initiative":
                choose_row(content["initiatives"], saved["initiatives"], rest)
    return content


REPORT = Shape(_pieces, _choose, rows="initiative")

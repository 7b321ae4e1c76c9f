"""What several papers of an award have in common: the list as printed, counts in words, the acts cited."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from awards.enums import KIND_ORDER, NomineeKind
from core.documents import Annex, Band, Column, Table
from core.vietnamese import roman
from units import house

LIST_HEADINGS = {
    NomineeKind.COLLECTIVE: "TẬP THỂ",
    NomineeKind.HOUSEHOLD: "HỘ GIA ĐÌNH",
    NomineeKind.INDIVIDUAL: "CÁ NHÂN",
}
NAME_COLUMNS = {
    NomineeKind.HOUSEHOLD: ("Tên hộ gia đình", "Đơn vị, địa bàn"),
    NomineeKind.INDIVIDUAL: ("Họ và tên", "Chức vụ, đơn vị công tác"),
}
COLUMNS = (
    Column("STT", 11, "center"),
    Column("Tên tập thể, hộ gia đình; họ và tên cá nhân", 52),
    Column("Chức vụ, đơn vị công tác", 47),
    Column("Tóm tắt thành tích", 62),
)


def names_of(nominees) -> list[dict]:
    """Nominees in the order of printing, as the plain values that a frozen list holds."""
    return [
        {
            "kind": nominee.kind,
            "title": nominee.title,
            "name": nominee.name,
            "position": nominee.position,
            "unit": nominee.unit.name,
            "achievement": nominee.achievement,
        }
        for nominee in nominees
    ]


def counts_in_words(names: list[dict]) -> str:
    return in_kinds(Counter(name["kind"] for name in names))


def in_kinds(counts: Mapping[str, int]) -> str:
    """ "05 tập thể, 01 hộ gia đình và 12 cá nhân", without the kinds that are absent."""
    parts = [
        f"{counts[kind]:02d} {NomineeKind(kind).label.lower()}"
        for kind in sorted(KIND_ORDER, key=KIND_ORDER.get)
        if counts.get(kind)
    ]
    return " và ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def annexes_of(names: list[dict], title: str, caption: str) -> tuple[Annex, ...]:
    """A list apart for each kind there is, in the order of printing: its `title` begins "ĐỀ NGHỊ TẶNG …"."""
    return tuple(
        Annex(f"DANH SÁCH {LIST_HEADINGS[kind]} {title}", (_table_of(kind, of_kind),), caption=caption)
        for kind in sorted(KIND_ORDER, key=KIND_ORDER.get)
        if (of_kind := [name for name in names if name["kind"] == kind])
    )


def _table_of(kind: str, names: list[dict]) -> Table:
    number, name, place, achievement = COLUMNS
    printed = ((str(n), *_printed(each), each["achievement"]) for n, each in enumerate(names, start=1))
    if kind == NomineeKind.COLLECTIVE:
        # Many are whole units: a column of its own for the unit would stand empty.
        columns = (number, replace(name, title="Tên tập thể", width=70), replace(achievement, width=91))
        rows = ((n, _with_unit(named, unit), achieved) for n, named, unit, achieved in printed)
        return Table(columns=columns, rows=tuple(rows))
    named, placed = NAME_COLUMNS[kind]
    columns = (number, replace(name, title=named), replace(place, title=placed), achievement)
    return Table(columns=columns, rows=tuple(printed))


def _with_unit(name: str, unit: str) -> str:
    return name if not unit or unit in name else f"{name}, {unit}"


def _printed(name: dict) -> tuple[str, str]:
    """The name as it is read out, and the place: the unit, unless it is the one named."""
    place = name["position"] or (name["unit"] if name["unit"] != name["name"] else "")
    return f"{name['title']} {name['name']}".strip(), place


def list_table(
    names: list[dict],
    *,
    columns: tuple[Column, ...] = COLUMNS,
    last: Callable[[dict], tuple[str, ...]] = lambda name: (name["achievement"],),
) -> Table:
    """The list in parts by kind; `last` gives what stands in the columns after name and place."""
    rows, part = [], 0
    for kind in sorted(KIND_ORDER, key=KIND_ORDER.get):
        of_kind = [n for n in names if n["kind"] == kind]
        if not of_kind:
            continue
        part += 1
        rows.append(Band(f"{roman(part)}. {LIST_HEADINGS[kind]}"))
        for number, name in enumerate(of_kind, start=1):
            rows.append((str(number), *_printed(name), *last(name)))
    return Table(columns=columns, rows=tuple(rows))


def bases_of(campaign, rule_set, day: date, *objects) -> tuple[str, ...]:
    """Those of the rule set and the campaign's plan; a plan that is only assumed is cited nowhere.

    An act that is not in force on the `day` of the paper is refused (`house.citations`).
    """
    plan = () if campaign.is_assumed else (f"Căn cứ {campaign.legal_basis}",)
    acts = rule_set.bases.all() if rule_set else ()
    return house.citations(acts, day, *objects) + plan

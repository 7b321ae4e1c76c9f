"""What several papers of an award have in common: the list as printed, counts in words, the acts cited."""

from collections import Counter
from collections.abc import Callable, Mapping

from awards.enums import KIND_ORDER, NomineeKind
from core.documents import Band, Column, Table
from core.vietnamese import roman
from units import house

LIST_HEADINGS = {
    NomineeKind.COLLECTIVE: "TẬP THỂ",
    NomineeKind.HOUSEHOLD: "HỘ GIA ĐÌNH",
    NomineeKind.INDIVIDUAL: "CÁ NHÂN",
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
            printed = f"{name['title']} {name['name']}".strip()
            place = name["position"] or (name["unit"] if name["unit"] != name["name"] else "")
            rows.append((str(number), printed, place, *last(name)))
    return Table(columns=columns, rows=tuple(rows))


def bases_of(campaign, rule_set) -> tuple[str, ...]:
    """Those of the rule set and the campaign's plan; a plan that is only assumed is cited nowhere."""
    plan = () if campaign.is_assumed else (f"Căn cứ {campaign.legal_basis}",)
    acts = rule_set.bases.all() if rule_set else ()
    return house.citations(acts) + plan

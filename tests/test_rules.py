"""Every permission is what `tests/permissions/rules.txt` says of it, in every situation there can be.

The file is the tests' own copy. Each operand of each permission, negated and dropped in turn, is told
apart by it; the proof that it is counts them.
"""

from pathlib import Path

from tests.permissions.formulas import formulas, mutants, operands, parse, truth

WRITTEN = Path(__file__).parent / "permissions" / "rules.txt"


def written() -> dict[str, object]:
    found, tree = {}, None
    for line in WRITTEN.read_text().splitlines():
        if line.startswith("  "):
            found |= dict.fromkeys(line.split(), tree)
        elif line and not line.startswith("#"):
            tree = parse(line)
    return found


def test_the_table_has_every_permission_and_no_other():
    assert sorted(written()) == sorted(formulas())


def test_every_permission_is_what_the_table_says():
    said = written()
    wrong = [name for name, tree in formulas().items() if not _is_told_as(tree, said[name])]
    assert wrong == []


def _is_told_as(tree, said) -> bool:
    names = sorted({*operands(tree), *operands(said)})
    return truth(tree, names) == truth(said, names)


#: what no situation can tell apart, and why
ALIKE = [
    # Said twice on purpose: `sees_whole_proposal` asks it too, for all but the standing body.
    "awards.judge_proposal: reached_commendation_body dropped",
]


def test_each_operand_negated_and_dropped_is_told_apart():
    said, count, survivors = written(), 0, []
    for name, tree in formulas().items():
        for what, mutant in mutants(tree):
            count += 1
            if _is_told_as(mutant, said[name]):
                survivors.append(f"{name}: {what}")
    assert survivors == ALIKE
    assert count > 1000

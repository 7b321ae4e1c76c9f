"""What the permissions are made of: formulas over named predicates, to be read, tried and mutated.

The formulas are taken from the predicates themselves, through what their combinations have closed over.
"""

from dataclasses import dataclass
from itertools import product

from rules.permissions import permissions
from rules.predicates import Predicate

SIGNS = {"AND": " & ", "OR": " | "}


@dataclass(frozen=True)
class Leaf:
    name: str

    def holds(self, given) -> bool:
        return given[self.name]

    def __str__(self):
        return self.name


@dataclass(frozen=True)
class Not:
    part: object

    def holds(self, given) -> bool:
        return not self.part.holds(given)

    def __str__(self):
        return f"~{_in_brackets(self.part)}"


@dataclass(frozen=True)
class Both:
    sign: str
    left: object
    right: object

    def holds(self, given) -> bool:
        if self.sign == "AND":
            return self.left.holds(given) and self.right.holds(given)
        return self.left.holds(given) or self.right.holds(given)

    def __str__(self):
        parts = [
            str(part) if getattr(part, "sign", self.sign) == self.sign else f"({part})"
            for part in (self.left, self.right)
        ]
        return SIGNS[self.sign].join(parts)


def _in_brackets(part) -> str:
    return f"({part})" if isinstance(part, Both) else str(part)


def formula(predicate: Predicate):
    kind = predicate.fn.__name__
    cells = zip(predicate.fn.__code__.co_freevars, predicate.fn.__closure__ or (), strict=True)
    within = {name: cell.cell_contents for name, cell in cells}
    if kind == "INVERT" and "self" in within:
        return Not(formula(within["self"]))
    if kind in SIGNS and {"self", "other"} <= within.keys():
        return Both(kind, formula(within["self"]), formula(within["other"]))
    return Leaf(predicate.name)


def formulas() -> dict[str, object]:
    """Those of the portal; a plug-in's permissions are its own."""
    return {name: formula(predicate) for name, predicate in sorted(permissions.items())}


def operands(tree) -> list[str]:
    """Every place where a predicate stands, from left to right."""
    if isinstance(tree, Leaf):
        return [tree.name]
    if isinstance(tree, Not):
        return operands(tree.part)
    return operands(tree.left) + operands(tree.right)


def mutants(tree):
    """(what was done, the formula after it) for each operand, negated and dropped."""
    if isinstance(tree, Leaf):
        yield f"{tree} negated", Not(tree)
        return
    if isinstance(tree, Not):
        for what, part in mutants(tree.part):
            yield what, Not(part)
        return
    for dropped, rest in ((tree.left, tree.right), (tree.right, tree.left)):
        yield f"{dropped} dropped", rest
    for what, left in mutants(tree.left):
        yield what, Both(tree.sign, left, tree.right)
    for what, right in mutants(tree.right):
        yield what, Both(tree.sign, tree.left, right)


def truth(tree, names) -> tuple[bool, ...]:
    """What the formula says in every situation that the named predicates can make."""
    return tuple(
        bool(tree.holds(dict(zip(names, values, strict=True))))
        for values in product((False, True), repeat=len(names))
    )


def parse(text: str):
    """The formula as a test writes it down."""
    import ast

    def read(node):
        match node:
            case ast.Expression(body):
                return read(body)
            case ast.Name(id):
                return Leaf(id)
            case ast.UnaryOp(ast.Invert(), part):
                return Not(read(part))
            case ast.BinOp(left, ast.BitAnd(), right):
                return Both("AND", read(left), read(right))
            case ast.BinOp(left, ast.BitOr(), right):
                return Both("OR", read(left), read(right))
        raise ValueError(ast.dump(node))

    return read(ast.parse(text, mode="eval"))

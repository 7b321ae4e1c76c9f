"""How a criterion reads to a unit: the engine's own sentences on figures around the threshold."""

from criteria.engine import Figure, Result, evaluate
from criteria.enums import Operator
from criteria.models import Criterion

#: the denominator of the examples: one unit of it is one per cent
OF = 100


def examples_of(criterion: Criterion) -> list[Result]:
    """One below the threshold, at it and above it; for a question both answers; else the one sentence."""
    return [evaluate([criterion.rule()], {criterion.code: figure})[0] for figure in _figures(criterion)]


def _figures(criterion: Criterion) -> list[Figure]:
    operator = Operator(criterion.operator)
    if operator.is_ratio:
        around = (criterion.threshold - 1, criterion.threshold, criterion.threshold + 1)
        return [Figure(n, OF) for n in around if 0 <= n <= OF]
    if operator == Operator.YES_NO:
        return [Figure(answer=True), Figure(answer=False)]
    return [Figure()]

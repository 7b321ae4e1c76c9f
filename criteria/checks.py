"""Is there enough? What a criteria set lacks, in Vietnamese."""

from collections.abc import Callable, Iterable, Mapping

from core.findings import Finding
from criteria.enums import SetState, Tier
from criteria.models import CriteriaSet, Criterion

#: asked whether a set may stop binding; apps above say by `while_in_use` what still needs it
_USES: list[Callable[[CriteriaSet], list[Finding]]] = []


def while_in_use(says: Callable[[CriteriaSet], list[Finding]]) -> None:
    """Register a question that every superseding and retiring of a set asks."""
    _USES.append(says)


def uses_of(criteria_set: CriteriaSet) -> list[Finding]:
    return [finding for says in _USES for finding in says(criteria_set)]


def overlapping(criteria_set: CriteriaSet):
    """The other sets in force on days this set claims."""
    return CriteriaSet.objects.filter(
        state=SetState.IN_FORCE,
        valid_from__lte=criteria_set.valid_to,
        valid_to__gte=criteria_set.valid_from,
    ).exclude(pk=criteria_set.pk)


def missing_for_putting_in_force(criteria_set: CriteriaSet) -> list[Finding]:
    """What keeps a draft from binding; a warning where it may bind and yet deserves a look."""
    criteria = list(criteria_set.criteria.all())
    findings = []
    if not criteria:
        findings.append(Finding("Bộ này chưa có tiêu chí nào."))
    findings += [finding for criterion in criteria for finding in faults_of(criterion)]
    findings += faults_of_points(criteria, {c.code: c.points for c in criteria if c.points is not None})
    for old in overlapping(criteria_set):
        findings += _faults_of_replacing(old, criteria_set)
    present = {criterion.tier for criterion in criteria}
    for tier in Tier:
        if criteria and tier.value not in present:
            findings.append(Finding(f"{tier.label}: chưa có tiêu chí nào.", blocks=False))
    return findings


def faults_of(criterion: Criterion) -> list[Finding]:
    """What one criterion lacks for a unit to be measured by it."""
    lacking = [
        label
        for label, value in (
            ("tên gọi", criterion.name),
            ("điều khoản", criterion.clause),
            ("nguyên văn", criterion.text),
        )
        if not value.strip()
    ]
    return [Finding(f"{criterion.code}: chưa ghi {', '.join(lacking)}.")] if lacking else []


def faults_of_points(criteria: Iterable[Criterion], points: Mapping[str, int]) -> list[Finding]:
    """Either every criterion of a tier has points or none has, and together they are worth something."""
    findings = []
    for tier in Tier:
        codes = [c.code for c in criteria if c.tier == tier]
        without = [code for code in codes if code not in points]
        if without and len(without) < len(codes):
            findings.append(
                Finding(
                    f"{tier.label}: {', '.join(without)} chưa có điểm. Hãy cho điểm mọi tiêu chí của cấp"
                    " này, hoặc để trống tất cả để chia đều 100 điểm."
                )
            )
        elif codes and not without and not any(points[code] for code in codes):
            findings.append(Finding(f"{tier.label}: tổng điểm bằng 0."))
    return findings


def _faults_of_replacing(old: CriteriaSet, new: CriteriaSet) -> list[Finding]:
    if not (new.valid_from <= old.valid_from and old.valid_to <= new.valid_to):
        return [
            Finding(
                f"Trùng thời gian với bộ {old.code} đang áp dụng ({old.valid_from:%d/%m/%Y} đến"
                f" {old.valid_to:%d/%m/%Y}). Hãy chọn thời gian khác, hoặc phủ trọn thời gian của bộ đó để"
                " thay thế."
            )
        ]
    return uses_of(old) or [Finding(f"Bộ {old.code} sẽ chuyển thành “Đã thay thế”.", blocks=False)]

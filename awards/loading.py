"""The shipped regime (awards/data) brought into the database; repeatable.

The file writes days as people do, both inclusive; `to: null` is open. A row that is there
stays as it is, for an administrator may have corrected it.
"""

import json
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from awards.models import (
    AwardForm,
    BaseSalary,
    CertificateLayout,
    ConsultationRule,
    DocumentRequirement,
    Fund,
    LayoutField,
    PositionRank,
    PostingRule,
    PrizeCoefficient,
    PrizeRule,
    RevocationGround,
    RuleSet,
    TimeLimit,
)
from core.vietnamese import search_key
from units.loading import load_bases
from units.models import LegalBasis

DATA = Path(__file__).parent / "data"
REGIME = DATA / "regime.json"
APPRAISAL = DATA / "appraisal.json"
AFTER_DECISION = DATA / "after_decision.json"


@transaction.atomic
def load_regime(path: Path = REGIME) -> dict[str, int]:
    """Bring in every row that is not there yet; returns how many are new, by what they are."""
    content = json.loads(path.read_text("utf-8"))
    load_bases()
    new = {"forms": _coded(AwardForm, content["forms"])}
    forms = dict(AwardForm.objects.values_list("code", "pk"))
    new |= _load_rule_sets(content["rule_sets"])
    new["base_salaries"] = _dated(BaseSalary, (), content["base_salaries"])
    coefficients = [row | {"form_id": forms[row.pop("form")]} for row in content["coefficients"]]
    new["coefficients"] = _dated(PrizeCoefficient, ("form_id", "nominee_kind"), coefficients)
    return new | _load_after_decision(forms) | _load_appraisal(forms)


def _load_rule_sets(rows: list[dict]) -> dict[str, int]:
    """The rule sets with the acts they cite and the papers they ask for."""
    asked = {row["code"]: row.pop("requirements") for row in rows}
    cited = {row["code"]: row.pop("bases") for row in rows}
    known = set(RuleSet.objects.values_list("code", flat=True))
    rule_sets = _coded(RuleSet, [row | {"validity": _validity(row)} for row in rows])
    by_code = {rule_set.code: rule_set for rule_set in RuleSet.objects.filter(code__in=asked)}
    for code in by_code.keys() - known:
        by_code[code].bases.set(LegalBasis.objects.filter(code__in=cited[code]))
    subject = ("rule_set_id", "kind", "nominee_kind")
    there = set(DocumentRequirement.objects.values_list(*subject))
    lines = [
        DocumentRequirement(rule_set=by_code[code], **line) for code, lines in asked.items() for line in lines
    ]
    missing = [line for line in lines if tuple(getattr(line, name) for name in subject) not in there]
    return {
        "rule_sets": rule_sets,
        "requirements": len(DocumentRequirement.objects.bulk_create(missing)),
    }


def _load_after_decision(forms: dict[str, int]) -> dict[str, int]:
    """Prizes, funds, limits, grounds of revocation and the layouts of certificates."""
    content = json.loads(AFTER_DECISION.read_text("utf-8"))
    grounds = [row | {"validity": _validity(row)} for row in content["revocation_grounds"]]
    new = {
        "prize_rules": _dated(PrizeRule, (), content["prize_rules"]),
        "time_limits": _dated(TimeLimit, ("step",), content["time_limits"]),
        "funds": 0,
        "revocation_grounds": _coded(RevocationGround, grounds),
        "layouts": 0,
    }
    for row in content["funds"]:
        paid_from_it = [forms[code] for code in row.pop("forms")]
        fund, is_new = Fund.objects.get_or_create(code=row.pop("code"), defaults=row)
        new["funds"] += is_new
        if is_new:
            fund.forms.set(paid_from_it)
    for row in content["layouts"]:
        boxes, form = row.pop("fields"), forms[row.pop("form")]
        layout, is_new = CertificateLayout.objects.get_or_create(
            form_id=form, name=row.pop("name"), defaults=row
        )
        new["layouts"] += is_new
        if is_new:
            LayoutField.objects.bulk_create(LayoutField(layout=layout, **box) for box in boxes)
    return new


def _load_appraisal(forms: dict[str, int]) -> dict[str, int]:
    """What other offices are asked, how long lists lie open for comment, the ranks of positions."""
    content = json.loads(APPRAISAL.read_text("utf-8"))
    posting = [row | {"form_id": forms[row.pop("form")]} for row in content["posting_rules"]]
    known = set(PositionRank.objects.values_list("words", flat=True))
    ranks = [
        PositionRank(rank=rank, words=words, search_words=search_key(words))
        for rank, words in content["position_ranks"]
        if words not in known
    ]
    return {
        "consultation_rules": _dated(ConsultationRule, ("topic",), content["consultation_rules"]),
        "posting_rules": _dated(PostingRule, ("form_id",), posting),
        "position_ranks": len(PositionRank.objects.bulk_create(ranks)),
    }


def _validity(row: dict) -> DateRange:
    first, last = row.pop("from"), row.pop("to")
    end = date.fromisoformat(last) + timedelta(days=1) if last else None
    return DateRange(date.fromisoformat(first), end)


def _coded(model, rows: list[dict]) -> int:
    known = set(model.objects.values_list("code", flat=True))
    return len(model.objects.bulk_create(model(**row) for row in rows if row["code"] not in known))


def _dated(model, subject: tuple[str, ...], rows: list[dict]) -> int:
    """A dated row is there when one of the same subject covers its first day."""
    covered = defaultdict(list)
    for *of, validity in model.objects.values_list(*subject, "validity"):
        covered[tuple(of)].append(validity)
    new = []
    for row in rows:
        validity = _validity(row)
        times = covered[tuple(row[name] for name in subject)]
        if not any(validity.lower in time for time in times):
            times.append(validity)
            new.append(model(**row, validity=validity))
    return len(model.objects.bulk_create(new))

"""The shipped regime (awards/data) brought into the database; repeatable.

The file writes days as people do, both inclusive; `to: null` is open. A row that is there
stays as it is, for an administrator may have corrected it.
"""

import json
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
    new = dict.fromkeys(["forms", "rule_sets", "requirements", "base_salaries", "coefficients"], 0)
    for row in content["forms"]:
        new["forms"] += AwardForm.objects.get_or_create(code=row.pop("code"), defaults=row)[1]
    for row in content["rule_sets"]:
        requirements, bases = row.pop("requirements"), row.pop("bases")
        validity = _validity(row)
        code = row.pop("code")
        rule_set, is_new = RuleSet.objects.get_or_create(code=code, defaults={**row, "validity": validity})
        new["rule_sets"] += is_new
        if is_new:
            rule_set.bases.set(LegalBasis.objects.filter(code__in=bases))
        for line in requirements:
            stated = {"kind": line.pop("kind"), "nominee_kind": line.pop("nominee_kind", "")}
            new["requirements"] += DocumentRequirement.objects.get_or_create(
                rule_set=rule_set, **stated, defaults=line
            )[1]
    for row in content["base_salaries"]:
        new["base_salaries"] += _rate(BaseSalary, {}, row)
    for row in content["coefficients"]:
        row["form"] = AwardForm.objects.get(code=row["form"])
        new["coefficients"] += _rate(
            PrizeCoefficient, {"form": row["form"], "nominee_kind": row["nominee_kind"]}, row
        )
    return new | _load_after_decision() | _load_appraisal()


def _load_after_decision() -> dict[str, int]:
    """Prizes, funds, limits, grounds of revocation and the layouts of certificates."""
    content = json.loads(AFTER_DECISION.read_text("utf-8"))
    new = {
        "prize_rules": sum(_rate(PrizeRule, {}, row) for row in content["prize_rules"]),
        "time_limits": sum(_rate(TimeLimit, {"step": row["step"]}, row) for row in content["time_limits"]),
        "funds": 0,
        "revocation_grounds": 0,
        "layouts": 0,
    }
    for row in content["funds"]:
        forms = row.pop("forms")
        fund, is_new = Fund.objects.get_or_create(code=row.pop("code"), defaults=row)
        new["funds"] += is_new
        if is_new:
            fund.forms.set(AwardForm.objects.filter(code__in=forms))
    for row in content["revocation_grounds"]:
        stated = {**row, "validity": _validity(row)}
        ground = {name: stated[name] for name in ("text", "basis", "validity")}
        new["revocation_grounds"] += RevocationGround.objects.get_or_create(
            code=row["code"], defaults=ground
        )[1]
    for row in content["layouts"]:
        boxes, form = row.pop("fields"), AwardForm.objects.get(code=row.pop("form"))
        layout, is_new = CertificateLayout.objects.get_or_create(
            form=form, name=row.pop("name"), defaults=row
        )
        new["layouts"] += is_new
        if is_new:
            LayoutField.objects.bulk_create(LayoutField(layout=layout, **box) for box in boxes)
    return new


def _load_appraisal() -> dict[str, int]:
    """What other offices are asked, how long lists lie open for comment, the ranks of positions."""
    content = json.loads(APPRAISAL.read_text("utf-8"))
    new = dict.fromkeys(content, 0)
    for row in content["consultation_rules"]:
        new["consultation_rules"] += _rate(ConsultationRule, {"topic": row["topic"]}, row)
    for row in content["posting_rules"]:
        row["form"] = AwardForm.objects.get(code=row["form"])
        new["posting_rules"] += _rate(PostingRule, {"form": row["form"]}, row)
    known = set(PositionRank.objects.values_list("words", flat=True))
    ranks = [
        PositionRank(rank=rank, words=words, search_words=search_key(words))
        for rank, words in content["position_ranks"]
        if words not in known
    ]
    new["position_ranks"] = len(PositionRank.objects.bulk_create(ranks))
    return new


def _validity(row: dict) -> DateRange:
    first, last = row.pop("from"), row.pop("to")
    end = date.fromisoformat(last) + timedelta(days=1) if last else None
    return DateRange(date.fromisoformat(first), end)


def _rate(model, subject: dict, row: dict) -> bool:
    """A dated rate is there when one of the same subject covers its first day."""
    validity = _validity(row)
    if model.objects.filter(**subject, validity__contains=validity.lower).exists():
        return False
    model.objects.create(**row, validity=validity)
    return True

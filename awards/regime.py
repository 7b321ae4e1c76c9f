"""Under which rules a dossier stands: those of the day the commendation body received it.

Until then the rules of the standing body's receipt are what it is held to, and a change of law that
has come or may come between the two days is said (NĐ 152/2025 Art. 60.3).
"""

from dataclasses import dataclass
from datetime import date

from awards.models import Dossier, RuleSet
from core import clock
from core.models import Event


@dataclass(frozen=True)
class Regime:
    received_on: date | None
    forwarded_on: date | None
    rule_set: RuleSet | None
    #: what parts the two days, in words; empty when nothing does
    warning: str = ""


def regime_of(dossier) -> Regime:
    held = dossier.rule_set
    if dossier.received_on is None:
        return Regime(None, None, held or RuleSet.objects.in_force_on(clock.today()))
    at_receipt = RuleSet.objects.in_force_on(dossier.received_on)
    day = dossier.forwarded_on or clock.today()
    then = RuleSet.objects.in_force_on(day)
    warning = "" if then == at_receipt else _warning(dossier, at_receipt, then, day)
    return Regime(dossier.received_on, dossier.forwarded_on, held, warning)


def _warning(dossier, at_receipt, then, day) -> str:
    before = at_receipt.name if at_receipt else "chưa có quy định"
    after = then.name if then else "chưa có quy định"
    if dossier.forwarded_on:
        return (
            f"Quy định thay đổi giữa hai ngày nhận: ngày {dossier.received_on:%d/%m/%Y} áp dụng {before}; "
            f"ngày {day:%d/%m/%Y}, cơ quan thi đua - khen thưởng nhận, áp dụng {after}. "
            "Hồ sơ theo quy định của ngày sau."
        )
    return (
        f"Quy định đã thay đổi sau ngày nhận {dossier.received_on:%d/%m/%Y} ({before}). Nếu chuyển trình "
        f"hôm nay thì áp dụng {after}: hãy rà lại thành phần hồ sơ."
    )


def changed_since(proposal) -> str:
    """What to know before a proposal is forwarded today: its rules are not those in force any more."""
    then = RuleSet.objects.in_force_on(clock.today())
    if proposal.state in ("forwarded", "approved") or then == proposal.rule_set:
        return ""
    after = then.name if then else "chưa có quy định nào"
    return (
        f"Hồ sơ trong Tờ trình được nhận theo {proposal.rule_set.name}, hôm nay áp dụng {after}. "
        "Chuyển trình hôm nay thì Tờ trình theo quy định của hôm nay."
    )


def settle(proposal, day: date, *, by, acting=None) -> None:
    """The commendation body has received the proposal: from now on its rules are those of that day.

    What it received before and sent back keeps the first day.
    """
    dossiers = Dossier.objects.filter(pk__in=proposal.nominees.values("dossier"))
    first = dossiers.filter(forwarded_on__isnull=False).order_by("forwarded_on").first()
    day = min(day, first.forwarded_on) if first else day
    dossiers.filter(forwarded_on__isnull=True).update(forwarded_on=day)
    rules = RuleSet.objects.in_force_on(day)
    if rules is None or rules == proposal.rule_set:
        return
    before, proposal.rule_set = proposal.rule_set, rules
    dossiers.filter(rule_set=before).update(rule_set=rules)
    Event.record(
        "settle_rules", proposal, by=by, acting=acting, data={"before": before.code, "after": rules.code}
    )

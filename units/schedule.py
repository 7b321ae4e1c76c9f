"""What beat calls by the clock: reorganisations whose day has come."""

import logging

from celery.schedules import crontab

from core.transitions import Refused
from units import reorganisation

logger = logging.getLogger(__name__)

# Before the registrations' morning job, which reads who acts from today.
BEAT = {"reorganise": {"task": "units.tasks.reorganise", "schedule": crontab(hour=0, minute=1)}}

LABELS = {"reorganise": "Áp dụng sắp xếp đơn vị"}


def apply_due() -> int:
    """Apply what was recorded to be applied by itself; what cannot be stays for a person to see."""
    applied = 0
    for act in reorganisation.due():
        try:
            applied += reorganisation.apply(act)
        except Refused as refused:
            reasons = "; ".join(finding.message for finding in refused.findings)
            logger.warning("Reorganisation %s was not applied: %s", act.code, reasons)
    return applied

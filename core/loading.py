"""The shipped periods of retention (core/data), brought into the database; repeatable.

A row that is there stays as it is, for an administrator may have corrected it.
"""

import json
from datetime import date, timedelta
from pathlib import Path

from django.db.backends.postgresql.psycopg_any import DateRange

from core.models import RetentionPeriod

RETENTION = Path(__file__).parent / "data" / "retention.json"


def load_retention(path: Path = RETENTION) -> int:
    """Bring in the periods of kinds of data that have none yet; returns how many are new."""
    known = set(RetentionPeriod.objects.values_list("holding", "outcome"))
    new = []
    for row in json.loads(path.read_text("utf-8")):
        first, last = date.fromisoformat(row.pop("from")), row.pop("to")
        end = date.fromisoformat(last) + timedelta(days=1) if last else None
        if (row["holding"], row["outcome"]) not in known:
            new.append(RetentionPeriod(**row, validity=DateRange(first, end)))
    return len(RetentionPeriod.objects.bulk_create(new))

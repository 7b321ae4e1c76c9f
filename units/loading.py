"""The acts that papers cite (units/data), brought into the database; repeatable.

The file writes days as people do, both inclusive; `to: null` is open. A row that is there stays as it
is, for an administrator may have corrected it.
"""

import json
from datetime import date, timedelta
from pathlib import Path

from django.db.backends.postgresql.psycopg_any import DateRange

from units.models import LegalBasis

BASES = Path(__file__).parent / "data" / "legal_bases.json"


def load_bases(path: Path = BASES) -> int:
    """Bring in every act that is not there yet; returns how many are new."""
    known = set(LegalBasis.objects.values_list("code", flat=True))
    new = []
    for row in json.loads(path.read_text("utf-8")):
        last = row.pop("to")
        end = date.fromisoformat(last) + timedelta(days=1) if last else None
        validity = DateRange(date.fromisoformat(row.pop("from")), end)
        if row["code"] not in known:
            new.append(LegalBasis(**row, validity=validity))
    return len(LegalBasis.objects.bulk_create(new))

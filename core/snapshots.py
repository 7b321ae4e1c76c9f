import hashlib
import json


def canonical_sha256(value) -> str:
    """SHA-256 (hex) over the canonical JSON of plain values: sorted keys, no blanks, UTF-8."""
    canonical = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()

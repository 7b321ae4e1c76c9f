import uuid
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from awards.models import AwardForm, PublicRecord
from tests.awards.conftest import today, world

__all__ = ["today", "world"]

PUBLISHED = datetime(2025, 12, 22, 9, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
DECISION = uuid.UUID("00000000-0000-4000-8000-00000000d001")


@pytest.fixture
def form(db):
    return AwardForm.objects.get_or_create(
        code="BK-CT-UBND",
        defaults={"name": "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh", "authority": "Chủ tịch"},
    )[0]


def award_record(number, name="Huyện Bảo Thắng", *, state="valid", year=2025, kind="collective", **columns):
    """One published award as `publish` writes it."""
    unit = uuid.uuid5(DECISION, name)
    payload = {
        "reference": f"KT-{year}-{number:05d}",
        "name": name,
        "title": "Bà" if kind == "individual" else "",
        "position": "Chuyên viên" if kind == "individual" else "",
        "nominee_kind": kind,
        "unit": {"id": str(unit), "code": "081", "name": name, "kind": "district"},
        "proposed_by": {"id": str(unit), "name": name},
        "award": {"code": "BK-CT-UBND", "name": "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh"},
        "decision": {"id": str(DECISION), "number": "4321/QĐ-UBND", "date": f"{year}-12-20"},
        "campaign": "2022-2025",
        "year": year,
    }
    values = {
        "kind": "award",
        "uid": uuid.uuid5(DECISION, f"{number}"),
        "state": state,
        "payload": payload,
        "published_at": PUBLISHED,
        "updated_at": PUBLISHED,
        "reference": payload["reference"],
        "year": year,
        "award_code": "BK-CT-UBND",
        "nominee_kind": kind,
        "unit_uid": unit,
        "decision_uid": DECISION,
        "search_text": f"{name} {payload['position']} {payload['reference']} 4321/QĐ-UBND",
    }
    return PublicRecord(**(values | columns))


def decision_record(**columns):
    payload = {
        "award": {"code": "BK-CT-UBND", "name": "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh"},
        "decision": {"id": str(DECISION), "number": "4321/QĐ-UBND", "date": "2025-12-20"},
        "campaign": "2022-2025",
        "year": 2025,
        "title": "Về việc tặng Bằng khen trong phong trào thi đua chuyển đổi số",
        "authority": "Chủ tịch Ủy ban nhân dân tỉnh",
        "signer": "Nguyễn Văn Mẫu (minh họa)",
        "counts": {"collective": 1, "household": 0, "individual": 0},
    }
    values = {
        "kind": "decision",
        "uid": DECISION,
        "payload": payload,
        "published_at": PUBLISHED,
        "updated_at": PUBLISHED,
        "year": 2025,
        "award_code": "BK-CT-UBND",
        "decision_uid": DECISION,
        "search_text": "4321/QĐ-UBND",
    }
    return PublicRecord(**(values | columns))

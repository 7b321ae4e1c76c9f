"""One answer of each kind for the description of the API; everybody in it is invented."""

_UNIT = {"id": "5b0ef0d6-5a4b-4f0e-9d52-0f9f6f2f7c10", "code": "086", "name": "Huyện Bảo Thắng"}
_FORM = {"code": "BK-CT-UBND", "name": "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh"}
_STANDING = {
    "state": "valid",
    "published_at": "2025-12-22T02:30:00+00:00",
    "updated_at": "2025-12-22T02:30:00+00:00",
}

RESULT = {
    "reference": "KT-2025-00001",
    "name": "Nguyễn Thị Mẫu",
    "title": "Bà",
    "position": "Chuyên viên Văn phòng",
    "nominee_kind": "individual",
    "unit": {**_UNIT, "kind": "district"},
    "proposed_by": {"id": _UNIT["id"], "name": _UNIT["name"]},
    "award": _FORM,
    "decision": {"number": "4321/QĐ-UBND", "date": "2025-12-20"},
    "campaign": "2022-2025",
    "year": 2025,
    "corrections": [],
    "revocation": None,
    **_STANDING,
}
DECISION = {
    "id": "0a4f9c1e-6f7b-4a52-8f9d-1f1f8f6f0001",
    "number": "4321/QĐ-UBND",
    "date": "2025-12-20",
    "title": "Về việc tặng Bằng khen trong phong trào thi đua chuyển đổi số",
    "authority": "Chủ tịch Ủy ban nhân dân tỉnh",
    "signer": "Nguyễn Văn Mẫu",
    "award": _FORM,
    "campaign": "2022-2025",
    "year": 2025,
    "counts": {"collective": 12, "household": 1, "individual": 30},
    **_STANDING,
}
STATISTIC = {"year": 2025, "award": _FORM, "nominee_kind": "individual", "state": "valid", "number": 30}
PROGRESS = {
    "id": "0a4f9c1e-6f7b-4a52-8f9d-1f1f8f6f0002",
    "campaign": "2022-2025",
    "year": 2025,
    "as_of": "2025-12-31",
    "tiers": [{"tier": "district", "required": 9, "filed": 9, "on_time": 8, "confirmed": 9}],
    "criteria": [
        {
            "code": "DIST-1",
            "tier": "district",
            "text": "Tỷ lệ hồ sơ giải quyết trực tuyến",
            "measured": 9,
            "met": 7,
        }
    ],
    **_STANDING,
}

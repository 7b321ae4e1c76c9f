"""A small criteria set for the tests, on days no shipped set claims."""

from datetime import date

from criteria import workflow
from criteria.models import Criterion, content_hash

HEAD = {
    "code": "THU-2031",
    "title": "Bộ tiêu chí thử",
    "valid_from": date(2031, 1, 1),
    "valid_to": date(2035, 12, 31),
    "basis": "Kế hoạch minh họa",
}
RATIO = {
    "code": "COMM-1",
    "tier": "commune",
    "name": "Hồ sơ trên mạng",
    "clause": "IV.2.1.c",
    "text": "Tối thiểu 60% hồ sơ công việc được xử lý trên môi trường mạng.",
    "operator": "ge",
    "threshold": 60,
    "numerator_label": "Hồ sơ trên mạng",
    "denominator_label": "Tất cả hồ sơ",
    "unit_word": "hồ sơ",
}


def a_draft(lead, **head):
    return workflow.start(by=lead, **{**HEAD, **head})


def add(draft, lead, **values):
    draft.refresh_from_db()
    criterion = Criterion(criteria_set=draft, **{**RATIO, **values})
    workflow.save_criterion(criterion, by=lead, version=draft.version)
    draft.refresh_from_db()
    return criterion


def a_set_in_force(lead, **head):
    draft = a_draft(lead, **head)
    add(draft, lead)
    workflow.put_in_force(draft, by=lead, sha256=content_hash(draft.content()))
    return draft

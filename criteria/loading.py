"""The shipped criteria sets (criteria/data) brought into the database; repeatable."""

import json
from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from criteria.enums import SetState
from criteria.models import CriteriaSet, Criterion, content_hash

DATA = Path(__file__).parent / "data"


class CriteriaRefused(Exception):
    """The files cannot be brought in; the message says why, in Vietnamese."""


@transaction.atomic
def load_criteria(directory: Path = DATA) -> dict[str, bool]:
    """Bring every set of the directory in force, or nothing.

    Returns for each set's code whether it is new. A set that is already there is left as
    it is; if the file says something else, CriteriaRefused: a set in force never changes.
    """
    return {content["code"]: _bring_in(content) for content in read_sets(directory)}


def read_sets(directory: Path = DATA) -> list[dict]:
    """The content of each file in the form of `CriteriaSet.content()`, by code.

    A file may name another set under `criteria_of` and then carries that set's criteria.
    """
    files = [json.loads(path.read_text("utf-8")) for path in sorted(directory.glob("*.json"))]
    criteria_of = {file["code"]: file["criteria"] for file in files if "criteria" in file}
    sets = []
    for file in files:
        criteria = criteria_of[file.pop("criteria_of", file["code"])]
        numbered = [
            {"is_required": True, "points": None, **criterion, "position": position}
            for position, criterion in enumerate(criteria, start=1)
        ]
        sets.append({**file, "criteria": numbered})
    return sets


def _bring_in(content: dict) -> bool:
    code = content["code"]
    existing = CriteriaSet.objects.filter(code=code).first()
    if existing is None:
        _create(content)
        return True
    if existing.sha256 != content_hash(content):
        raise CriteriaRefused(
            f"Bộ tiêu chí {code} đã có và không sửa được; nội dung tệp khác với bộ đã có."
            " Hãy lập một bộ mới với mã và thời gian áp dụng khác."
        )
    return False


def _create(content: dict) -> None:
    values = {key: value for key, value in content.items() if key != "criteria"}
    for key in ("valid_from", "valid_to"):
        values[key] = date.fromisoformat(values[key])
    criteria_set = CriteriaSet(**values, sha256=content_hash(content))
    criteria = [Criterion(criteria_set=criteria_set, **row) for row in content["criteria"]]
    for criterion in criteria:
        try:
            criterion.clean_fields(exclude={"criteria_set"})
            criterion.rule()
        except (ValidationError, ValueError) as error:
            raise CriteriaRefused(f"Bộ tiêu chí {content['code']}, {criterion.code}: {error}") from error
    try:
        criteria_set.full_clean()
        criteria_set.save()
        Criterion.objects.bulk_create(criteria)
        criteria_set.state = SetState.IN_FORCE
        criteria_set.full_clean()
        criteria_set.save()
    except ValidationError as error:
        raise CriteriaRefused(f"Bộ tiêu chí {content['code']}: {'; '.join(error.messages)}") from error
    except IntegrityError as error:
        raise CriteriaRefused(f"Bộ tiêu chí {content['code']}: {error}") from error

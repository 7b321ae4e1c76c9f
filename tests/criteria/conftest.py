import pytest

from criteria.loading import load_criteria
from criteria.models import CriteriaSet


@pytest.fixture
def criteria(db):
    """Both shipped sets in force; gives the one of the plan, 2022–2025."""
    load_criteria()
    return CriteriaSet.objects.get(code="TDCDS-2022")

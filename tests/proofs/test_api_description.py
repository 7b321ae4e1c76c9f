"""Thousands of requests of every sort: no fault, and no answer that the description does not have."""

import pytest

from tests.api_cases import a_world_to_read, check_operations
from tests.awards.conftest import today, world  # noqa: F401 - fixtures

pytestmark = [pytest.mark.prove, pytest.mark.django_db]


def test_no_request_of_thousands_is_answered_outside_the_description(world):  # noqa: F811
    tried = check_operations(a_world_to_read(world), examples=260)

    assert sum(tried.values()) >= 3000

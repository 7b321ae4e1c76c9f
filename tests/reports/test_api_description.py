"""What the API answers is what its description says, and the description can be relied on."""

import json
import re

import pytest
from jsonschema_rs import validator_for

from tests.api_cases import a_world_to_read, check_operations

pytestmark = pytest.mark.django_db


@pytest.fixture
def description(client):
    return json.loads(client.get("/api/schema/?format=json").content)


def operations(description):
    return {
        f"{method.upper()} {path}": operation
        for path, methods in description["paths"].items()
        for method, operation in methods.items()
    }


def test_every_operation_keeps_to_its_description(world, description):
    tried = check_operations(a_world_to_read(world), examples=8)

    assert set(tried) == set(operations(description))


def test_every_operation_is_explained_and_has_a_true_example(description):
    assert description["openapi"].startswith("3.1")
    for label, operation in operations(description).items():
        assert operation["summary"], label
        assert operation["description"], label
        content = operation["responses"]["200"]["content"]["application/json"]
        schema = {**content["schema"], "components": description["components"]}
        assert list(validator_for(schema).iter_errors(content["example"])) == [], label


def test_the_description_names_the_forms_of_award(world, description):
    parameters = operations(description)["GET /api/v1/results/"]["parameters"]
    award = next(parameter for parameter in parameters if parameter["name"] == "award")
    assert "BK-CT-UBND" in award["schema"]["enum"]


def test_the_page_of_documentation_tells_every_operation_without_a_script(client, description):
    page = client.get("/api/docs/").content.decode()
    for label, operation in operations(description).items():
        method, path = label.split()
        assert f"<strong>{method}</strong> {path}</code>" in page, label
        assert operation["summary"] in page, label
        for parameter in operation.get("parameters", []):
            assert f"<code>{parameter['name']}</code>" in page, (label, parameter["name"])
    assert re.findall(r"<script(?![^>]*src=\"/static/js/(?:portal|files)\b)", page) == []

"""Cases that schemathesis makes of the API's own description, and what every answer must keep to."""

from collections import Counter
from contextlib import contextmanager

import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.factories_awards import a_published_decision, a_submitted_dossier, an_appraised_dossier
from units import tokens
from units.enums import Scope

#: which codes belong to which tier, and that a numerator is not above its denominator, no schema says
NOT_SAID = {"POST /api/v1/criteria/evaluate/": [positive_data_acceptance]}


def a_world_to_read(world) -> str:
    """Something to read of every kind; the secret of a token that may read it."""
    a_published_decision(world, an_appraised_dossier(world.unit, world.filer, world.standing))
    a_submitted_dossier(world.unit, world.filer)
    _, secret = tokens.issue(name="Hệ thống thử", scopes=Scope.values, days=30, by=world.filer)
    return secret


@contextmanager
def served():
    """The portal as a WSGI application on the test's own connection, which stays open between requests."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield get_wsgi_application()
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


def check_operations(secret: str, *, examples: int, seed: int | None = None) -> Counter:
    """Try every operation with that many cases, right and wrong ones; how many were tried of each."""
    with served() as application:
        schema = schemathesis.openapi.from_wsgi("/api/schema/?format=json", application)
        return _tried(schema, secret, examples, seed)


def _tried(schema, secret, examples, seed) -> Counter:
    """Cases that are named by their parameters alone, so that what fails can be asked again by hand."""
    tried = Counter()
    for result in schema.get_all_operations():
        operation = result.ok()

        def holds(case):
            tried[case.operation.label] += 1
            # Werkzeug's client would not unpack what was compressed.
            headers = {"Authorization": f"Bearer {secret}", "Accept-Encoding": "identity"}
            case.call_and_validate(headers=headers, excluded_checks=NOT_SAID.get(case.operation.label, []))

        given(case=operation.as_strategy())(
            settings(
                max_examples=examples,
                deadline=None,
                database=None,
                derandomize=seed is None,
                phases=[Phase.explicit, Phase.generate],
                suppress_health_check=list(HealthCheck),
            )(holds)
        )()
    return tried

"""A connection to the database that died since the last request is noticed where it is not asked about."""

import psycopg
import pytest
from django.db import connection

from awards.models import PublicRecord
from tests.reports.conftest import award_record

pytestmark = [pytest.mark.prove, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("address", ["/ket-qua/", "/api/v1/results/"])
def test_whoever_has_the_page_still_gets_an_answer(client, address):
    PublicRecord.append([award_record(1)])
    held = client.get(address)["ETag"]
    assert client.get(address, headers={"if-none-match": held}).status_code == 304
    kill(connection.connection.info.backend_pid)
    assert client.get(address, headers={"if-none-match": held}).status_code == 304
    assert connection.is_usable()


def kill(pid):
    told = connection.get_connection_params()
    names = ("dbname", "user", "password", "host", "port")
    other = psycopg.connect(**{name: told[name] for name in names if name in told})
    with other, other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    other.close()

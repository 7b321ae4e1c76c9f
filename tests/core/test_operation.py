"""What a monitor asks: alive, ready, started, how much waits."""

import pytest
from django.db.migrations.recorder import MigrationRecorder

from core import outbox, views
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
MEASURES = "/song/so-do/"


def asked(client, address, **headers):
    answer = client.get(address, headers=headers)
    return answer.status_code, answer.content.decode()


def test_alive_and_ready(client):
    assert [asked(client, a) for a in ("/song/", "/song/san-sang/", "/song/khoi-dong/")] == [(200, "ok")] * 3


@pytest.mark.parametrize(("silent", "named"), [("_ask_database", "database"), ("_ask_cache", "cache")])
def test_a_process_that_cannot_work_says_what_is_silent(client, monkeypatch, silent, named):
    monkeypatch.setattr(views, silent, lambda: False)
    assert asked(client, "/song/san-sang/") == (503, named)
    assert asked(client, "/song/") == (200, "ok")


def test_a_release_waits_for_its_migrations(client):
    MigrationRecorder.Migration.objects.filter(app="awards").order_by("-pk").first().delete()
    assert asked(client, "/song/khoi-dong/") == (503, "migrating")


def test_the_cache_is_asked_in_earnest(client, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }
    assert asked(client, "/song/san-sang/") == (503, "cache")


@pytest.mark.parametrize("shown", [None, "", "Bearer ", "Bearer sai", "Bearer bí-mật"])
def test_nobody_else_reads_the_metrics(client, settings, shown):
    settings.METRICS_TOKEN = "bi-mat"
    headers = {} if shown is None else {"Authorization": shown}
    assert asked(client, MEASURES, **headers)[0] == 404
    settings.METRICS_TOKEN = ""
    assert asked(client, MEASURES, **headers)[0] == 404


def test_the_metrics_count_what_waits_and_how_requests_went(client, settings):
    settings.METRICS_TOKEN = "bi-mat"
    outbox.queue(key="mot", to=UserFactory(), subject="Một", body="Hai")
    client.get("/song/")
    status, text = asked(client, MEASURES, Authorization="Bearer bi-mat")
    lines = text.splitlines()
    assert status == 200
    assert 'portal_rows{kind="mail",state="queued"} 1.0' in lines
    assert "portal_events_unsealed 0.0" in lines
    assert any(
        line.startswith('portal_request_seconds_count{method="GET",name="alive",status="200"}')
        for line in lines
    )


@pytest.mark.parametrize(
    ("proxies", "header", "seen"),
    [
        (0, "203.0.113.7", "127.0.0.1"),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        (2, "198.51.100.1, 203.0.113.7, 10.0.0.2", "203.0.113.7"),
        (2, "203.0.113.7", "127.0.0.1"),
        (1, "nobody", "127.0.0.1"),
        (1, "2001:db8::1", "2001:db8::1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_the_visitor_s_address_is_believed_from_our_own_proxies_alone(
    client, settings, proxies, header, seen
):
    settings.TRUSTED_PROXY_COUNT = proxies
    answer = client.get("/song/", headers={"X-Forwarded-For": header})
    assert answer.wsgi_request.META["REMOTE_ADDR"] == seen

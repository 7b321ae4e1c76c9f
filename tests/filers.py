"""Many people in front of a whole draft, and the servers they file at: production's own, to be crashed."""

import os
import shutil
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings as configured
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection

from core import clock
from laocai_tdkt import embedded
from laocai_tdkt.process import Process
from registrations import workflow
from registrations.models import Obligation, Registration, RegistrationTarget, RegistrationTask
from tests import workers
from tests.factories import LONG_AGO
from tests.factories_registrations import HANOI, PeriodFactory, a_pdf
from units.enums import Kind, Role
from units.models import Membership, Unit, User

#: when the first of them opens his draft; the period of `PeriodFactory` ends with this day
BEGINS = datetime(2027, 2, 20, 23, 50, tzinfo=HANOI)
#: a browser's token, which only has to come back the same in the form
TOKEN = "a" * 32


@contextmanager
def durable_server(django_db_blocker, folder: Path) -> Iterator[embedded.Postgres]:
    """A PostgreSQL of the proof's own that really writes to the disk, to be crashed; migrated, empty."""
    server = embedded.Postgres(
        # Beside the run's other servers, so that the next run removes what a killed one leaves.
        embedded.home() / f"test-{os.getpid()}" / "durable",
        folder / "postgres.log",
        is_throwaway=False,
    )
    with django_db_blocker.unblock():
        connection.close()
        kept = dict(connection.settings_dict)
        try:
            server.start()
            own = {"NAME": embedded.DATABASE, "USER": embedded.DATABASE, "PASSWORD": server.password}
            connection.settings_dict |= own | {"HOST": "127.0.0.1", "PORT": server.port}
            call_command("migrate", verbosity=0, interactive=False)
            yield server
        finally:
            connection.close()
            connection.settings_dict |= kept
            ContentType.objects.clear_cache()
            server.stop()
            shutil.rmtree(server.folder)


def files_in(settings, folder: Path) -> None:
    """This process keeps its files where the servers of `folder` do."""
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(folder / "files")},
        }
    }


@dataclass
class Filer:
    """One person in front of his preview page, with what his browser sends and what came of it."""

    user: User
    registration: Registration
    session: str = field(default_factory=lambda: SessionStore()._get_new_session_key())
    request_key: uuid.UUID = field(default_factory=uuid.uuid4)
    receipt: str = ""
    seconds: float = 0.0
    #: what he met before the receipt: a broken connection or the status of an answer
    met: list = field(default_factory=list)

    @property
    def headers(self) -> dict[str, str]:
        """What the browser sends, and the web server in front, to production's settings."""
        return {
            "Host": "localhost",
            "X-Forwarded-Proto": "https",
            "Referer": f"https://localhost{self.registration.get_absolute_url()}",
            "Cookie": f"__Host-sessionid={self.session}; __Host-csrftoken={TOKEN}",
        }

    def file(self, port: int) -> str:
        """Press the button until a receipt comes, as he would; returns its address."""
        while True:
            began = time.monotonic()
            status, location = self._post(port)
            self.seconds = time.monotonic() - began
            if status == 302:
                return location
            assert status == "refused" or status >= 500, f"{self.user} got {status}"
            self.met.append(status)
            time.sleep(0.3)

    def _post(self, port):
        asked = {"version": self.registration.version, "request_key": self.request_key}
        return self.post(port, f"{self.registration.get_absolute_url()}nop/", asked)

    def post(self, port: int, address: str, asked: dict):
        """The status and where it leads; "refused" when the connection broke."""
        body = asked | {"csrfmiddlewaretoken": TOKEN}
        headers = self.headers | {"Content-Type": "application/x-www-form-urlencoded"}
        browser = HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            browser.request("POST", address, urlencode(body), headers)
            answer = browser.getresponse()
            return answer.status, answer.headers["Location"]
        except (OSError, HTTPException):
            return "refused", None
        finally:
            browser.close()


def with_drafts(count: int) -> list[Filer]:
    """That many people of as many units, logged in, each with a whole draft and its plan uploaded."""
    people = with_words(PeriodFactory(), count)
    # One paper is looked into, which costs a process; each draft stores its own copy.
    plan = a_pdf()
    for person in people:
        workflow.save_draft(person.registration, by=person.user, version=1, content=None, uploads=[plan])
    # What reading the signatures would cost now has been paid by the time people file.
    workers.forget_tasks()
    return people


def with_words(period, count: int) -> list[Filer]:
    """The same with all that a draft says, and no plan yet."""
    names = [f"Cơ quan minh họa số {n:03d}" for n in range(count)]
    units = Unit.objects.bulk_create(
        Unit(
            code=f"MH{n:03d}",
            name=name,
            search_name=name.lower(),
            sort_name=name,
            kind=Kind.DEPARTMENT,
            valid_from=LONG_AGO,
        )
        for n, name in enumerate(names)
    )
    users = User.objects.bulk_create(
        User(username=f"nguoi.{n:03d}", email=f"nguoi.{n:03d}@laocai.example", full_name="Nguyễn Văn Thử")
        for n in range(count)
    )
    Membership.objects.bulk_create(
        Membership(user=user, unit=unit, role=Role.FILER, valid_from=LONG_AGO)
        for user, unit in zip(users, units, strict=True)
    )
    Obligation.objects.bulk_create(
        Obligation(period=period, unit=unit, kind="registration", due=period.last_day, reason="thử")
        for unit in units
    )
    people = [
        Filer(user, registration)
        for user, registration in zip(users, _drafts(period, units, users), strict=True)
    ]
    _log_in(people)
    return people


def _drafts(period, units, users) -> list[Registration]:
    drafts = Registration.objects.bulk_create(
        Registration(
            period=period,
            unit=unit,
            contact_name="Trần Thị Bình",
            objectives="Mọi thủ tục hành chính được giải quyết trực tuyến.",
            created_at=clock.now(),
            saved_at=clock.now(),
            saved_by=user,
        )
        for unit, user in zip(units, users, strict=True)
    )
    criteria = list(period.campaign.criteria_set.criteria.filter(tier=units[0].tier))
    RegistrationTarget.objects.bulk_create(
        RegistrationTarget(registration=draft, criterion=criterion, level="98 %", position=position)
        for draft in drafts
        for position, criterion in enumerate(criteria)
    )
    RegistrationTask.objects.bulk_create(
        RegistrationTask(registration=draft, name=f"Nhiệm vụ {n}", product="Kho dữ liệu", position=n)
        for draft in drafts
        for n in range(5)
    )
    return drafts


def _log_in(people) -> None:
    """The sessions that the log-in page would have made; 300 hashed passwords are not what is measured."""
    store = SessionStore()
    Session.objects.bulk_create(
        Session(
            session_key=person.session,
            session_data=store.encode(
                {
                    SESSION_KEY: str(person.user.pk),
                    BACKEND_SESSION_KEY: configured.AUTHENTICATION_BACKENDS[0],
                    HASH_SESSION_KEY: person.user.get_session_auth_hash(),
                }
            ),
            expire_date=store.get_expiry_date(),
        )
        for person in people
    )


@contextmanager
def web_server(folder, **changes):
    """The web server as production starts it."""
    port = embedded.free_port()
    process = Process(
        "web",
        [sys.executable, "-m", "gunicorn", "laocai_tdkt.wsgi", "--bind", f"127.0.0.1:{port}"],
        log=folder / "web.log",
        environment=workers.environment(folder, role="web") | changes,
        folder=configured.BASE_DIR,
    )
    process.start()
    try:
        workers.eventually(lambda: len(children_of(process)) == 2, process)
        yield process, port
    finally:
        process.stop()


def children_of(process) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]

"""A real Chromium against the portal; every page is watched for errors of the browser's own."""

import io
import os
import shutil
from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import sync_playwright

from core import clock
from tests.factories import UnitFactory, member_of
from tests.factories_registrations import PeriodFactory, a_draft, fill
from tests.filers import files_in

# Playwright's own loop runs in this thread; the tests' few queries between clicks are safe beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

#: the day of the demo's world
NOW = datetime.fromisoformat("2026-11-23T09:00:00+07:00")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture
def chromium():
    """One for each test: while Playwright runs, its loop is this thread's, and nothing else may run one."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "chromium is missing: make test installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


class Person:
    """One person in a browser of his own, and what his browser complained of."""

    def __init__(self, chromium, base, width=1280, **options):
        self.base = base
        self.context = chromium.new_context(
            viewport={"width": width, "height": 900}, locale="vi-VN", base_url=base, **options
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.complaints = []
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("response", self._watch)

    def _listen(self, message):
        # Chromium repeats in the console every answer of 4xx that a test has asked for on purpose.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def _watch(self, response):
        if response.status >= 500:
            self.complaints.append(f"{response.status} {response.url}")

    def go(self, address):
        return self.page.goto(address)

    def log_in(self, username, password):
        self.go("/tai-khoan/dang-nhap/")
        self.page.locator("input[name=login]").fill(username)
        self.page.locator("input[name=password]").fill(password)
        self.page.locator("main").get_by_role("button", name="Đăng nhập").click()
        self.page.wait_for_url("**/ban-lam-viec/")
        return self


@pytest.fixture
def person(chromium, live_server):
    """A factory of people, each with a browser of his own; at the end no browser may have complained."""
    people = []

    def meet(**options):
        people.append(Person(chromium, live_server.url, **options))
        return people[-1]

    yield meet
    complaints = [line for someone in people for line in someone.complaints]
    for someone in people:
        someone.context.close()
    assert complaints == []


@pytest.fixture
def world(settings, tmp_path):
    """The demo's world on a fixed day; the browsers' cookies keep real time."""
    settings.DEMO_MODE = True
    settings.CLOCK_SHIFT_SECONDS = round((NOW - timezone.now()).total_seconds())
    files_in(settings, tmp_path)
    call_command("load_demo", stdout=io.StringIO())


def open_period(year):
    """Open today, whatever day that is: browsers cannot be made to travel."""
    today = clock.today()
    return PeriodFactory(
        year=year,
        opens_on=today - timedelta(days=1),
        last_day=today + timedelta(days=30),
        locks_on=today + timedelta(days=60),
        report_last_day=today + timedelta(days=90),
    )


@pytest.fixture
def period(settings, tmp_path):
    files_in(settings, tmp_path)
    return open_period(clock.today().year + 1)


@pytest.fixture
def unit(period):
    return UnitFactory(commune=True, name="Xã Bản Phiệt")


@pytest.fixture
def an(unit):
    return member_of(unit, username="an", full_name="Nguyễn Văn An")


@pytest.fixture
def draft(unit, an, period):
    return fill(a_draft(unit, an, period), an)

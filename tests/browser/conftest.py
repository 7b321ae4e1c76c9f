"""A real Chromium against the portal; every page is watched for errors of the browser's own."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

# Playwright's own loop runs in this thread; the tests' few queries between clicks are safe beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

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

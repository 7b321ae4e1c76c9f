"""The last hour: filings with a plan of 1 MB each, readers of the public pages, one worker rendering.

python -m bench.deadline_hour [filings] [readers]

Each filer opens the draft, sends it with the plan, reads the preview and files, 20 at a time. Beside it, in
the same run and under the same readers and the same rendering, as many uploads of the same size to the
floor, which does nothing but write them down.
"""

import contextlib
import io
import multiprocessing
import os
import random
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.client import HTTPConnection
from types import SimpleNamespace
from urllib.parse import urlencode

from bench.documents import render_part
from bench.growth import publish
from bench.serving import sites
from bench.table import row

AT_ONCE = 20
TURNS = 5
PLAN_BYTES = 1024 * 1024
#: seconds between two pages of one reader
THINKS = 2, 8
#: names of the list that the worker renders over and over
NAMES = 500


def main(filings=1_000, readers=200) -> bool:
    with sites() as (ours, floor):
        from registrations.models import RegistrationVersion
        from tests.filers import with_words

        people = with_words(_open_period(), filings)
        publish(1, 200)
        filed, uploads, sent, plain, read, took = [], [], [], [], Counter(), 0.0
        # In turns, so that both meet the same minutes of the machine.
        for turn in range(TURNS):
            some = people[turn::TURNS]
            with _busy(ours, "/ket-qua/", readers) as answers:
                statuses, seconds, together = _all_at_once(lambda person: _file(ours.port, person), some)
                filed, uploads, took = filed + statuses, uploads + seconds, took + together
            read += answers
            with _busy(floor, "/list/", readers):
                statuses, seconds, _ = _all_at_once(lambda person: _upload(floor.port, person), some)
                sent, plain = sent + statuses, plain + seconds
        versions = dict(RegistrationVersion.objects.values_list("registration_id", "request_key"))
        kept = {person.registration.pk: person.request_key for person in people}
        is_whole = versions == kept and _stored(people) == filings and set(filed) == {302}
        is_clean = is_whole and set(read) == {200} and set(sent) == {200}
        row(
            f"the last hour: {filings} filings of 1 MB, {AT_ONCE} at a time, {readers} readers, one renderer",
            f"{60 * filings / took:.0f} a minute, {sum(read.values())} pages read",
            "",
            None,
            "no error, nothing lost",
            met=is_clean,
        )
        return (
            row(
                "the last hour: sending a draft with its plan, 95th percentile, against a bare upload's",
                f"{_p95(uploads):.2f} s (median {statistics.median(uploads):.2f} s)",
                f"{_p95(plain):.2f} s (median {statistics.median(plain):.2f} s)",
                _p95(uploads) / _p95(plain),
                "",
                met=None,
            )
            and is_clean
        )


def _open_period():
    from core import clock
    from tests.factories_registrations import PeriodFactory

    due = clock.today() + timedelta(days=1)
    return PeriodFactory(
        opens_on=due - timedelta(days=30),
        last_day=due,
        locks_on=due + timedelta(days=30),
        report_last_day=due + timedelta(days=60),
    )


def _all_at_once(act, people) -> tuple[list[int], list[float], float]:
    """The last status of each, the seconds that each upload took, and those of all together."""
    began = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        statuses, seconds = zip(*pool.map(act, people), strict=True)
    return list(statuses), list(seconds), time.perf_counter() - began


def _file(port, person) -> tuple[int, float]:
    """Everything a browser does from the draft to the receipt."""
    from tests.filers import TOKEN
    from tests.registrations.pages import form_with

    browser, place = HTTPConnection("127.0.0.1", port, timeout=120), person.registration.get_absolute_url()
    page = _ask(browser, "GET", f"{place}sua/", person.headers)
    fields = form_with(SimpleNamespace(content=page.body), "objectives")
    body, kind = _multipart(fields | {"csrfmiddlewaretoken": [TOKEN], "preview": ["1"]})
    began = time.perf_counter()
    sent = _ask(browser, "POST", f"{place}sua/", person.headers | {"Content-Type": kind}, body)
    seconds = time.perf_counter() - began
    if sent.status != 302:
        return sent.status, seconds
    preview = form_with(
        SimpleNamespace(content=_ask(browser, "GET", f"{place}nop/", person.headers).body), "request_key"
    )
    form = preview | {"csrfmiddlewaretoken": [TOKEN], "request_key": [str(person.request_key)]}
    headers = person.headers | {"Content-Type": "application/x-www-form-urlencoded"}
    filed = _ask(browser, "POST", f"{place}nop/", headers, urlencode(form, doseq=True))
    browser.close()
    return filed.status, seconds


def _upload(port, person) -> tuple[int, float]:
    browser = HTTPConnection("127.0.0.1", port, timeout=120)
    body, kind = _multipart({})
    began = time.perf_counter()
    sent = _ask(browser, "POST", "/upload/", {"Content-Type": kind}, body)
    browser.close()
    return sent.status, time.perf_counter() - began


def _ask(browser, method, path, headers, body=None):
    browser.request(method, path, body, headers)
    answer = browser.getresponse()
    return SimpleNamespace(status=answer.status, body=answer.read())


def _multipart(fields: dict[str, list[str]]) -> tuple[bytes, str]:
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

    plan = SimpleUploadedFile("ke-hoach.pdf", _a_plan(), content_type="application/pdf")
    return encode_multipart(BOUNDARY, fields | {"upload": plan}), MULTIPART_CONTENT


def _a_plan() -> bytes:
    """A PDF of a page and of that size, each unlike every other."""
    import pikepdf

    content = io.BytesIO()
    with pikepdf.new() as plan:
        plan.add_blank_page()
        plan.Root.Filler = plan.make_stream(os.urandom(PLAN_BYTES))
        plan.save(content)
    return content.getvalue()


@contextlib.contextmanager
def _busy(site, path, readers) -> Iterator[Counter[int]]:
    """That many readers of a page and one worker that renders, until the block ends; the answers counted."""
    end, answers, lock = threading.Event(), Counter(), threading.Lock()

    def read():
        while not end.wait(random.uniform(*THINKS)):
            status = site.answer(path).status
            with lock:
                answers[status] += 1

    threads = [threading.Thread(target=read, daemon=True) for _ in range(readers)]
    worker = multiprocessing.get_context("spawn").Process(target=_render_on, daemon=True)
    for runner in (*threads, worker):
        runner.start()
    try:
        yield answers
    finally:
        end.set()
        for thread in threads:
            thread.join(60)
        worker.terminate()
        worker.join(30)


def _render_on():
    while True:
        render_part((NAMES, 0, True))


def _stored(people) -> int:
    """How many of the plans lie in the store with the bytes that were filed."""
    from core import files
    from registrations.models import RegistrationAttachment

    attached = RegistrationAttachment.objects.filter(
        registration__in=[person.registration for person in people]
    )
    return sum(len(files.read(one.file)) > PLAN_BYTES for one in attached.select_related("file"))


def _p95(seconds) -> float:
    return statistics.quantiles(seconds, n=20)[-1]


if __name__ == "__main__":
    sys.exit(0 if main(*map(int, sys.argv[1:])) else 1)

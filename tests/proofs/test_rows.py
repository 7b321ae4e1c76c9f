"""No paged page or operation of the API reads more rows when there are ten times as many.

Which functions page a list is read from the source; every list is met by asking each address that may lead to
one, for each row of the demo's world. Its rows are then made ten times as many (`tests.growing`); both times
the page and the one after it are asked: queries, and rows that the database sends, must be the same.
"""

import ast
import re
import sys
from collections import Counter
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.paginator import Paginator
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet
from django.urls import URLResolver, get_resolver

from awards.models import Batch
from core import audit, clock, paging
from core.api import Pages
from core.models import Document, Export
from registrations.models import BulkAct, BulkActRow, Obligation, Report
from reports.api.published import PublishedList
from tests.growing import Alike, Copies, let_triggers_sleep
from tests.permissions import addresses
from tests.permissions.world import cases

APPS = ("core", "units", "criteria", "registrations", "awards", "reports", "laocai_tdkt")
#: copies in a list before it grows, alike as all that follow: two whole pages, and one row of a third
ONCE = 101
#: lists that hang together as a whole, so that no page of them can be read alone, and why. Few people ask for
#: them, and they are as long as the province has units. Their queries stay the same.
IN_MEMORY = {
    "registrations.views.ranking.scores": "a place hangs on the sums of all units of its group, exact "
    "fractions that the engine makes",
    "registrations.views.whatif.what_if": "the engine judges every unit anew, and a place hangs on "
    "all the others",
    "registrations.views.reminders.preview": "who gets one mail for what hangs on all that is owed that day: "
    "the preview is the plan itself",
}


def _verified():
    return Report.objects.filter(state="verified", period__year=2025)


#: what makes a list longer, where it is not more of its own rows
LONGER_WITH = {
    "registrations.views.ranking.scores": lambda: _verified().filter(unit__kind="commune"),
    "registrations.views.whatif.what_if": _verified,
    "registrations.views.reminders.preview": lambda: Obligation.objects.outstanding().filter(
        period__year=2027, kind="registration"
    ),
    "reports.views.dashboards.criteria_list": _verified,
}
#: lists of the API that are not by pages: counts, as many as there are years, forms and states
COUNTS = {"api_statistics"}
#: what an address must ask for to show a list of the demo
ASKED_FOR = {"reports:criteria_list": "?year=2025", "registrations:reminder_preview": "?ngay=01/02/2027"}


@dataclass(frozen=True)
class Met:
    """A list that a page has shown: where the source pages it, the address, to whom, and all of its rows."""

    site: str
    address: str
    letter: str
    case: object
    rows: object
    there: int

    def __str__(self):
        return f"{self.site} at {self.address} ({self.letter})"


PAGING = {"core.paging.page_of", "core.paging.page_along", "django.core.paginator.Paginator"}


def functions() -> dict[str, set[str]]:
    """Each function of the source by its whole name, with the whole names of what it uses."""
    found = {}
    for app in APPS:
        for path in (Path(settings.BASE_DIR) / app).rglob("*.py"):
            module = ".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts)
            tree = ast.parse(path.read_text())
            imported = {
                alias.asname or alias.name: f"{node.module}.{alias.name}"
                for node in ast.walk(tree)
                if isinstance(node, ast.ImportFrom)
                for alias in node.names
            }
            for node in ast.walk(tree):
                if isinstance(node, ast.FunctionDef):
                    found[f"{module}.{node.name}"] = set(_used(node, module, imported))
    return {name: used for name, used in found.items() if not name.startswith("core.paging.")}


def _used(function, module, imported):
    for node in ast.walk(function):
        if isinstance(node, ast.Name):
            yield imported.get(node.id, f"{module}.{node.id}")
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield f"{imported.get(node.value.id, node.value.id)}.{node.attr}"


def sites(source) -> set[str]:
    """The functions that page a list themselves."""
    return {function for function, used in source.items() if used & PAGING}


def leading_to(found: set[str], source) -> set[str]:
    """Those functions and all that use them."""
    before = set()
    while found != before:
        before, found = found, found | {function for function, used in source.items() if used & found}
    return found


def to_ask(paged: set[str]):
    """The addresses whose views may page a list, and all of the API."""
    for address in addresses():
        view = VIEWS[address.route]
        if address.route.startswith("/api/v1/") or f"{view.__module__}.{view.__name__}" in paged:
            yield address


def _views(patterns, prefix):
    for entry in patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _views(entry.url_patterns, route)
        else:
            yield route, entry.callback


VIEWS = dict(_views(get_resolver().url_patterns, "/"))


class Noted:
    """Notes which lists are paged while pages are asked."""

    def __init__(self, patch):
        self.now = []
        for name in (whole.rpartition(".")[2] for whole in PAGING):
            for module in [m for n, m in sys.modules.items() if n.partition(".")[0] in APPS]:
                if module is not paging and name in vars(module):
                    patch.setattr(module, name, self._noting(vars(module)[name], name))
        patch.setattr(Pages, "paginate_queryset", self._noting_method(Pages.paginate_queryset))
        records = PublishedList.records
        patch.setattr(PublishedList, "records", lambda view, asked: self._note(view, records(view, asked)))

    def _noting(self, original, name):
        def noted(*args, **kwargs):
            caller = sys._getframe(1)
            site = f"{caller.f_globals['__name__']}.{caller.f_code.co_name}"
            self.now.append((site, args[0] if name == "Paginator" else args[1]))
            return original(*args, **kwargs)

        return noted

    def _noting_method(self, original):
        def noted(pages, queryset, request, view=None):
            self._note(view, queryset)
            return original(pages, queryset, request, view)

        return noted

    def _note(self, view, rows):
        self.now.append((f"{type(view).__module__}.{type(view).__name__}", rows))
        return rows


@pytest.fixture(autouse=True)
def _all_rows_at_once(monkeypatch):
    """Of a cursor that the server keeps, no one could say here how many rows will come."""
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)


class Sent:
    """Counts queries, and the rows that the database sends in answer."""

    def __init__(self):
        self.queries = self.rows = 0

    def __call__(self, execute, sql, params, many, context):
        self.queries += 1
        answer = execute(sql, params, many, context)
        cursor = context["cursor"]
        if cursor.description is not None:
            assert cursor.rowcount >= 0, "a cursor of the server, whose rows come later"
            self.rows += cursor.rowcount
        return answer


#: in turn, until one of them sees a list; the filer, whose lists are another's, always
READERS = "LDAf"


def meet(crowd, lists, among) -> list[Met]:
    """Of each list the longest that each of its readers sees."""
    met = {}
    for address in among:
        for case in cases(address):
            case = replace(case, path=case.path + ASKED_FOR.get(address.name, ""))
            for one in _meet(crowd, lists, address, case):
                known = met.setdefault((one.site, one.address, one.letter), one)
                if one.there > known.there:
                    met[one.site, one.address, one.letter] = one
    return list(met.values())


def _meet(crowd, lists, address, case) -> list[Met]:
    met = []
    with transaction.atomic():
        there = crowd.gather_round(case.unit)
        case.prepare()
        for letter in READERS:
            if letter in there and (letter == "f" or not met):
                lists.now = []
                answer = ask(crowd, letter, case)
                if answer.status_code == 405:
                    break
                if answer.status_code == 200:
                    met += [
                        Met(
                            site,
                            address.name,
                            letter,
                            case,
                            rows,
                            _length(rows),
                        )
                        for site, rows in lists.now
                    ]
        transaction.set_rollback(True)
    return met


def _is_query(rows) -> bool:
    return isinstance(rows, QuerySet)


def _length(rows) -> int:
    return rows.all().count() if _is_query(rows) else len(rows)


def ask(crowd, letter, case):
    for cache in caches.all():
        cache.clear()
    with transaction.atomic():
        answer = crowd.ask(letter, "GET", case.path, case.version)
        if answer.streaming:
            b"".join(answer.streaming_content)
    return answer


def after(path, answer) -> str:
    """The address of the next page."""
    if path.startswith("/api/"):
        return answer.json()["next"].removeprefix("http://testserver")
    found = re.search(r'rel="next" href="([^"]+)"', answer.content.decode())
    return urljoin(path, unescape(found[1])) if found else ""


def cost(crowd, met) -> list[tuple[int, int]]:
    """Queries and rows of the page and of the one after it."""
    first = met.case
    answer, found = _cost(crowd, met, first)
    if met.site in IN_MEMORY:
        return [found]
    following = after(first.path, answer)
    assert following, f"{met}: no way to the next page"
    _, then = _cost(crowd, met, replace(first, path=following))
    return [found, then]


def _cost(crowd, met, case):
    # The first visit fills what a process remembers.
    ask(crowd, met.letter, case)
    sent = Sent()
    with connection.execute_wrapper(sent):
        answer = ask(crowd, met.letter, case)
    assert answer.status_code == 200
    return answer, (sent.queries, sent.rows)


def grow(crowd, met) -> list[list[tuple[int, int]]]:
    """What the list costs once and ten times as long."""
    told = []
    for template in range(min(met.there, 3)):
        for rather in ("", "Period"):
            try:
                return _grow(crowd, met, template, rather)
            except (Alike, DatabaseError, NotGrown) as error:
                told.append(f"{template} {rather}: {type(error).__name__} {error}"[:200])
    raise NotGrown("; ".join(told))


class NotGrown(Exception):
    """The copies are not in the list."""


def _grow(crowd, met, template, rather):
    found = []
    with transaction.atomic():
        try:
            crowd.gather_round(met.case.unit)
            met.case.prepare()
            rows = LONGER_WITH.get(met.site, lambda: met.rows)()
            there, last = rows.all().count(), 0
            once = there + ONCE
            copies = LinesOfBatch(met) if rows.model is Batch else Copies(_row(rows, template), rather)
            for size in (once, 10 * once):
                copies.make(last + 1, last + size - there)
                last, there = last + size - there, size
                if rows.all().count() < size:
                    raise NotGrown(f"{rows.all().count()} for {size}")
                found.append(cost(crowd, met))
        finally:
            transaction.set_rollback(True)
    return found


def _row(rows, template):
    return rows.model._base_manager.get(pk=rows.all().values_list("pk", flat=True)[template])


class LinesOfBatch:
    """The list of a batch is one row."""

    def __init__(self, met):
        self.batches = Batch.objects.filter(uid=met.case.path.split("/")[-2])

    def make(self, first, last):
        (lines,) = self.batches.values_list("results", flat=True)
        self.batches.update(results=lines + (last - first + 1) * lines[:1])


def plant(crowd):
    """A row of each list that the demo has none of."""
    now, lead = clock.now(), crowd.users["L"]
    BulkActRow.objects.create(act=BulkAct.objects.first(), obligation=Obligation.objects.first())
    Export.objects.create(at=now, user=lead, listing="don-vi", title="Đơn vị", file_format="csv", rows=1)
    made = {
        "kind": "don-vi-cham",
        "title": "Đơn vị chậm",
        "object_uid": crowd.period.uid,
        "requested_at": now,
    }
    Document.objects.create(**made, requested_by=lead)
    audit.seal()
    audit.publish_head()


@pytest.mark.prove
@pytest.mark.django_db
def test_no_list_reads_more_rows_of_ten_times_as_many(crowd, capsys):
    source = functions()
    paged = sites(source)
    plant(crowd)
    with pytest.MonkeyPatch.context() as patch:
        met = meet(crowd, Noted(patch), to_ask(leading_to(paged, source)))
    assert paged - {one.site for one in met} == set()
    assert {one.site for one in met if not _is_query(one.rows)} == set(IN_MEMORY)
    api = {a.name for a in addresses() if a.route.startswith("/api/v1/") and "<" not in a.route}
    assert api - {one.address for one in met} == COUNTS | {"criteria-evaluate"}

    let_triggers_sleep()
    grown, more, short = Counter(), [], []
    for one in met:
        if not one.there:
            continue
        try:
            once, tenfold = grow(crowd, one)
        except NotGrown as error:
            short.append(f"{one}: {error}")
            continue
        grown[one.site] += 1
        if one.site in IN_MEMORY:
            once, tenfold = ([queries for queries, _ in costs] for costs in (once, tenfold))
        if once != tenfold:
            more.append(f"{one}: {once}, of ten times as many {tenfold}")
    with capsys.disabled():
        print(f"\n{len(grown)} lists, grown as {grown.total()} pages; not grown: {len(short)}")
    assert more == []
    assert {one.site for one in met} - set(grown) == set(), short


@pytest.mark.prove
@pytest.mark.django_db
def test_a_page_that_reads_its_whole_list_is_told(crowd):
    mails = [address for address in addresses() if address.name == "reports:mails"]
    with pytest.MonkeyPatch.context() as patch:
        (met,) = [one for one in meet(crowd, Noted(patch), mails) if one.letter == "L"]
    let_triggers_sleep()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paging, "Paginator", lambda rows, per_page: Paginator(list(rows), per_page))
        (once, _), (tenfold, _) = grow(crowd, met)
    assert tenfold[1] - once[1] == 9 * (met.there + ONCE)

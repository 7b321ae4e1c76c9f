"""Every kind of page of the demo, as each of its people meets it.

All is Vietnamese, for the eye and the ear; every control has a name; nothing is cut off, overlapping or wider
than the screen on a desk, a tablet, a phone, at 400 % zoom and with letters twice as large; nothing moves for
who asks for calm; in forced colours all is still to be told apart.
"""

from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Error

from reports.demo.accounts import ACCOUNTS, PASSWORD
from tests.browser import faults
from tests.browser.test_axe import UNFOLD, VISITOR
from tests.crawling import _kind

pytestmark = [pytest.mark.prove, pytest.mark.django_db(transaction=True)]

#: no person has as many; a link that makes a new kind of each page would be followed for ever
TOO_MANY = 400
#: what is written for machines or is the administrator's, Django's own
PASSED_OVER = (
    "/quan-tri/",
    "/static/",
    "/api/",
    "/niem-phong/",
    "/tai-khoan/dang-xuat/",
    "/du-lieu-mo/",
    "/tai-khoan/ho-tro/",
)


def opens_as_page(someone, address) -> bool:
    """A file is taken along, or shown by what the browser has for its kind."""
    try:
        answer = someone.go(address)
    except Error as error:
        if "Download is starting" not in str(error):
            raise
        return False
    return answer.headers.get("content-type", "").startswith("text/html")


def pages_of(someone, start):
    """One page of each kind that can be reached from `start`; the browser stands on it."""
    waiting, seen = [start], set()
    while waiting:
        address = waiting.pop(0)
        kind = _kind(address)
        if kind in seen or "tai-ve" in address:
            continue
        seen.add(kind)
        assert len(seen) < TOO_MANY, f"no end at {address}"
        if not opens_as_page(someone, address):
            continue
        yield address
        for link in someone.page.eval_on_selector_all("a[href]", "links => links.map((link) => link.href)"):
            found = urlsplit(urljoin(someone.base + address, link))
            if f"{found.scheme}://{found.netloc}" == someone.base and not found.path.startswith(PASSED_OVER):
                waiting.append(found._replace(scheme="", netloc="", fragment="").geturl())


def look(someone, start) -> tuple[list[tuple], int]:
    """What is wrong with the pages that can be reached, and how many kinds of them there are."""
    page, found, count = someone.page, [], 0
    for address in pages_of(someone, start):
        count += 1
        page.evaluate(UNFOLD)
        for fault in (faults.words, faults.calm, faults.names, faults.shape, faults.forced_colours):
            found += [(address, *words) for words in fault(page)]
    return found, count


@pytest.mark.parametrize("username", [VISITOR, *(account.username for account in ACCOUNTS)])
def test_pages_are_vietnamese_whole_named_and_calm(world, person, username):
    someone = person(reduced_motion="reduce")
    if username:
        someone.log_in(username, PASSWORD)
    found, count = look(someone, "/ban-lam-viec/" if username else "/")
    print(f"{username or 'visitor'}: {count} kinds of pages")
    assert found == []
    assert count > 20

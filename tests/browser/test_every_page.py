"""Every kind of page of the demo, as each of its people meets it.

All is Vietnamese; nothing is cut off or wider than the screen on a desk, a tablet, a phone, at 400 % zoom and
with letters twice as large; nothing moves for who asks for calm.
"""

from urllib.parse import urljoin, urlsplit

import pytest

from reports.demo.accounts import ACCOUNTS, PASSWORD
from tests.browser.test_axe import UNFOLD, VISITOR, resize, world  # noqa: F401 - a fixture
from tests.browser.words import foreign
from tests.crawling import _kind

pytestmark = [pytest.mark.prove, pytest.mark.django_db(transaction=True)]

#: of a desk at 100 %, a tablet, a phone, and of a desk at 400 % zoom (WCAG 1.4.10)
WIDTHS = (1280, 768, 390, 320)
MOST_PAGES = 150
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
CUT = """() => [...document.querySelectorAll('main *, header *, footer *')].filter((element) => {
    const style = getComputedStyle(element);
    if (style.display === 'inline' || style.visibility === 'hidden') return false;
    if (element.closest('svg, iframe, .visually-hidden, .skip-link, .cut')) return false;
    if (!element.innerText?.trim()) return false;
    const box = element.getBoundingClientRect();
    if (box.width < 2 || box.height < 2) return false;
    const hides = (overflow) => overflow === 'hidden' || overflow === 'clip';
    return (hides(style.overflowX) && element.scrollWidth > element.clientWidth + 1)
        || (hides(style.overflowY) && element.scrollHeight > element.clientHeight + 2);
}).map((element) => `${element.tagName}.${element.className}: ${element.innerText.trim().slice(0, 60)}`)"""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LARGER = "document.documentElement.style.fontSize = '32px'"
MOVING = """[...document.querySelectorAll('*')].filter((element) => {
    const style = getComputedStyle(element);
    return style.animationName !== 'none' || parseFloat(style.transitionDuration) > 0;
}).length"""


def pages_of(someone, start):
    """One page of each kind that can be reached from `start`; the browser stands on it."""
    waiting, seen = [start], set()
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.pop(0)
        kind = _kind(address)
        if kind in seen or "tai-ve" in address:
            continue
        seen.add(kind)
        head = someone.context.request.head(someone.base + address)
        if not head.headers.get("content-type", "").startswith("text/html"):
            continue
        someone.go(address)
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
        found += [(address, "word", word) for word in sorted(foreign(page.inner_text("body")))]
        found += [(address, "moves")] if page.evaluate(MOVING) else []
        page.evaluate(UNFOLD)
        for width in WIDTHS:
            resize(page, width)
            found += [(address, width, "wider")] if page.evaluate(WIDER) > 0 else []
            found += [(address, width, cut) for cut in page.evaluate(CUT)]
        resize(page, 1280)
        page.evaluate(LARGER)
        found += [(address, "200 %", "wider")] if page.evaluate(WIDER) > 0 else []
    return found, count


def test_pages_are_vietnamese_whole_and_calm(world, person, subtests):  # noqa: F811
    for username in [VISITOR, *(account.username for account in ACCOUNTS)]:
        with subtests.test(username or "visitor"):
            someone = person(reduced_motion="reduce")
            if username:
                someone.log_in(username, PASSWORD)
            found, count = look(someone, "/ban-lam-viec/" if username else "/")
            print(f"{username or 'visitor'}: {count} kinds of pages")
            someone.context.close()
            assert found == []
            assert count > 20

"""Follows every link of the portal, as one person, and tells what does not open."""

import re
from collections import Counter, deque
from html import unescape
from urllib.parse import parse_qsl, urljoin, urlsplit

# A person's pages are alike when they differ only by which row they show.
ONE_ROW = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[A-ZĐ]+[-\d]*\d{3,}|\d+")
LINK = re.compile(r'<(?:a|iframe)\s[^>]*?(?:href|src)="([^"]*)"')
STARTS = ("/", "/ban-lam-viec/", "/api/docs/")


def _kind(address) -> str:
    asked = urlsplit(address)
    return f"{ONE_ROW.sub('*', asked.path)}?{sorted(name for name, _ in parse_qsl(asked.query))}"


def dead_links(client, *, of_a_kind=1, starts=STARTS) -> tuple[list[tuple], int]:
    """The links that answer 400 or more, each with the page it stands on, and how many were followed;
    of each kind of page `of_a_kind`."""
    to_do = [(address, "") for address in starts]
    seen, kinds, dead = set(), Counter(), []
    while to_do:
        address, source = to_do.pop(0)
        if address in seen or kinds[_kind(address)] == of_a_kind:
            continue
        seen.add(address)
        kinds[_kind(address)] += 1
        answer = client.get(address)
        if answer.streaming:
            # Read to its end, which closes the file behind it.
            deque(answer.streaming_content, maxlen=0)
        if answer.status_code >= 400:
            dead.append((answer.status_code, address, source))
        if answer.status_code in (301, 302):
            to_do.append((urljoin(address, answer["Location"]), source))
        elif answer.get("Content-Type", "").startswith("text/html"):
            to_do += [(link, address) for link in _links(answer, address)]
    return dead, len(seen)


def _links(answer, address):
    for link in LINK.findall(answer.content.decode()):
        found = urlsplit(urljoin(address, unescape(link)))
        # The administrator's own desk is Django's: thousands of pages of one making.
        if not found.scheme and not found.path.startswith("/quan-tri/"):
            yield found._replace(fragment="").geturl()

"""HTML → tagged PDF/A-3a with WeasyPrint, the same bytes for the same document.

Importing this module costs 0.4 s and its fonts: only workers do, through the functions of
`core.documents`.
"""

import gc
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from warnings import catch_warnings, simplefilter

from weasyprint import CSS, HTML
from weasyprint.document import Document as Layout
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from core.documents import html
from core.documents.measure import FONTS, unprintable
from core.documents.model import Document, Progress, Rendered, Unprintable
from core.documents.sheet import Sheets, sheets_html

# Tagged for screen readers, and fit for the archive.
VARIANT = "pdf/a-3a"
PAGES_TOLD = 10
STYLESHEET = Path(__file__).with_name("documents.css")


def render_pdf(document: Document | Sheets, progress: Progress) -> Rendered:
    """Lay the parts out one by one, each with its own page numbers, and write them as one file."""
    if isinstance(document, Sheets):
        return _write(sheets_html(document), [("Đặt chữ lên phôi", sheets_html(document))], progress)
    parts = [("Dàn trang văn bản chính", html.main_part(document))]
    for position in range(len(document.annexes)):
        stage = f"Dàn trang {document.annex_label(position)}"
        parts.append((stage, html.annex_part(document, position)))
    return _render(document, parts, progress)


def render_main(document: Document, progress: Progress) -> Rendered:
    return _render(document, [("Dàn trang văn bản chính", html.main_part(document))], progress)


def render_annex(document: Document, position: int, progress: Progress) -> Rendered:
    stage = f"Dàn trang {document.annex_label(position)}"
    return _render(document, [(stage, html.annex_part(document, position))], progress)


def _render(document: Document, parts: list[tuple[str, str]], progress: Progress) -> Rendered:
    whole = html.page(document, *(part for _, part in parts))
    return _write(whole, [(stage, html.page(document, part)) for stage, part in parts], progress)


def _write(whole: str, parts: list[tuple[str, str]], progress: Progress) -> Rendered:
    """`parts` are whole pages of HTML, each with the words for what is being done."""
    if missing := unprintable(whole):
        raise Unprintable(missing)
    with _uncollected():
        return _written(whole, parts, progress)


@contextmanager
def _uncollected() -> Iterator[None]:
    """All boxes of a layout live until it is written: to look through them for garbage, again and again as
    they grow more, took a fifth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _written(whole: str, parts: list[tuple[str, str]], progress: Progress) -> Rendered:
    steps = len(parts) + 1
    layouts = []
    for done, (stage, part) in enumerate(parts):
        progress(done, steps, stage)
        with _pages_laid_out(partial(_tell, progress, done, steps, stage)):
            layouts.append(_lay_out(part))
    progress(len(parts), steps, "Ghi tệp PDF")
    pages = [page for layout in layouts for page in layout.pages]
    for number, page in enumerate(pages, 1):
        told = partial(_tell, progress, len(parts), steps, "Ghi tệp PDF", number, len(pages))
        page.paint = partial(_paint, page.paint, told)
    with catch_warnings():
        # WeasyPrint leaves its colour profile open for the collector to close.
        simplefilter("ignore", ResourceWarning)
        pdf = layouts[0].copy(pages).write_pdf(pdf_variant=VARIANT)
    progress(steps, steps, "Hoàn thành")
    return Rendered(html=whole, pdf=pdf, pages=len(pages))


def _tell(progress: Progress, done: int, steps: int, stage: str, page: int, pages: int = 0) -> None:
    """Every tenth page is enough for who waits, and few writes for the database."""
    if page % PAGES_TOLD == 0:
        progress(done, steps, f"{stage}: trang {page}/{pages}" if pages else f"{stage}: trang {page}")


def _paint(paint: Callable, told: Callable, *arguments, **options) -> None:
    told()
    paint(*arguments, **options)


@contextmanager
def _pages_laid_out(told: Callable[[int], None]) -> Iterator[None]:
    """Tell each page as it is laid out. WeasyPrint says it nowhere but in its log of progress."""

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if "Page %d" in record.msg:
                told(record.args[0])

    log, listener = logging.getLogger("weasyprint.progress"), Listener()
    before = log.level, log.propagate
    # Heard here alone: the portal's own log is not the place for every page.
    log.setLevel(logging.INFO)
    log.propagate = False
    log.addHandler(listener)
    try:
        yield
    finally:
        log.removeHandler(listener)
        log.setLevel(before[0])
        log.propagate = before[1]


def _lay_out(page: str) -> Layout:
    stylesheet, fonts = _press()
    source = HTML(string=page, base_url=_folder_url(), url_fetcher=FontsOnly())
    return source.render(
        stylesheets=[stylesheet],
        font_config=fonts,
        presentational_hints=True,
        pdf_variant=VARIANT,
    )


@cache
def _press() -> tuple[CSS, FontConfiguration]:
    """The stylesheet with its fonts, read once in the life of a worker."""
    fonts = FontConfiguration()
    stylesheet = CSS(
        string=STYLESHEET.read_text(encoding="utf-8"),
        base_url=_folder_url(),
        url_fetcher=FontsOnly(),
        font_config=fonts,
    )
    return stylesheet, fonts


def _folder_url() -> str:
    return FONTS.as_uri() + "/"


class FontsOnly(URLFetcher):
    """Opens the shipped fonts, and neither the network nor another file; anything else is an error."""

    def __init__(self) -> None:
        super().__init__(fail_on_errors=True)

    def fetch(self, url: str, headers: dict | None = None) -> URLFetcherResponse:
        for path in FONTS.glob("Tinos-*.ttf"):
            if url == path.as_uri():
                return URLFetcherResponse(url, path.read_bytes())
        raise ValueError(f"A document may not fetch {url}")

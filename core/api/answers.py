"""What an operation answers besides a body of its own: not modified, or the whole list as a file."""

import hashlib
import tempfile
from contextlib import ExitStack
from datetime import timedelta
from functools import cache

from django.http import FileResponse, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date
from rest_framework.exceptions import NotAcceptable, ValidationError
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer, JSONRenderer

from core import clock
from core.files import XLSX
from core.spreadsheets.listing import write_csv, write_xlsx
from core.vietnamese import format_number

CSV = "text/csv"
#: of one file; more than that is asked for in parts
MOST_ROWS = 100_000
FORMATS = {"json": "application/json", "csv": CSV, "xlsx": XLSX}
_IN_MEMORY = 2 * 1024 * 1024


class CSVFile(BaseRenderer):
    """Says that the operation gives CSV; the file itself is written by `file_answer`."""

    media_type, format = CSV, "csv"


class XLSXFile(BaseRenderer):
    media_type, format = XLSX, "xlsx"


LIST_RENDERERS = [JSONRenderer, CSVFile, XLSXFile]


class Negotiation(DefaultContentNegotiation):
    """By the parameter `format`, else by the header Accept. A format that is no format is left to
    the reading of the parameters, which names it."""

    def select_renderer(self, request, renderers, format_suffix=None):
        wanted = request.query_params.get("format")
        if wanted:
            for renderer in renderers:
                if renderer.format == wanted:
                    return renderer, renderer.media_type
            return renderers[0], renderers[0].media_type
        try:
            return super().select_renderer(request, renderers, format_suffix)
        except NotAcceptable:
            raise NotAcceptable(available_renderers=renderers) from None


@cache
def _release() -> str:
    """Changes with the code that answers, so that an answer of yesterday's code is not kept."""
    from django.conf import settings

    return settings.SPECTACULAR_SETTINGS["VERSION"]


def etag_of(*parts) -> str:
    """A tag for what the parts determine, the same in every process."""
    told = "\n".join([_release(), *map(str, parts)])
    return f'"{hashlib.sha256(told.encode()).hexdigest()[:32]}"'


def not_modified(request, etag, changed_at=None) -> HttpResponse | None:
    """A 304 (or 412) when the client has what it would be sent; else None. Remember to `stamp` the answer."""
    # Of two changes within a second the header of the first cannot tell: it is not given while that can be.
    seconds = None
    if changed_at and clock.now() - changed_at > timedelta(seconds=2):
        seconds = int(changed_at.timestamp())
    request.stamp = (etag, seconds)
    answer = get_conditional_response(request._request, etag, seconds)
    return stamp(request, answer) if answer else None


def stamp(request, response):
    """ETag, Last-Modified, and that the answer may be kept but must be asked about."""
    etag, seconds = request.stamp
    response["ETag"] = etag
    if seconds:
        response["Last-Modified"] = http_date(seconds)
    response["Cache-Control"] = "public, no-cache"
    return response


def open_to_all(response):
    """Public data may be read by scripts of other sites too, without anybody's cookies."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Link, X-Next-Cursor, Retry-After"
    return response


def file_answer(listing, rows, *, total: int, file_format: str) -> HttpResponse | FileResponse:
    """The whole list as a file: `rows` are the cells, `total` how many there are."""
    if total > MOST_ROWS:
        raise ValidationError(
            {
                "format": [
                    f"Có {format_number(total)} dòng, mỗi tệp chỉ chứa {format_number(MOST_ROWS)} dòng. "
                    "Hãy lọc bớt (ví dụ theo năm) hoặc dùng bộ dữ liệu mở."
                ]
            }
        )
    name = f"{listing.name}-{clock.today():%Y-%m-%d}.{file_format}"
    options = {"content_type": XLSX if file_format == "xlsx" else "text/csv; charset=utf-8"}
    with ExitStack() as at_the_end:
        target = at_the_end.enter_context(tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY))
        if file_format == "xlsx":
            write_xlsx(target, listing, rows)
        else:
            write_csv(target, listing, rows, delimiter=",")
        size = target.tell()
        target.seek(0)
        if size <= _IN_MEMORY:
            header = content_disposition_header(as_attachment=True, filename=name)
            return HttpResponse(target.read(), headers={"Content-Disposition": header}, **options)
        at_the_end.pop_all()  # the response closes it
        return FileResponse(target, as_attachment=True, filename=name, **options)

"""Every list of the portal leaves it the same way, and every time is written down.

In a list's view, once its rows are narrowed:

    if exports.asked(request):
        return exports.answer(request, LISTING, rows)

and `{% export_links %}` in its template.
"""

import tempfile
from contextlib import ExitStack
from datetime import date

from django.http import FileResponse

from core import clock
from core.files import XLSX
from core.forms import ColumnsField
from core.models import Export
from core.spreadsheets.listing import Listing, write_csv, write_xlsx
from core.transitions import Refused
from core.vietnamese import format_number

PARAMETER = "tai-ve"
FORMATS = {"xlsx": (write_xlsx, XLSX), "csv": (write_csv, "text/csv; charset=utf-8")}
#: of one file; more than that is asked for in parts
MOST_ROWS = 100_000
_IN_MEMORY = 2 * 1024 * 1024
_AT_A_TIME = 1000


def asked(request) -> str:
    """The dialect of file the request asks for, empty when it wants the page."""
    wanted = request.GET.get(PARAMETER, "")
    return wanted if wanted in FORMATS else ""


def answer(request, listing: Listing, rows, *, form=None, filters=None) -> FileResponse:
    """The rows of a queryset or a list, which the caller has narrowed to what the person may see, as a file.
    `form` is the bound form that narrowed them, or `filters` what they were narrowed to: the log has it in
    words, and nothing of the address that narrows nothing.

    The file is whole, and its line in the log written, before the first byte goes out.
    """
    is_list = isinstance(rows, list)
    total = len(rows) if is_list else rows.count()
    if total > MOST_ROWS:
        raise Refused(
            f"Danh sách có {format_number(total)} dòng, mỗi tệp chỉ chứa {format_number(MOST_ROWS)} dòng. "
            "Hãy lọc bớt (ví dụ theo năm) rồi tải từng phần.",
            status=422,
        )
    file_format = asked(request)
    write, content_type = FORMATS[file_format]
    with ExitStack() as on_failure:
        target = on_failure.enter_context(tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY))
        cells = listing.values_of(rows) if is_list else listing.rows_of(rows, at_a_time=_AT_A_TIME)
        written = write(target, listing, cells)
        told = filters if filters is not None else _in_words(form) if form else {}
        Export.record(request, listing, file_format=file_format, filters=told, rows=written)
        target.seek(0)
        on_failure.pop_all()  # from here on the response closes it
    name = f"{listing.name}-{clock.today():%Y-%m-%d}.{file_format}"
    response = FileResponse(target, as_attachment=True, filename=name, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _in_words(form) -> dict[str, str]:
    """Each chosen field of a bound form: its label, and the label of the choice."""
    told = {}
    for name, value in form.cleaned_data.items():
        if value in (None, "", False):
            continue
        field = form.fields[name]
        if isinstance(field, ColumnsField):
            continue  # of the page: a file has all its columns
        labels = {str(key): str(label) for key, label in getattr(field, "choices", ())}
        shown = f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
        told[str(field.label or name)[:40]] = labels.get(str(value), shown)[:200]
    return told

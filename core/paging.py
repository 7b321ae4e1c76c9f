import re

from django.core.paginator import Paginator

from core.vietnamese import format_number

PER_PAGE = 50


def page_of(request, queryset, *, noun: str) -> dict:
    """One page of a list and what `components/pagination.html` needs to lead on from it."""
    page = Paginator(queryset, PER_PAGE).get_page(request.GET.get("page"))

    def url(number):
        query = request.GET.copy()
        query["page"] = number
        return f"?{query.urlencode()}"

    return {
        "rows": page.object_list,
        "total": page.paginator.count,
        "previous_url": url(page.previous_page_number()) if page.has_previous() else "",
        "next_url": url(page.next_page_number()) if page.has_next() else "",
        "summary": f"{page.start_index()}–{page.end_index()} trong {page.paginator.count} {noun}",
    }


def page_along(request, queryset, *, key: str, total: int, noun: str, is_all: bool = True) -> dict:
    """One page of a list that may be long, by the value of a unique, ascending `key`: no page costs more
    than the first. `total` is known to the caller; not `is_all`: at least so many."""
    after, before = (_whole(request.GET.get(name)) for name in ("sau", "truoc"))
    if before is not None:
        rows = list(queryset.filter(**{f"{key}__lt": before}).order_by(f"-{key}")[: PER_PAGE + 1])
        has_previous, has_next = len(rows) > PER_PAGE, True
        rows = rows[:PER_PAGE][::-1]
    else:
        if after is not None:
            queryset = queryset.filter(**{f"{key}__gt": after})
        rows = list(queryset.order_by(key)[: PER_PAGE + 1])
        has_previous, has_next = after is not None, len(rows) > PER_PAGE
        rows = rows[:PER_PAGE]

    def url(name, row):
        query = request.GET.copy()
        for used in ("sau", "truoc"):
            query.pop(used, None)
        query[name] = getattr(row, key)
        return f"?{query.urlencode()}"

    return {
        "rows": rows,
        "total": total,
        "is_all": is_all,
        "previous_url": url("truoc", rows[0]) if rows and has_previous else "",
        "next_url": url("sau", rows[-1]) if rows and has_next else "",
        "summary": f"{len(rows)} trong {'' if is_all else 'hơn '}{format_number(total)} {noun}",
    }


def _whole(text: str | None) -> int | None:
    """A number a column of the database can hold; whatever else was typed asks for the beginning."""
    return int(text) if text and re.fullmatch(r"-?[0-9]{1,18}", text) else None

from django.core.paginator import Paginator

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

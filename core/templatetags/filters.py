from urllib.parse import parse_qsl

from django import template

from core.filters import LONGEST, Stand, query_of
from core.forms import ColumnsField, SaveFilterForm
from core.models import SavedFilter

register = template.Library()


@register.inclusion_tag("components/saved_filters.html", takes_context=True)
def saved_filters(context, form):
    """The person's own filters of this list, and a form that saves the one the list is narrowed by.

    A page that answers a form sent to it stands at another address than its list and shows none.
    """
    request = context["request"]
    if request.method == "POST":
        return {}
    name, query = request.resolver_match.view_name, query_of(form, request.GET)
    saved = list(SavedFilter.objects.filter(user=request.user, list=name))
    save_form = None
    if query and len(query) <= LONGEST and query not in {one.query for one in saved}:
        stand = Stand(list=name, path=request.path, query=query)
        save_form = SaveFilterForm(initial={"stand": stand.seal()})
    return {
        "saved": saved,
        "query": query,
        "form": save_form,
        "back": request.get_full_path(),
        "columns": _columns(form, query),
    }


def _columns(form, query) -> dict | None:
    """What the choice of columns shows; none where the list offers none."""
    for bound in form:
        if isinstance(bound.field, ColumnsField):
            shown = form.cleaned_data[bound.name]
            choices = [(code, label, code in shown) for code, label in bound.field.choices]
            return {
                "name": bound.html_name,
                "first": bound.field.first,
                "choices": choices,
                "hidden": len(choices) - len(shown),
                "kept": [pair for pair in parse_qsl(query) if pair[0] != bound.html_name],
            }
    return None

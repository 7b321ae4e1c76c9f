"""`{% include %}` of every template (a builtin): some small parts of pages are drawn once, not each time.

A page has a hundred icons and badges. What such a part says follows from what it is given with the include
alone, so it is drawn once for each set of values and kept for the life of the process. Named here are the
templates of which that is true: no user, no request, no clock, no token, no query. A template that is drawn
for each row of a list says so itself: `{% drawn_once "…/_row.html" with row=row only %}`, where the row is a
NamedTuple of plain values.
"""

from decimal import Decimal
from functools import lru_cache
from types import NoneType

from django.forms import ModelChoiceField
from django.template import Library, Node
from django.template.loader import render_to_string
from django.template.loader_tags import do_include
from django.utils.safestring import SafeString, mark_safe

DRAWN_ONCE = frozenset(
    {
        "components/account_links.html",
        "components/icon.html",
        "components/nav.html",
        "components/state_badge.html",
        "components/styles.html",
        "components/threshold_bar.html",
    }
)
#: values that say the same whenever they are equal, as do tuples, which hold frozen things
_PLAIN = frozenset({str, SafeString, int, bool, float, Decimal, NoneType})

register = Library()


@register.tag
def include(parser, token):
    node = do_include(parser, token)
    return _Part(node) if node.template.var in DRAWN_ONCE else node


@register.tag
def drawn_once(parser, token):
    return _Part(do_include(parser, token))


class _Part(Node):
    """A part that sees what it is given and nothing else, whether `only` is said or not."""

    def __init__(self, node):
        self.template = node.template.var
        self.names = tuple(node.extra_context)
        self.values = tuple(node.extra_context.values())

    def render(self, context):
        values = [value.resolve(context) for value in self.values]
        draw = _drawn if all(type(v) in _PLAIN or isinstance(v, tuple) for v in values) else _draw
        return draw(self.template, self.names, *values)


def _draw(template: str, names: tuple[str, ...], *values) -> SafeString:
    return render_to_string(template, dict(zip(names, values, strict=True)))


# Typed: a text to be escaped equals the same text that is safe.
_drawn = lru_cache(maxsize=5000, typed=True)(_draw)


@register.simple_tag
def fields_of(form) -> SafeString:
    """The fields of a form that narrows a list. Nearly everyone sees them as they were drawn last: they are
    kept under all that they say. Where the choices are rows, the database is asked once, to draw them."""
    if any(isinstance(field, ModelChoiceField) for field in form.fields.values()):
        return _fields(form)
    told = repr((form.__class__, form.auto_id, [_told_by(bound) for bound in form]))
    if told not in _kept_fields:
        if len(_kept_fields) >= 500:
            _kept_fields.clear()
        _kept_fields[told] = _fields(form)
    return _kept_fields[told]


_kept_fields: dict[str, SafeString] = {}


def _fields(form) -> SafeString:
    groups = [field.as_field_group() for field in form.visible_fields()]
    return mark_safe("".join([*groups, *map(str, form.hidden_fields())]))


def _told_by(bound) -> tuple:
    field, widget = bound.field, bound.field.widget
    return (
        (bound.html_name, bound.label, bound.help_text, bound.value(), bound.errors.as_data()),
        (field.__class__, field.required, field.disabled, list(getattr(field, "choices", ()))),
        (widget.__class__, widget.attrs),
    )

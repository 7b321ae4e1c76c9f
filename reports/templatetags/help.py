"""{% load help %}: {% term "hiep-y" %} and {% term "to-trinh" "Tờ trình của đơn vị" %}, {% guide %}."""

from django import template

from reports.help.guides import guide_for
from reports.help.terms import terms

register = template.Library()


@register.inclusion_tag("components/term.html")
def term(code, words=""):
    """A word of the law with its meaning and clause in a bubble; without script, a link to both."""
    found = terms()[code]
    return {"term": found, "words": words or found.name}


@register.inclusion_tag("components/guide.html", takes_context=True)
def guide(context):
    """The guide of the first visit, while the person has not put it away."""
    return {"guide": guide_for(context["user"]), "csrf_token": context["csrf_token"]}

from django import template

from core.exports import FORMATS, PARAMETER

register = template.Library()


@register.inclusion_tag("components/export_links.html", takes_context=True)
def export_links(context):
    """Links that take the list of this page along as a file, narrowed as it stands."""
    asked = context["request"].GET.copy()
    asked.pop("page", None)
    links = {}
    for file_format in FORMATS:
        asked[PARAMETER] = file_format
        links[file_format] = f"?{asked.urlencode()}"
    return {"links": links}

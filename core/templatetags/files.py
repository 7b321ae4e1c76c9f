from django import template

from core.files import EXTRACT

register = template.Library()


@register.inclusion_tag("components/file_notes.html", takes_context=True)
def file_notes(context, file, url=""):
    """What is to be known of an uploaded file: its digital signatures, and the question about secrecy.

    Fetch the file with its `reading` (`select_related("file__reading")`). The question is put to whoever
    uploaded the file; others read that it is open. With the file's `url`, its extract is offered there.
    """
    request = getattr(context, "request", None)
    return {
        "file": file,
        "reading": file.signature_reading,
        "extract_url": f"{url.split('?')[0]}?{EXTRACT}" if url else "",
        "is_asked": request is not None and file.uploaded_by_id == request.user.pk,
    }

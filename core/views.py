"""Pages that belong to no business: errors, health, and the one view behind every action button."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render


def csrf_failure(request, reason=""):
    """A form that waited too long: the browser keeps what was typed when one goes back."""
    return render(request, "core/csrf_failure.html", status=403)


def bad_request(request, exception=None):
    return render(request, "400.html", status=400)


def permission_denied(request, exception=None):
    return render(request, "403.html", status=403)


def page_not_found(request, exception=None):
    return render(request, "404.html", status=404)


@login_not_required
def alive(request):
    return HttpResponse("ok", content_type="text/plain")

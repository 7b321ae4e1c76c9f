"""Pages that belong to no business: errors, health, and the one view behind every action button."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from core import verification
from core.schedule import missed


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


@login_not_required
@require_safe
def jobs(request):
    """For a monitor: 503 and the names of the scheduled jobs that should have run and did not."""
    lines = [f"{gap.job} since {gap.since.isoformat()}" for gap in missed()]
    return HttpResponse("\n".join(lines) or "ok", status=503 if lines else 200, content_type="text/plain")


@login_not_required
@require_safe
def verify(request):
    """Where a code is typed in from paper."""
    typed = request.GET.get("ma", "").strip()
    found = verification.find(typed)
    if found:
        return redirect(found)
    return render(request, "core/verify.html", {"typed": typed}, status=404 if typed else 200)


@login_not_required
@require_safe
def verify_code(request, code):
    found = verification.find(code)
    if found is None:
        return render(request, "core/verify.html", {"typed": code}, status=404)
    if code != found.code:
        return redirect(found)
    kind = verification.KINDS[found.kind]
    context = {
        "code": found,
        "title": kind.title,
        "facts": kind.facts(found.payload),
        "standing": kind.standing(found),
    }
    return render(request, "core/verified.html", context)

"""Pages that belong to no business: errors, health, and the one view behind every action button."""

import hmac
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpResponse, HttpResponseServerError
from django.shortcuts import get_object_or_404, redirect, render
from django.template import loader
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import files, filters, metrics, verification
from core.api import problem_response
from core.forms import SaveFilterForm
from core.models import File, SavedFilter
from core.schedule import missed
from core.signatures import extract, portal_key
from core.transitions import Refused


def csrf_failure(request, reason=""):
    """A form that waited too long: the browser keeps what was typed when one goes back."""
    return render(request, "core/csrf_failure.html", status=403)


def _is_api(request) -> bool:
    return request.path.startswith("/api/v")


def bad_request(request, exception=None):
    if _is_api(request):
        return problem_response(400)
    return render(request, "400.html", status=400)


def permission_denied(request, exception=None):
    if _is_api(request):
        return problem_response(403)
    return render(request, "403.html", status=403)


def page_not_found(request, exception=None):
    if _is_api(request):
        return problem_response(404)
    return render(request, "404.html", status=404)


@requires_csrf_token
def server_error(request):
    if _is_api(request):
        return problem_response(500)
    # Nothing is asked of the database here: it may be what has failed.
    asked = urlencode({"trang": request.path, "ma": getattr(request, "id", "")})
    page = loader.get_template("500.html").render({"request_id": getattr(request, "id", ""), "asked": asked})
    return HttpResponseServerError(page)


@login_not_required
def alive(request):
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_safe
def ready(request):
    """503 and what does not answer, so that no visitor is sent to this process."""
    silent = [name for name, asks in (("database", _ask_database), ("cache", _ask_cache)) if not asks()]
    return HttpResponse(", ".join(silent) or "ok", status=503 if silent else 200, content_type="text/plain")


def _ask_database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:  # whatever it is, the answer is no
        return False
    return True


def _ask_cache() -> bool:
    try:
        cache.set("ready", "yes", timeout=5)
        return cache.get("ready") == "yes"
    except Exception:  # as above
        return False


@login_not_required
@require_safe
def started(request):
    """503 while the database is behind the code: a new release waits for its migrations."""
    executor = MigrationExecutor(connection)
    behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return HttpResponse(
        "migrating" if behind else "ok", status=503 if behind else 200, content_type="text/plain"
    )


@login_not_required
@require_safe
def measures(request):
    """For Prometheus, which shows the token it was given; for anyone else there is nothing here."""
    shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not hmac.compare_digest(shown.encode(), settings.METRICS_TOKEN.encode()):
        raise Http404
    return HttpResponse(metrics.text(), content_type="text/plain; version=0.0.4; charset=utf-8")


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


@require_http_methods(["GET", "HEAD", "POST"])
def answer_about_secrecy(request, uid):
    """The question to whoever uploaded a file that mentions secrecy; POST answers, then back to the page."""
    file = get_object_or_404(File.objects.exclude(mention=""), uid=uid, uploaded_by=request.user)
    back = _back(request)
    answer, error = request.POST.get("answer"), ""
    if request.method == "POST" and answer in ("open", "secret"):
        is_secret = answer == "secret"
        files.answer_about_secrecy(file, is_secret=is_secret, by=request.user, acting=request.acting_unit)
        if is_secret:
            messages.warning(request, files.WITHHELD)
        else:
            messages.success(request, f"Đã ghi nhận: tệp “{file.name}” không phải tài liệu mật.")
        return redirect(back)
    if request.method == "POST":
        error = "Hãy chọn một trong hai câu trả lời."
    context = {"file": file, "back": back, "error": error}
    return render(request, "core/secrecy.html", context, status=422 if error else 200)


def _back(request) -> str:
    """The page one came from, if it is one of ours."""
    back = request.POST.get("back") or request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        return back
    return reverse(settings.LOGIN_REDIRECT_URL)


@require_POST
def save_filter(request):
    """Keep what a list is narrowed to, then back to the list; where it cannot be, ask for a better name."""
    form = SaveFilterForm(request.POST)
    is_valid = form.is_valid()
    stand = form.cleaned_data.get("stand")
    if is_valid:
        try:
            saved = filters.save(request.user, stand, form.cleaned_data["name"])
        except Refused as refused:
            form.add_error("name", str(refused))
        else:
            messages.success(request, f"Đã lưu bộ lọc “{saved}”. Bấm vào tên này để lọc lại như vậy.")
            return redirect(f"{stand.url}#bo-loc")
    return render(request, "core/save_filter.html", {"form": form, "stand": stand}, status=422)


@require_POST
def remove_filter(request, uid):
    saved = get_object_or_404(SavedFilter, uid=uid, user=request.user)
    saved.delete()
    messages.success(request, f"Đã bỏ bộ lọc “{saved}”.")
    return redirect(_back(request))


@require_POST
def make_extract(request, uid):
    """Make the extract of a file's signatures again; whoever may read the file then downloads it there."""
    file = get_object_or_404(File.objects.exclude(reading__signatures=[]), uid=uid, reading__isnull=False)
    extract.make_again(file)
    return redirect(_back(request))


@login_not_required
@require_safe
def portal_certificate(request):
    """The portal's own certificate, for whoever checks elsewhere what the portal has signed."""
    key = portal_key.load()
    if key is None:
        raise Http404
    response = HttpResponse(key.pem, content_type="application/x-pem-file")
    response["Content-Disposition"] = 'attachment; filename="chung-thu-cong.pem"'
    return response

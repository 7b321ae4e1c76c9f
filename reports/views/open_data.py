"""The open data: what there is, of which day, and the files."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, JsonResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from core import clock
from core.paging import page_of
from reports import open_data as data
from reports.models import OpenDataRelease

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl; charset=utf-8",
    "json": "application/schema+json",
    "txt": "text/plain; charset=utf-8",
    data.SUMS: "text/plain; charset=utf-8",
}


@login_not_required
@require_safe
def open_data(request):
    yesterday = clock.today() - timedelta(days=1)
    context = {
        "day": yesterday,
        "release": data.release_of(yesterday),
        "datasets": data.DATASETS,
        "list": page_of(request, OpenDataRelease.objects.all(), noun="bộ dữ liệu"),
    }
    return render(request, "reports/open_data.html", context)


def _found(day) -> OpenDataRelease:
    release = data.release_of(day)
    if release is None:
        raise Http404
    return release


@login_not_required
@require_safe
def release(request, day):
    found = _found(day)
    if request.GET.get("format") == "json":
        return JsonResponse(
            {
                "day": day.isoformat(),
                "published_until": found.day.isoformat(),
                "licence": "CC-BY-4.0",
                "files": [
                    {**file, "url": request.build_absolute_uri(f"{request.path}{file['name']}")}
                    for file in found.files
                ],
            }
        )
    return render(request, "reports/open_data_release.html", {"day": day, "release": found})


@login_not_required
@require_safe
def file(request, day, name):
    found = _found(day)
    kept = next((file for file in found.files if file["name"] == name), None)
    if kept is None:
        raise Http404
    etag = f'"{kept["sha256"]}"'
    answer = get_conditional_response(request, etag)
    if answer is None:
        content_type = KINDS[name if name == data.SUMS else name.rpartition(".")[2]]
        stored = default_storage.open(data.path_of(found, name))
        answer = FileResponse(stored, as_attachment=True, filename=name, content_type=content_type)
    answer["ETag"] = etag
    answer["Cache-Control"] = "public, no-cache"
    answer["Access-Control-Allow-Origin"] = "*"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer

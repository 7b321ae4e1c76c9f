"""What was filed, each time, and how two of them differ."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from registrations import workflow
from registrations.comparing import compare as differences
from registrations.views.content import readable_of
from registrations.views.registration import fetch, files_of

#: names the words as they stand now, for the unit's own people
NOW = "nay"


@require_safe
def version(request, uid, number):
    registration = fetch(request, uid)
    filed = get_object_or_404(registration.versions.select_related("filed_by"), number=number)
    filed.registration = registration
    context = {
        "registration": registration,
        "version": filed,
        "content": readable_of(registration, filed.snapshot),
        "files": files_of(registration, filed.snapshot),
        "last": registration.versions.count(),
    }
    return render(request, "registrations/version.html", context)


@require_safe
def compare(request, uid):
    registration = fetch(request, uid)
    choices = _choices(request, registration)
    names = list(choices)
    if not names:
        raise Http404
    old = request.GET.get("cu", names[-2] if len(names) > 1 else names[-1])
    new = request.GET.get("moi", names[-1])
    if old not in choices or new not in choices:
        raise Http404
    context = {
        "registration": registration,
        "choices": [(name, label) for name, (label, _) in choices.items()],
        "old": old,
        "new": new,
        "old_label": choices[old][0],
        "new_label": choices[new][0],
        "differences": differences(
            readable_of(registration, choices[old][1]), readable_of(registration, choices[new][1])
        ),
    }
    return render(request, "registrations/compare.html", context)


def _choices(request, registration) -> dict:
    """Name → (label, content) of all the person may read, oldest first."""
    found = {
        str(filed.number): (f"Lần nộp thứ {filed.number}", filed.snapshot)
        for filed in registration.versions.all()
    }
    reads_draft = request.user.has_perm("registrations.view_draft_registration", registration)
    if reads_draft and registration.state in workflow.EDITABLE:
        found[NOW] = ("Bản đang soạn", workflow.snapshot(registration))
    return found


@require_safe
def set_aside(request, uid):
    """The unit's own draft that waits while, or since, a clerk entered its paper."""
    registration = fetch(request, uid)
    if registration.set_aside is None or registration.unit_id not in request.user.authority.own:
        raise Http404
    context = {
        "registration": registration,
        "content": readable_of(registration, registration.set_aside),
    }
    return render(request, "registrations/set_aside.html", context)

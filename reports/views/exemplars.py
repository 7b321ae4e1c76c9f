"""Điển hình tiên tiến for everyone: the words as they were published, and the award as it stands today."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from awards.models import Exemplar, PublicRecord
from core import files
from core.paging import page_of


@login_not_required
@require_safe
def exemplars(request):
    found = Exemplar.objects.public().order_by("-first_published_at", "-pk")
    return render(request, "reports/exemplars.html", page_of(request, found, noun="điển hình"))


@login_not_required
@require_safe
def exemplar(request, uid):
    found = get_object_or_404(Exemplar.objects.public(), uid=uid)
    reference = found.payload["award_reference"]
    award = reference and PublicRecord.objects.awards().filter(reference=reference).first()
    return render(request, "reports/exemplar.html", {"exemplar": found, "award": award})


@login_not_required
@require_safe
def image(request, uid):
    found = get_object_or_404(Exemplar.objects.public().select_related("published_image"), uid=uid)
    if found.published_image is None:
        raise Http404
    return files.serve(request, found.published_image, inline=True)

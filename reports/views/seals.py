"""The heads of the sealed journal, for anyone to keep: what is changed later no longer fits them."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.models import AuditHead
from core.paging import page_of


@login_not_required
@require_safe
def seals(request):
    return render(request, "reports/seals.html", page_of(request, AuditHead.objects.all(), noun="ngày"))

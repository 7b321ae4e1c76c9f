"""Manuals, words of the law, the guide of the first visit, and questions to the standing body."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import throttle
from core.paging import page_of
from reports import workflow
from reports.forms import AnswerForm, AskForm
from reports.help.guides import GUIDES
from reports.help.manuals import MANUALS, manual
from reports.help.places import manual_of
from reports.help.terms import terms
from reports.models import Enquiry

HOUR = 3600
#: questions of one address within an hour; an office shares one address
ASKS = 20


def _page(request, template, context=None, **options):
    """Help is for everyone: within the portal for whoever is logged in, else among the public pages."""
    layout = "portal.html" if request.user.is_authenticated else "public.html"
    return render(request, template, {"layout": layout, **(context or {})}, **options)


@login_not_required
@require_safe
def index(request):
    own = manual_of(request.user)
    slugs = sorted(MANUALS, key=lambda slug: slug != own)
    return _page(request, "reports/help.html", {"manuals": [manual(slug) for slug in slugs], "own": own})


@login_not_required
@require_safe
def show_manual(request, slug):
    if slug not in MANUALS:
        raise Http404
    return _page(request, "reports/manual.html", {"manual": manual(slug)})


@login_not_required
@require_safe
def glossary(request):
    return _page(request, "reports/glossary.html", {"terms": terms().values()})


@require_POST
def read_guide(request):
    slug = request.POST.get("manual", "")
    if slug not in GUIDES:
        raise Http404
    workflow.read_guide(request.user, slug)
    return redirect("reports:home")


def _page_before(request) -> str:
    """The page of this portal whose link was followed, as the browser says it."""
    came_from = request.headers.get("Referer", "")
    is_own = url_has_allowed_host_and_scheme(came_from, {request.get_host()})
    return urlsplit(came_from).path if is_own else ""


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request):
    is_sent = request.method == "POST"
    if is_sent:
        if not throttle.is_allowed(request, "ask", times=ASKS, seconds=HOUR):
            return throttle.too_often(request)
        form = AskForm(request.POST, user=request.user)
        if form.is_valid():
            said = form.cleaned_data
            user = request.user if request.user.is_authenticated else None
            workflow.ask(
                request_key=said["request_key"],
                user=user,
                name=user.full_name if user else said["name"],
                email=user.email if user else said["email"],
                text=said["text"],
                page=said["page"],
                request_id=said["request_id"],
            )
            return redirect("reports:asked")
    else:
        form = AskForm(
            initial={
                "page": (request.GET.get("trang") or _page_before(request))[:300],
                "request_id": request.GET.get("ma", "")[:32],
            },
            user=request.user,
        )
    return _page(request, "reports/ask.html", {"form": form}, status=422 if form.is_bound else 200)


@login_not_required
@require_safe
def asked(request):
    return _page(request, "reports/asked.html")


def _may_answer(request):
    if not request.user.has_perm("reports.answer_enquiry"):
        raise PermissionDenied


@require_safe
def enquiries(request):
    _may_answer(request)
    is_open = request.GET.get("trang-thai") != "da-tra-loi"
    rows = Enquiry.objects.filter(answered_at__isnull=is_open)
    tabs = [
        {"label": "Chờ trả lời", "url": "?", "active": is_open},
        {"label": "Đã trả lời", "url": "?trang-thai=da-tra-loi", "active": not is_open},
    ]
    return render(request, "reports/enquiries.html", {"tabs": tabs, **page_of(request, rows, noun="câu hỏi")})


def _fetch(request, uid):
    _may_answer(request)
    return get_object_or_404(Enquiry.objects.select_related("answered_by"), uid=uid)


@require_safe
def enquiry(request, uid):
    return render(request, "reports/enquiry.html", {"enquiry": _fetch(request, uid), "form": AnswerForm()})


@require_POST
def answer(request, uid):
    found = _fetch(request, uid)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return render(request, "reports/enquiry.html", {"enquiry": found, "form": form}, status=422)
    workflow.answer(found, text=form.cleaned_data["text"], by=request.user, acting=request.acting_unit)
    messages.success(request, f"Đã trả lời {found.name} qua thư điện tử.")
    return redirect("reports:enquiries")

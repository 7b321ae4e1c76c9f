"""What machines find the public pages by: the feed of decisions, the maps of the site, the word to robots."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from awards.models import PublicRecord

NEWEST = 50
#: publications one map covers; a map may have 50,000 addresses
PER_MAP = 10_000
PAGES = (
    "reports:public_home",
    "reports:movement",
    "reports:progress",
    "reports:results",
    "reports:decisions",
    "criteria:criteria",
    "criteria:self_check",
    "reports:open_data",
    "verify",
    "reports:help",
    "reports:glossary",
    "api_docs",
)


class DecisionFeed(Feed):
    feed_type = Atom1Feed
    language = "vi"
    title = "Quyết định khen thưởng – phong trào thi đua chuyển đổi số tỉnh Lào Cai"
    subtitle = "Quyết định mới công bố, đính chính và hủy bỏ"
    author_name = "Cổng thi đua chuyển đổi số tỉnh Lào Cai"

    def link(self):
        return reverse("reports:decisions")

    def feed_url(self):
        return reverse("reports:feed")

    def items(self):
        return PublicRecord.objects.decisions().order_by("-sequence").defer("answer")[:NEWEST]

    def item_title(self, record):
        return f"Quyết định số {record.payload['decision']['number']}: {record.get_state_display().lower()}"

    def item_description(self, record):
        return record.payload["title"]

    def item_link(self, record):
        return reverse("reports:decision", args=[record.uid])

    def item_guid(self, record):
        return f"urn:uuid:{record.uid}"

    def item_pubdate(self, record):
        return localtime(record.published_at)

    def item_updateddate(self, record):
        return localtime(record.updated_at)

    def item_categories(self, record):
        return [record.payload["award"]["name"]]


feed = login_not_required(require_safe(DecisionFeed()))


@login_not_required
@require_safe
def sitemap_index(request):
    last = PublicRecord.objects.order_by("-sequence").values_list("sequence", flat=True).first() or 0
    names = [("reports:sitemap_pages",), ("reports:sitemap_decisions",)]
    names += [("reports:sitemap_results", number) for number in range(1, -(-last // PER_MAP) + 1)]
    maps = [request.build_absolute_uri(reverse(name, args=args)) for name, *args in names]
    return render(request, "reports/sitemap_index.xml", {"maps": maps}, content_type="application/xml")


def _map(request, addresses):
    pages = [{"url": request.build_absolute_uri(address), "at": at} for address, at in addresses]
    return render(request, "reports/sitemap.xml", {"pages": pages}, content_type="application/xml")


@login_not_required
@require_safe
def sitemap_pages(request):
    return _map(request, [(reverse(name), None) for name in PAGES])


@login_not_required
@require_safe
def sitemap_decisions(request):
    rows = PublicRecord.objects.decisions().order_by("place").values_list("uid", "updated_at")
    return _map(request, [(reverse("reports:decision", args=[uid]), at) for uid, at in rows[:PER_MAP]])


@login_not_required
@require_safe
def sitemap_results(request, number):
    if not 1 <= number <= 1_000_000:
        raise Http404
    covered = (PER_MAP * (number - 1) + 1, PER_MAP * number)
    rows = PublicRecord.objects.awards().filter(sequence__range=covered).order_by("sequence")
    rows = rows.values_list("reference", "updated_at")
    return _map(request, [(reverse("reports:result", args=[reference]), at) for reference, at in rows])


@login_not_required
@require_safe
def robots(request):
    lines = [
        "User-agent: *",
        "Disallow: /quan-tri/",
        "Disallow: /tai-khoan/",
        "Disallow: /xac-minh/*-",
        "Disallow: /*?",
        f"Sitemap: {request.build_absolute_uri(reverse('reports:sitemap_index'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")

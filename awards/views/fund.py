"""The ledgers of the funds that pay prizes."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards import fund as ledger
from awards import listings
from awards.forms.fund import CeilingForm, EntryForm
from awards.models import FundYear
from awards.views.acts import carry_out
from awards.views.history import history
from awards.workflow import fund as workflow
from core import exports
from core.paging import page_of


def _authorise(request, permission="awards.read_ledger"):
    if not request.user.has_perm(permission):
        raise PermissionDenied


@require_http_methods(["GET", "HEAD", "POST"])
def funds(request):
    """Each year of each fund; POST states a ceiling."""
    _authorise(request)
    may_keep = request.user.has_perm("awards.keep_fund")
    form = CeilingForm(request.POST or None) if may_keep else None
    if request.method == "POST":
        _authorise(request, "awards.keep_fund")
        if form.is_valid():
            said = form.cleaned_data
            year = workflow.state_ceiling(
                said["fund"],
                year=said["year"],
                ceiling=said["ceiling"],
                warn_percent=said["warn_percent"],
                basis=said["basis"],
                by=request.user,
                acting=request.acting_unit,
            )
            messages.success(request, f"Đã ghi mức trần của {year}.")
            return redirect(year)
    page = page_of(request, FundYear.objects.select_related("fund"), noun="năm")
    rows = list(page["rows"])
    known = ledger.balances(rows)
    context = {
        **page,
        "years": [{"year": year, "balance": known[year.pk]} for year in rows],
        "form": form,
    }
    return render(request, "awards/funds.html", context, status=422 if request.method == "POST" else 200)


def _fetch(request, uid) -> FundYear:
    _authorise(request)
    return get_object_or_404(FundYear.objects.select_related("fund"), uid=uid)


@require_safe
def fund_year(request, uid):
    year = _fetch(request, uid)
    entries = year.entries.select_related("decision", "award", "recorded_by")
    if exports.asked(request):
        return exports.answer(request, listings.LEDGER, entries)
    return _page(request, year)


def _page(request, year, *, form=None, status=200):
    may_keep = request.user.has_perm("awards.keep_fund")
    entries = year.entries.select_related("decision", "award", "recorded_by").order_by("-on", "-pk")
    context = {
        "year": year,
        "balance": ledger.balance(year),
        **page_of(request, entries, noun="dòng"),
        "form": form or (EntryForm() if may_keep else None),
        "opens_awards": request.user.has_perm("awards.view_appraisal"),
        "missing": workflow.not_entered(year).count() if may_keep else 0,
        "events": history(year),
    }
    return render(request, "awards/fund_year.html", context, status=status)


@require_POST
def enter(request, uid):
    year = _fetch(request, uid)
    _authorise(request, "awards.keep_fund")
    form = EntryForm(request.POST)

    def act():
        said = form.cleaned_data
        workflow.enter(
            year,
            kind=said["kind"],
            amount=form.signed_amount(),
            on=said["on"],
            note=said["note"],
            by=request.user,
            acting=request.acting_unit,
        )

    if form.is_valid() and carry_out(form, act):
        messages.success(request, "Đã ghi một dòng sổ.")
        return redirect(year)
    return _page(request, year, form=form, status=422)


@require_POST
def charge_missing(request, uid):
    year = _fetch(request, uid)
    _authorise(request, "awards.keep_fund")
    count = workflow.charge_missing(year, by=request.user, acting=request.acting_unit)
    messages.success(request, f"Đã ghi tiền thưởng của {count} Quyết định vào sổ.")
    return redirect(year)

"""After the verification: the unit answers what was refused; a lead takes a verification up again."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from core.transitions import Refused
from registrations import workflow
from registrations.enums import FigureVerdict
from registrations.forms.verification import AnswerForm
from registrations.views.report import authorise, fetch
from registrations.views.report import page as report_page


@require_http_methods(["GET", "HEAD", "POST"])
def contest(request, uid):
    """One answer per refused figure, sent together."""
    report = fetch(request, uid)
    authorise(request, "contest", report)
    refused_figures = list(
        report.figures.filter(verdict=FigureVerdict.REFUSED).select_related("criterion", "verified_by")
    )
    rows = [
        {"figure": figure, "form": _form(request, figure.criterion.code), "code": figure.criterion.code}
        for figure in refused_figures
    ]
    if request.method != "POST":
        if not report.may_still_be_contested:
            return redirect(report)
        return _page(request, report, rows)
    # A wrong state or a day gone by is said before what is wrong with the words.
    wrong = [row for row in rows if not row["form"].is_valid()]
    if wrong and report.may_still_be_contested:
        return _page(request, report, rows, status=422)
    answers = {row["code"]: row["form"].answer() for row in rows if row["form"].is_valid()}
    answers = {code: answer for code, answer in answers.items() if answer is not None}
    try:
        workflow.contest(report, by=request.user, acting=request.acting_unit, answers=answers)
    except Refused as refused:
        if not refused.findings:
            raise
        return _page(request, report, rows, refused=refused, status=refused.status)
    messages.success(request, "Đã gửi kiến nghị. Cơ quan thường trực xét lại; kết luận sau đó là cuối cùng.")
    return redirect(report)


def _form(request, code):
    if request.method == "POST":
        return AnswerForm(request.POST, request.FILES, code=code)
    return AnswerForm(code=code)


def _page(request, report, rows, *, refused=None, status=200):
    context = {"report": report, "rows": rows, "findings": refused.findings if refused else []}
    return render(request, "registrations/contest.html", context, status=status)


@require_POST
def reopen(request, uid):
    report = fetch(request, uid)
    authorise(request, "reopen", report)
    try:
        workflow.reopen_report(
            report,
            by=request.user,
            acting=request.acting_unit,
            comment=request.POST.get("comment", ""),
        )
    except Refused as refused:
        report.refresh_from_db()
        return report_page(request, report, refused=refused, action="reopen", status=refused.status)
    messages.success(request, "Đã mở lại việc thẩm định; đơn vị nhận được thư.")
    return redirect("registrations:verify_desk", report.uid)

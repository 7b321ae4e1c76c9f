"""The administrator's Excel desk: units and people in and out of the register."""

from django.contrib.auth.decorators import permission_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from core import exports, importing
from units.listings import PEOPLE, UNITS
from units.models import Membership, Unit
from units.spreadsheets import PeopleIntake, UnitsIntake
from units.spreadsheets.people import InviteForm

administrators_of_units = permission_required("units.add_unit", raise_exception=True)
administrators_of_people = permission_required("units.add_user", raise_exception=True)


@require_safe
@administrators_of_units
def spreadsheets(request):
    return render(request, "units/spreadsheets.html")


@require_safe
@administrators_of_units
def units(request):
    if not exports.asked(request):
        return redirect("units:spreadsheets")
    return exports.answer(request, UNITS, Unit.objects.select_related("parent"))


@require_safe
@administrators_of_people
def people(request):
    if not exports.asked(request):
        return redirect("units:spreadsheets")
    memberships = Membership.objects.select_related("user", "unit").order_by("user__search_name", "pk")
    return exports.answer(request, PEOPLE, memberships)


@require_safe
@administrators_of_units
def units_template(request):
    return importing.template_of(UnitsIntake(by=request.user, acting=request.acting_unit))


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_of_units
def import_units(request):
    intro = "Thêm, sửa nhiều đơn vị một lần. Sáp nhập, chia tách theo văn bản thì lập ở mục sắp xếp đơn vị."
    return _import(request, UnitsIntake, intro, "units:units_template")


@require_safe
@administrators_of_people
def people_template(request):
    return importing.template_of(PeopleIntake(by=request.user, acting=request.acting_unit))


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_of_people
def import_people(request):
    intro = "Lập tài khoản và giao vai trò cho nhiều người một lần. Không ai nhận thư nếu bạn không chọn gửi."
    return _import(request, PeopleIntake, intro, "units:people_template", options_form=InviteForm)


def _import(request, intake, intro, template, options_form=None):
    desk = reverse("units:spreadsheets")
    context = {
        "trail": [("Dữ liệu Excel", desk), (intake.title, "")],
        "intro": intro,
        "template_url": reverse(template),
    }
    return importing.respond(
        request,
        intake(by=request.user, acting=request.acting_unit),
        context=context,
        done_url=desk,
        options_form=options_form,
    )

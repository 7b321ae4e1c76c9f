from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock
from core.transitions import Refused
from units import blocs
from units.forms import BlocForm, BlocHeadForm, BlocRowsForm
from units.models import EmulationBloc, Unit


def _authorise(request):
    if not request.user.has_perm("units.edit_emulationbloc"):
        raise PermissionDenied


@require_http_methods(["GET", "HEAD", "POST"])
def emulation_blocs(request):
    """All blocs; units are placed in them from a pasted list."""
    today = clock.today()
    form = BlocRowsForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        _authorise(request)
        status = 422
        if form.is_valid():
            try:
                moved = blocs.place(
                    form.cleaned_data["rows"],
                    since=form.cleaned_data["since"],
                    basis=form.cleaned_data["basis"],
                    by=request.user,
                    acting=request.acting_unit,
                )
            except Refused as refused:
                form.add_error("rows", str(refused))
            else:
                messages.success(request, f"Đã xếp khối cho {moved} đơn vị.")
                return redirect("units:blocs")
    listed = EmulationBloc.objects.on(today).prefetch_related("memberships", "heads__unit")
    rows = [
        {
            "bloc": bloc,
            "count": sum(today in membership.validity for membership in bloc.memberships.all()),
            "head": next((head.unit for head in bloc.heads.all() if today in head.validity), None),
        }
        for bloc in listed
    ]
    context = {
        "rows": rows,
        "form": form,
        "can_edit": request.user.has_perm("units.edit_emulationbloc"),
        "past": EmulationBloc.objects.filter(valid_to__lt=today),
    }
    return render(request, "units/blocs.html", context, status=status)


@require_safe
def bloc(request, uid):
    return _page(request, get_object_or_404(EmulationBloc, uid=uid))


def _page(request, found, *, form=None, head_form=None, status=200):
    today = clock.today()
    intervals = found.memberships.select_related("unit")
    context = {
        "bloc": found,
        "head": blocs.head_on(found, today),
        "members": [m for m in intervals if today in m.validity],
        "former": [m for m in intervals if today not in m.validity],
        "heads": found.heads.select_related("unit"),
        "form": form or BlocForm(instance=found),
        "head_form": head_form or BlocHeadForm(),
        "can_edit": request.user.has_perm("units.edit_emulationbloc"),
    }
    return render(request, "units/bloc.html", context, status=status)


@require_POST
def edit(request, uid):
    _authorise(request)
    found = get_object_or_404(EmulationBloc, uid=uid)
    form = BlocForm(request.POST, instance=found)
    if not form.is_valid():
        return _page(request, EmulationBloc.objects.get(pk=found.pk), form=form, status=422)
    blocs.save(form.instance, by=request.user, acting=request.acting_unit)
    messages.success(request, "Đã lưu khối thi đua.")
    return redirect("units:bloc", found.uid)


@require_POST
def appoint(request, uid):
    _authorise(request)
    found = get_object_or_404(EmulationBloc, uid=uid)
    form = BlocHeadForm(request.POST)
    if form.is_valid():
        try:
            blocs.appoint(found, **form.cleaned_data, by=request.user, acting=request.acting_unit)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Đã ghi khối trưởng.")
            return redirect("units:bloc", found.uid)
    return _page(request, found, head_form=form, status=422)


@require_POST
def remove(request, uid, unit):
    _authorise(request)
    found = get_object_or_404(EmulationBloc, uid=uid)
    member = get_object_or_404(Unit, uid=unit)
    blocs.remove(found, member, since=clock.today(), by=request.user, acting=request.acting_unit)
    messages.success(request, f"{member.name} đã ra khỏi khối từ hôm nay.")
    return redirect("units:bloc", found.uid)

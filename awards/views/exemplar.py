"""Điển hình tiên tiến at the desk: written, published, taken down. The public's pages are in `reports`."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards import checks_award, listings
from awards.forms.exemplar import IMAGES, ExemplarForm
from awards.models import Exemplar
from awards.views.acts import Act, available_acts, unshown
from awards.views.history import history
from awards.workflow import exemplar as workflow
from core import exports, files
from core.findings import Finding
from core.paging import page_of
from core.transitions import Refused
from registrations.views.registration import posted_version


@require_safe
def exemplars(request):
    if not request.user.has_perm("awards.view_exemplar"):
        raise PermissionDenied
    visible = Exemplar.objects.visible_to(request.user).select_related("campaign", "unit").order_by("-pk")
    if exports.asked(request):
        return exports.answer(request, listings.EXEMPLARS, visible)
    context = {
        **page_of(request, visible, noun="bài"),
        "may_write": request.user.has_perm("awards.add_exemplar"),
    }
    return render(request, "awards/exemplars.html", context)


def fetch(request, uid) -> Exemplar:
    visible = Exemplar.objects.visible_to(request.user).select_related(
        "campaign", "unit", "image", "written_by", "published_by"
    )
    exemplar = get_object_or_404(visible, uid=uid)
    authorise(request, "view", exemplar)
    return exemplar


def authorise(request, action, exemplar=None):
    if not request.user.has_perm(f"awards.{action}_exemplar", exemplar):
        raise PermissionDenied


@require_http_methods(["GET", "HEAD", "POST"])
def start(request):
    authorise(request, "add")
    form = ExemplarForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        exemplar = workflow.start(
            form.values(), by=request.user, acting=request.acting_unit, image=_image(request, form)
        )
        messages.success(request, "Đã lưu bài; lãnh đạo đăng khi bài đã xong.")
        return redirect(exemplar)
    status = 422 if request.method == "POST" else 200
    return render(request, "awards/exemplar_edit.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, uid):
    exemplar = fetch(request, uid)
    authorise(request, "edit", exemplar)
    version = posted_version(request) if request.method == "POST" else exemplar.version
    form = ExemplarForm(request.POST or None, request.FILES or None, instance=exemplar)
    status, refused = 200, []
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                workflow.save(
                    exemplar,
                    form.values(),
                    by=request.user,
                    version=version,
                    image=_image(request, form),
                    acting=request.acting_unit,
                )
            except Refused as conflict:
                status, refused = conflict.status, [Finding(str(conflict))]
                # Saved once more, these words replace the others', knowingly.
                version = Exemplar.objects.values_list("version", flat=True).get(pk=exemplar.pk)
            else:
                messages.success(request, "Đã lưu. Bài đang đăng chưa đổi cho đến khi đăng lại.")
                return redirect(exemplar)
    context = {"form": form, "exemplar": exemplar, "version": version, "refused": refused}
    return render(request, "awards/exemplar_edit.html", context, status=status)


def _image(request, form):
    upload = form.cleaned_data["image_upload"]
    return files.store(upload, by=request.user, accept=IMAGES) if upload else None


@require_safe
def exemplar(request, uid):
    return _page(request, fetch(request, uid))


def _page(request, exemplar, *, refused=None, action="", status=200):
    available = {t.action for t in workflow.EXEMPLAR.available(exemplar, request.user)}
    reasons = refused.findings or [Finding(str(refused))] if refused else []
    missing = checks_award.missing_for_publishing_exemplar(exemplar)
    has_changed = exemplar.payload is not None and exemplar.payload["body"] != exemplar.body

    def url(name):
        return reverse(f"awards:{name}", args=[exemplar.uid])

    again = exemplar.state == "published"
    acts = available_acts(
        [
            Act(
                "publish",
                "Đăng lại" if again else "Đăng bài",
                url("publish_exemplar"),
                "open",
                "primary",
                text="Mọi người đọc được ngay trên trang Điển hình tiên tiến.",
                missing=missing,
            ),
            Act("withdraw", "Gỡ bài", url("withdraw_exemplar"), "remove", "danger", comment_label="Lý do gỡ"),
        ],
        available,
        refused=reasons,
        action=action,
    )
    context = {
        "exemplar": exemplar,
        "acts": acts,
        "refused": unshown(acts, reasons, action),
        "missing": missing if "publish" not in available else [],
        "has_changed": has_changed,
        "may_edit": request.user.has_perm("awards.edit_exemplar", exemplar),
        "events": history(exemplar),
    }
    return render(request, "awards/exemplar.html", context, status=status)


ACTS = {
    "publish": (workflow.publish, False, "Đã đăng bài trên trang công khai."),
    "withdraw": (workflow.withdraw, True, "Đã gỡ bài khỏi trang công khai."),
}


@require_POST
def act(request, uid, action):
    exemplar = fetch(request, uid)
    authorise(request, action, exemplar)
    perform, takes_comment, done = ACTS[action]
    words = {"comment": request.POST.get("comment", "")} if takes_comment else {}
    try:
        perform(exemplar, by=request.user, acting=request.acting_unit, **words)
    except Refused as refused:
        exemplar.refresh_from_db()
        return _page(request, exemplar, refused=refused, action=action, status=refused.status)
    messages.success(request, done)
    return redirect(exemplar)


@require_safe
def image(request, uid):
    exemplar = fetch(request, uid)
    if exemplar.image is None:
        raise Http404
    return files.serve(request, exemplar.image, inline=True)

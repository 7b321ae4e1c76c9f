"""Published awards: the list, each award's page, its correction and its revocation."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from awards import listings
from awards.enums import TONES, AwardState
from awards.forms.award import (
    AwardFilter,
    CorrectForm,
    CorrectionForm,
    ReturnForm,
    RevocationForm,
    RevokeForm,
)
from awards.models import Award
from awards.papers import CORRECTION, EXTRACT, REVOCATION
from awards.views.acts import Act, available_acts, carry_out, unshown
from awards.views.history import history
from awards.workflow import award as workflow
from core import exports, files, press
from core.findings import Finding
from core.paging import page_of
from core.transitions import Refused


def fetch(request, uid) -> Award:
    """The award through both doors: not visible is 404, visible without the right is 403."""
    visible = Award.objects.visible_to(request.user).select_related(
        "decision__proposal__form", "decision__proposal__campaign", "nominee__dossier__unit", "unit"
    )
    award = get_object_or_404(visible, uid=uid)
    authorise(request, "view", award)
    return award


def authorise(request, action, award):
    if not request.user.has_perm(f"awards.{action}_award", award):
        raise PermissionDenied


@require_safe
def awards(request):
    authority = request.user.authority
    at_desk = authority.is_commendation_body or authority.is_standing_body
    form = AwardFilter(request.GET, reads_acts=at_desk)
    found = form.narrow(Award.objects.visible_to(request.user)).select_related("decision", "unit")
    newest_first = found.order_by("-decision__signed_on", "pk")
    if exports.asked(request):
        return exports.answer(request, listings.AWARDS, newest_first, form=form)
    page = page_of(request, newest_first, noun="khen thưởng")
    rows = [
        {
            "award": award,
            "label": award.get_state_display() if at_desk else _public_label(award),
            "tone": award.tone if at_desk else _public_tone(award),
        }
        for award in page["rows"]
    ]
    return render(request, "awards/awards.html", {"form": form, **page, "rows": rows})


@require_safe
def award(request, uid):
    return _page(request, fetch(request, uid))


def _page(request, award, *, refused=None, action="", forms=None, status=200):
    """`forms`: those that did not hold, by the name of their act."""
    forms, user = forms or {}, request.user
    available = {t.action for t in workflow.AWARD.available(award, user)}
    reasons = refused.findings or [Finding(str(refused))] if refused else []
    reads_acts = user.has_perm("awards.view_award_acts", award)
    correction = workflow.open_correction(award)
    may_draft = award.state in workflow.IN_FORCE and user.has_perm("awards.draft_correction_award", award)
    if correction is None or not user.has_perm("awards.correct_award", award):
        available -= {"correct"}
    offered = available | ({"drop_correction"} if correction and may_draft else set())
    acts = available_acts(_acts(award), offered, refused=reasons, action=action)
    in_force = award.corrections.filter(in_force_at__isnull=False).select_related(
        "drafted_by", "in_force_by", "act_file"
    )
    revocations = award.revocations.select_related(
        "ground", "document", "proposed_by", "proposed_by_unit", "act_file", "revoked_by"
    )
    decided = revocations.filter(revoked_at__isnull=False).first()
    certificate = getattr(award, "certificate", None)
    context = {
        "award": award,
        "label": award.get_state_display() if reads_acts or decided else _public_label(award),
        "tone": award.tone if reads_acts or decided else _public_tone(award),
        "acts": acts,
        "refused": unshown(acts, reasons, action),
        "reads_acts": reads_acts,
        "correction": correction if may_draft else None,
        "corrections": in_force,
        "revocation": decided or (workflow.open_revocation(award) if reads_acts else None),
        "correction_form": forms.get("draft_correction")
        or (CorrectionForm(award=award) if may_draft and correction is None else None),
        "correct_form": forms.get("correct") or (CorrectForm() if "correct" in available else None),
        "revocation_form": forms.get("propose_revocation")
        or (RevocationForm() if "propose_revocation" in available and correction is None else None),
        "revoke_form": forms.get("revoke") or (RevokeForm() if "revoke" in available else None),
        "return_form": forms.get("return_items")
        or (ReturnForm(award=award) if "return_items" in available else None),
        "waits_for_second": correction is not None and may_draft and "correct" not in available,
        "certificate": certificate,
        "reprints": certificate.reprints.select_related("by") if certificate else [],
        "may_keep": user.has_perm("awards.keep_register_decision", award.decision),
        "events": history(award) if reads_acts else [],
        "printed": press.links(user, award, EXTRACT, CORRECTION, REVOCATION),
    }
    return render(request, "awards/award.html", context, status=status)


def _public_label(award) -> str:
    """What those read who are told of no proposal to revoke."""
    return AwardState(_public_state(award)).label


def _public_tone(award) -> str:
    return TONES[_public_state(award)]


def _public_state(award) -> str:
    if award.state != AwardState.REVOCATION_PROPOSED:
        return award.state
    was_corrected = award.corrections.filter(in_force_at__isnull=False).exists()
    return AwardState.CORRECTED if was_corrected else AwardState.PUBLISHED


def _acts(award):
    def url(name):
        return reverse(f"awards:{name}", args=[award.uid])

    return [
        Act(
            "drop_correction",
            "Bỏ đính chính đang chờ",
            url("drop_correction"),
            "remove",
            comment_label="Lý do bỏ",
        ),
        Act(
            "dismiss_revocation",
            "Không hủy bỏ",
            url("dismiss_revocation"),
            "return",
            comment_label="Lý do không hủy bỏ",
            comment_help="Đơn vị đề nghị khen thưởng nhận được thư kèm lý do.",
        ),
    ]


@require_POST
def draft_correction(request, uid):
    award = fetch(request, uid)
    authorise(request, "draft_correction", award)
    form = CorrectionForm(request.POST, award=award)

    def act():
        workflow.draft_correction(
            award,
            form.words(),
            by=request.user,
            acting=request.acting_unit,
            reason=form.cleaned_data["reason"],
        )

    if form.is_valid() and carry_out(form, act):
        messages.success(request, "Đã lập đính chính. Khi văn bản đã ký, một người khác ghi nhận.")
        return redirect(award)
    return _page(request, award, forms={"draft_correction": form}, status=422)


@require_POST
def correct(request, uid):
    award = fetch(request, uid)
    authorise(request, "correct", award)
    form = CorrectForm(request.POST, request.FILES)

    def act():
        workflow.correct(award, by=request.user, acting=request.acting_unit, **_signed(request, form))

    if form.is_valid() and carry_out(form, act):
        messages.success(request, "Đính chính đã có hiệu lực. Trang công khai và trang xác minh đã đổi.")
        return redirect(award)
    return _page(request, award, forms={"correct": form}, status=422)


@require_POST
def propose_revocation(request, uid):
    award = fetch(request, uid)
    authorise(request, "propose_revocation", award)
    form = RevocationForm(request.POST, request.FILES)

    def act():
        said = form.cleaned_data
        workflow.propose_revocation(
            award,
            by=request.user,
            acting=request.acting_unit,
            ground=said["ground"],
            explanation=said["explanation"],
            document=files.store(said["upload"], by=request.user),
        )

    if form.is_valid() and carry_out(form, act):
        messages.success(request, "Đã gửi đề nghị hủy bỏ; cơ quan thi đua - khen thưởng nhận được thư.")
        return redirect(award)
    return _page(request, award, forms={"propose_revocation": form}, status=422)


@require_POST
def revoke(request, uid):
    award = fetch(request, uid)
    authorise(request, "revoke", award)
    form = RevokeForm(request.POST, request.FILES)

    def act():
        workflow.revoke(
            award,
            by=request.user,
            acting=request.acting_unit,
            public_reason=form.cleaned_data["public_reason"],
            **_signed(request, form),
        )

    if form.is_valid() and carry_out(form, act):
        messages.success(request, "Đã hủy bỏ khen thưởng. Trang công khai và trang xác minh đã đổi.")
        return redirect(award)
    return _page(request, award, forms={"revoke": form}, status=422)


@require_POST
def return_items(request, uid):
    award = fetch(request, uid)
    authorise(request, "return_items", award)
    form = ReturnForm(request.POST, award=award)

    def act():
        said = form.cleaned_data
        workflow.return_items(
            award,
            by=request.user,
            acting=request.acting_unit,
            returned_on=said["returned_on"],
            money=said["money"],
            note=said["note"],
        )

    if form.is_valid() and carry_out(form, act):
        messages.success(request, "Đã ghi nhận thu hồi hiện vật và tiền thưởng.")
        return redirect(award)
    return _page(request, award, forms={"return_items": form}, status=422)


def _signed(request, form) -> dict:
    said = form.cleaned_data
    return {
        "number": said["number"],
        "signed_on": said["signed_on"],
        "signer": said["signer"],
        "signed_file": files.store(said["upload"], by=request.user),
    }


#: action → (the right it takes, workflow function, what is said afterwards)
ACTS = {
    "drop_correction": ("draft_correction", workflow.drop_correction, "Đã bỏ đính chính đang chờ."),
    "dismiss_revocation": (
        "dismiss_revocation",
        workflow.dismiss_revocation,
        "Đã ghi nhận không hủy bỏ; khen thưởng giữ nguyên.",
    ),
}


@require_POST
def act(request, uid, action):
    award = fetch(request, uid)
    right, perform, done = ACTS[action]
    authorise(request, right, award)
    comment = request.POST.get("comment", "")
    try:
        perform(award, by=request.user, acting=request.acting_unit, comment=comment)
    except Refused as refused:
        award.refresh_from_db()
        return _page(request, award, refused=refused, action=action, status=refused.status)
    messages.success(request, done)
    return redirect(award)


@require_safe
def act_file(request, uid, file):
    """The scan of a correction or of a revocation; the request to revoke only to those told of it."""
    award = fetch(request, uid)
    in_force = award.corrections.filter(in_force_at__isnull=False).select_related("act_file")
    papers = {correction.act_file.uid: correction.act_file for correction in in_force}
    for revocation in award.revocations.select_related("act_file", "document"):
        if revocation.act_file:
            papers[revocation.act_file.uid] = revocation.act_file
    if request.user.has_perm("awards.view_award_acts", award):
        papers |= {r.document.uid: r.document for r in award.revocations.select_related("document")}
    if file not in papers:
        raise Http404
    return files.serve(request, papers[file], inline=True)

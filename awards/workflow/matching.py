"""What a person decides of two that may be the same. The machine only points (`awards.duplicates`)."""

from django.db import transaction
from django.db.models import Q

from awards import duplicates
from awards.enums import MatchVerdict, NomineeState
from awards.models import Dossier, MatchResolution, Nominee
from awards.workflow import appraisal
from core import clock
from core.findings import Finding
from core.models import Event
from core.transitions import Refused


def _nominee(nominee, by) -> Nominee:
    locked = Nominee.objects.select_for_update(of=("self",)).select_related("dossier").get(pk=nominee.pk)
    if not by.has_perm("awards.resolve_match_nominee", locked):
        raise Refused("Bạn không được kết luận về đối tượng này.", status=403)
    if locked.dossier.state not in ("submitted", "appraised") or locked.state == NomineeState.WITHDRAWN:
        raise Refused("Hồ sơ không ở bước thẩm định. Hãy tải lại trang.")
    return locked


def resolve(nominee, *, verdict, reason, by, other=None, recorded=None, acting=None) -> MatchResolution:
    """Say of the pair that it is different, a duplicate (this line is not printed), or of no weight."""
    with transaction.atomic():
        Dossier.objects.select_for_update().get(pk=nominee.dossier_id)
        locked = _nominee(nominee, by)
        if verdict not in MatchVerdict.values or (recorded and verdict == MatchVerdict.DUPLICATE):
            raise Refused("Hãy chọn một kết luận.", [Finding("Hãy chọn một kết luận.", "verdict")], 422)
        reason = reason.strip()
        if verdict != MatchVerdict.INFORMATION and not reason:
            raise Refused("Cần ghi lý do.", [Finding("Hãy ghi rõ vì sao kết luận như vậy.", "reason")], 422)
        pointed_at = [(m.other, m.recorded) for m in duplicates.matches_of([locked])[locked.pk]]
        if (other, recorded) not in pointed_at:
            raise Refused("Hai đối tượng này không còn dấu hiệu trùng. Hãy tải lại trang.")
        if verdict == MatchVerdict.DUPLICATE:
            _print_once(locked, other, reason, by, acting)
        said = {"verdict": verdict, "reason": reason, "resolved_at": clock.now(), "resolved_by": by}
        pair = Q(nominee=locked, recorded=recorded) if recorded else _pair(locked, other)
        resolution = MatchResolution.objects.filter(pair).first()
        if resolution is None:
            resolution = MatchResolution(nominee=locked, other=other, recorded=recorded)
        for name, value in said.items():
            setattr(resolution, name, value)
        resolution.save()
        about = other or recorded
        data = {"verdict": verdict, "other": str(about.uid), "is_certificate": recorded is not None}
        Event.record("resolve_match", locked, by=by, acting=acting, comment=reason, data=data)
    nominee.refresh_from_db()
    return resolution


def _pair(one, other):
    return Q(nominee=one, other=other) | Q(nominee=other, other=one)


def _print_once(locked, other, reason, by, acting) -> None:
    """This line gives way to the other, which must itself be printed."""
    if other.state == NomineeState.DUPLICATE:
        raise Refused(
            "Đối tượng kia cũng đã được ghi nhận là trùng. Hãy chọn dòng sẽ được in.",
            [Finding("Đối tượng kia đã được ghi nhận là trùng với dòng khác.", "verdict")],
            422,
        )
    appraisal.give_verdict("mark_duplicate", locked, by=by, comment=reason, acting=acting)
    Nominee.objects.filter(pk=locked.pk).update(duplicate_of=other)


def resolve_certificates(dossier, *, by, acting=None) -> int:
    """All Giấy khen of the same time are read and change nothing; returns how many were still open."""
    with transaction.atomic():
        locked = Dossier.objects.select_for_update().get(pk=dossier.pk)
        nominees = locked.nominees.exclude(state=NomineeState.WITHDRAWN).select_related("dossier")
        allowed = [n for n in nominees if by.has_perm("awards.resolve_match_nominee", n)]
        if not allowed:
            raise Refused("Bạn không được kết luận về đối tượng của hồ sơ này.", status=403)
        if locked.state not in ("submitted", "appraised"):
            raise Refused("Hồ sơ không ở bước thẩm định. Hãy tải lại trang.")
        said = [
            MatchResolution(
                nominee=match.nominee,
                recorded=match.recorded,
                verdict=MatchVerdict.INFORMATION,
                resolved_at=clock.now(),
                resolved_by=by,
            )
            for matches in duplicates.matches_of(allowed).values()
            for match in matches
            if match.is_certificate and match.resolution is None
        ]
        MatchResolution.objects.bulk_create(said)
        if said:
            names = sorted({str(r.nominee.uid) for r in said})
            data = {"certificates": len(said), "nominees": names}
            Event.record("resolve_certificates", locked, by=by, acting=acting, data=data)
    return len(said)


def link(nominee, unit, *, by, acting=None) -> None:
    """A body put forward without an account has one now: its history goes with the unit."""
    with transaction.atomic():
        locked = Nominee.objects.select_for_update(of=("self",)).get(pk=nominee.pk)
        if not by.has_perm("awards.link_nominee", locked):
            raise Refused("Bạn không có quyền liên kết đối tượng này.", status=403)
        if not locked.is_without_account:
            raise Refused("Đối tượng này không phải tổ chức chưa có tài khoản.")
        if unit.kind != locked.body_kind:
            raise Refused("Đơn vị được chọn không cùng loại với đối tượng.", status=422)
        locked.subject = unit
        locked.save(update_fields=["subject"])
        Event.record("link", locked, by=by, acting=acting, data={"unit": str(unit.uid), "name": unit.name})
    nominee.refresh_from_db()

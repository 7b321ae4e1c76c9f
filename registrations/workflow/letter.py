"""Letters (công văn) that urge units which have filed nothing: drafted here, signed outside, recorded."""

from django.db import transaction

from core import clock, files, rendering
from core.calendar import last_instant
from core.findings import Finding
from core.models import Event
from core.models.document import PAPER_FORMATS
from core.templatetags.vn import con_lai, gio_ngay
from core.transitions import Refused, Transition, Workflow
from registrations import emails
from registrations.enums import LetterState
from registrations.models import LetterRow, Obligation, ReminderLetter
from registrations.wording import fill
from units.enums import Function
from units.models import UnitFunction

LETTER = Workflow(
    ReminderLetter,
    Transition(
        "sign", ("draft",), "signed", "Ghi nhận đã ký", sentence="đã ghi nhận công văn được ký, ban hành"
    ),
    Transition("cancel", ("draft",), "cancelled", "Hủy dự thảo", sentence="đã hủy dự thảo công văn"),
)
PAPER = "reminder_letter"
#: so many units are urged by one letter
MOST_UNITS = 500
OTHERS = {
    "draft_letter": "đã lập dự thảo công văn",
    "edit": "đã sửa lời công văn",
    "drop": "đã bỏ khỏi danh sách vì không còn phải đôn đốc:",
}


def draft_letter(period, kind, obligations, *, wording, request_key, by, acting=None) -> ReminderLetter:
    """A draft to those of these units that still owe; the same key again is the same draft."""
    if not by.has_perm("registrations.draft_reminderletter"):
        raise Refused("Bạn không có quyền lập công văn.", status=403)
    owing = list(obligations.outstanding().filter(period=period, kind=kind)[: MOST_UNITS + 1])
    if not owing:
        raise Refused("Các đơn vị đã chọn không còn ai phải đôn đốc.", status=422)
    if len(owing) > MOST_UNITS:
        raise Refused(f"Mỗi công văn đôn đốc nhiều nhất {MOST_UNITS} đơn vị. Hãy lọc bớt.", status=422)
    body = UnitFunction.holder(Function.STANDING_BODY)
    with transaction.atomic():
        letter, is_new = ReminderLetter.objects.get_or_create(
            request_key=request_key,
            defaults={
                "period": period,
                "kind": kind,
                "unit": body,
                "subject": wording.subject,
                "body": wording.body,
                "created_at": clock.now(),
                "created_by": by,
            },
        )
        if is_new:
            LetterRow.objects.bulk_create(LetterRow(letter=letter, obligation=owed) for owed in owing)
            Event.record(
                "draft_letter", letter, by=by, acting=acting, after=letter.state, data={"rows": len(owing)}
            )
        elif letter.created_by_id != by.pk:
            raise Refused("Mã yêu cầu này đã được dùng. Hãy tải lại trang rồi thử lại.")
    return letter


def _locked_draft(letter, by) -> ReminderLetter:
    if not by.has_perm("registrations.draft_reminderletter"):
        raise Refused("Bạn không có quyền sửa công văn.", status=403)
    locked = ReminderLetter.objects.select_for_update().get(pk=letter.pk)
    if locked.state != LetterState.DRAFT:
        raise Refused(f"Không sửa được: công văn đang ở trạng thái “{locked.get_state_display()}”.")
    return locked


@transaction.atomic
def save_letter(letter, *, subject, body, version, by, acting=None) -> None:
    draft = _locked_draft(letter, by)
    if draft.version != version:
        raise Refused("Công văn vừa được sửa ở nơi khác. Hãy tải lại trang, đối chiếu rồi lưu lại.")
    draft.subject, draft.body = subject, body
    draft.version += 1
    draft.save()
    Event.record("edit", draft, by=by, acting=acting)
    letter.refresh_from_db()


def settled(letter):
    """Rows of a draft whose units have filed meanwhile, or owe nothing any more: never to be urged."""
    return letter.rows.exclude(obligation__in=Obligation.objects.outstanding())


@transaction.atomic
def print_letter(letter, *, by, acting=None):
    """Drop whoever has filed meanwhile, then ask for the draft in both formats."""
    draft = _locked_draft(letter, by)
    gone = settled(draft)
    names = list(gone.values_list("obligation__unit__name", flat=True))
    if names:
        gone.delete()
        Event.record("drop", draft, by=by, acting=acting, data={"name": "; ".join(names)})
    if not draft.rows.exists():
        raise Refused("Mọi đơn vị trong danh sách đã nộp. Không còn ai để đôn đốc, hãy hủy dự thảo.")
    title, _ = words_of(draft, draft.rows.count())
    for format in PAPER_FORMATS:
        rendering.request(
            kind=PAPER,
            title=title,
            obj=draft,
            task="registrations.tasks.render_letter",
            by=by,
            format=format,
        )


def sign_letter(letter, *, number, signed_on, signer, signed_file, by, acting=None) -> None:
    """Record what was signed and numbered outside the portal; the units are told."""
    with LETTER.perform("sign", letter, by=by, acting=acting) as step:
        signed = step.object
        if signed_on > clock.today():
            step.require([Finding("Ngày ký không thể sau hôm nay.", field="signed_on")])
        signed.number, signed.signed_on, signed.signer = number, signed_on, signer
        signed.signed_file = files.store(signed_file, by=by)
        step.data = {"number": number}
        emails.letter_signed(signed)


def cancel_letter(letter, *, by, acting=None) -> None:
    with LETTER.perform("cancel", letter, by=by, acting=acting):
        pass


def words_of(letter, rows: int) -> tuple[str, list[str]]:
    """The abstract and the paragraphs as printed today, with the days of the period."""
    due = letter.period.dues.get(letter.kind)
    values = {
        "viec": emails.WHAT_TO_DO[letter.kind],
        "nam": str(letter.period.year),
        "han": gio_ngay(last_instant(due)) if due else "theo quy định",
        "con_lai": con_lai(due) if due else "",
        "so_don_vi": f"{rows:02d}",
        "co_quan": letter.unit.name,
    }
    return fill(letter.subject, values), fill(letter.body, values).splitlines()

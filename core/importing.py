"""Leads a person through an import: the file is read and shown first, and written only on the person's word.

An `Intake` says which sheets it takes and what their rows would change. Nothing is written before the
preview is confirmed, and then only if the preview still holds: what was shown is signed, the kept file is
read again under the intake's lock, and when anything differs the person is shown the new preview instead.
"""

import io
from dataclasses import dataclass, field

from django import forms
from django.contrib import messages
from django.core import signing
from django.db import transaction
from django.http import FileResponse
from django.shortcuts import redirect, render

from core import clock, files
from core.models import File
from core.snapshots import canonical_sha256
from core.spreadsheets.container import LARGEST_FILE
from core.spreadsheets.description import Fault, Sheet, SpreadsheetInvalid
from core.spreadsheets.reading import Table, in_order, read_all
from core.spreadsheets.templates import write_template

#: how long a preview may be confirmed
VALID_SECONDS = 24 * 3600
#: lines of a page; the numbers above the table always count all
SHOWN_CHANGES = 500
SHOWN_FAULTS = 1000


@dataclass(frozen=True)
class Change:
    """One thing the import would add, change or remove; `details` are (what, before, after) in words."""

    verb: str
    kind: str
    label: str
    details: tuple[tuple[str, str, str], ...] = ()

    VERBS = {
        "add": ("Thêm", "success", "add"),
        "change": ("Sửa", "info", "edit"),
        "remove": ("Bỏ", "danger", "remove"),
    }

    @property
    def word(self):
        return self.VERBS[self.verb][0]

    @property
    def tone(self):
        return self.VERBS[self.verb][1]

    @property
    def icon(self):
        return self.VERBS[self.verb][2]


@dataclass
class Plan:
    """All that an import would do. `data` is for the intake alone; `base` names what it was reckoned on."""

    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0
    data: object = None
    base: str = ""

    def count(self, verb) -> int:
        return sum(change.verb == verb for change in self.changes)

    @property
    def counts(self) -> dict[str, int]:
        return {verb: self.count(verb) for verb in Change.VERBS}

    @property
    def digest(self) -> str:
        return canonical_sha256(
            [self.base, [[c.verb, c.kind, c.label, [*map(list, c.details)]] for c in self.changes]]
        )


class Intake:
    """One kind of import. Subclasses say what it takes and what it does."""

    #: in ASCII: the template's file name and, with the subject, what a preview is signed for
    name: str
    title: str

    def sheets(self) -> list[Sheet]:
        raise NotImplementedError

    def plan(self, tables: dict[str, Table], faults: list[Fault]) -> Plan:
        """What the rows would change. Raises `SpreadsheetInvalid` with `faults`, those of single cells,
        and all that the rows show together: nobody mends a file twice. A cell that could not be read
        has no value in its row (`Row.reads`)."""
        raise NotImplementedError

    def plan_of(self, file) -> Plan:
        """What the XLSX in `file` would change."""
        return self.plan(*read_all(file, self.sheets()))

    def lock(self) -> None:
        """Keep others from changing what the plan rests on until the transaction ends."""

    def apply(self, plan: Plan, file: File, options: dict) -> None:
        """Write the plan and its event, within the caller's transaction."""
        raise NotImplementedError

    @property
    def salt(self) -> str:
        return f"import-{self.name}"


class UploadForm(forms.Form):
    file = forms.FileField(
        label="Tệp Excel đã điền (.xlsx)",
        widget=forms.FileInput(
            attrs={"accept": files.XLSX, "data-kinds": "Excel (.xlsx)", "data-most": LARGEST_FILE}
        ),
        help_text="Cổng cho xem trước, chưa ghi gì. Tối đa 10 MB.",
        error_messages={"required": "Hãy chọn tệp.", "missing": "Chưa nhận được tệp. Hãy chọn lại."},
        allow_empty_file=True,
    )


def template_of(intake: Intake) -> FileResponse:
    """The template to fill in, as a download."""
    target = io.BytesIO()
    write_template(target, intake.sheets(), title=intake.title)
    target.seek(0)
    name = f"mau-{intake.name}.xlsx"
    return FileResponse(target, as_attachment=True, filename=name, content_type=files.XLSX)


def respond(request, intake: Intake, *, context: dict, done_url: str, options_form=None):
    """Answer a page of an import: the upload, its faults or its preview, the confirmation.

    `context` is for `core/import.html`; `options_form` a form class of choices asked for with the preview.
    """
    page = _Page(request, intake, context, options_form)
    if request.method != "POST":
        return page.render(form=UploadForm())
    if "token" in request.POST:
        return _confirm(page, done_url)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return page.render(form=form, status=422)
    upload = form.cleaned_data["file"]
    try:
        plan = intake.plan_of(upload.file)
    except SpreadsheetInvalid as invalid:
        return page.render(form=UploadForm(), file_name=upload.name, invalid=invalid, status=422)
    upload.seek(0)
    file = files.store_bytes(upload.read(), name=upload.name, content_type=files.XLSX, by=request.user)
    return page.preview(plan, file)


def _confirm(page, done_url):
    request, intake = page.request, page.intake
    try:
        token = signing.loads(request.POST["token"], salt=intake.salt, max_age=VALID_SECONDS)
    except signing.BadSignature:
        messages.error(request, "Bản xem trước đã hết hạn hoặc không đúng. Hãy tải tệp lên lại.")
        return page.render(form=UploadForm(), status=409)
    file = File.objects.filter(uid=token["file"], uploaded_by=request.user).first()
    options = page.options(request.POST)
    if file is None or not options.is_valid():
        messages.error(request, "Không tìm thấy tệp đã xem trước. Hãy tải tệp lên lại.")
        return page.render(form=UploadForm(), status=409)
    try:
        with transaction.atomic():
            intake.lock()
            plan = intake.plan_of(io.BytesIO(files.read(file)))
            if plan.changes and plan.digest == token["digest"]:
                intake.apply(plan, file, options.cleaned_data)
                is_done = True
            else:
                is_done = False
    except SpreadsheetInvalid as invalid:
        messages.error(
            request, "Dữ liệu trong cổng đã thay đổi sau khi xem trước, tệp không còn khớp. Chưa ghi gì."
        )
        return page.render(form=UploadForm(), file_name=file.name, invalid=invalid, status=409)
    if is_done:
        counts = plan.counts
        done = f"thêm {counts['add']}, sửa {counts['change']}, bỏ {counts['remove']}"
        messages.success(request, f"Đã nhập từ tệp “{file.name}”: {done}.")
        return redirect(done_url)
    if not plan.changes:
        messages.info(request, "Không còn gì để nhập: dữ liệu trong cổng đã đúng như tệp.")
        return redirect(done_url)
    messages.warning(
        request, "Dữ liệu đã thay đổi sau khi bạn xem trước nên chưa ghi gì. Dưới đây là bản xem trước mới."
    )
    return page.preview(plan, file, status=409)


@dataclass
class _Page:
    request: object
    intake: Intake
    context: dict
    options_form: type[forms.Form] | None

    def options(self, data=None):
        return (self.options_form or forms.Form)(data, prefix="option")

    def preview(self, plan, file, status=200):
        token = signing.dumps({"file": str(file.uid), "digest": plan.digest}, salt=self.intake.salt)
        return self.render(
            file_name=file.name,
            token=token,
            plan=plan,
            shown=plan.changes[:SHOWN_CHANGES],
            unshown=max(0, len(plan.changes) - SHOWN_CHANGES),
            options=self.options(),
            read_at=clock.now(),
            status=status,
        )

    def render(self, *, status=200, invalid=None, **extra):
        sheets = self.intake.sheets()
        faults = in_order(invalid.faults, sheets) if invalid else []
        context = {
            "title": self.intake.title,
            "sheets": sheets,
            "form": None,
            "file_name": "",
            "plan": None,
            "faults": faults[:SHOWN_FAULTS],
            "fault_count": len(faults),
            **self.context,
            **extra,
        }
        return render(self.request, "core/import.html", context, status=status)

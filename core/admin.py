"""What the portal writes about itself, to be read: no rule lets anyone add, change or delete
these. The calendar alone is edited."""

from django import forms
from django.contrib import admin, messages
from django.db import transaction

from core import outbox, signatures
from core.models import (
    AccessLog,
    Document,
    Event,
    File,
    Holiday,
    OutboxMail,
    RevocationList,
    TrustedCertificate,
)
from core.signatures import trust_list


@admin.register(Holiday)
class HolidayAdmin(admin.ModelAdmin):
    list_display = ["day", "name", "is_working_day", "basis"]
    date_hierarchy = "day"


@admin.register(AccessLog)
class AccessLogAdmin(admin.ModelAdmin):
    list_display = ["at", "who", "what", "detail", "address"]
    list_select_related = ["user"]
    search_fields = ["object_uid__exact", "user__username"]
    date_hierarchy = "at"
    fields = ["at", "who", "what", "object_uid", "detail", "address"]
    readonly_fields = ["who"]

    @admin.display(description="người dùng", empty_value="–")
    def who(self, entry):
        return entry.user


@admin.register(File)
class FileAdmin(admin.ModelAdmin):
    list_display = ["name", "content_type", "size", "scanned", "uploader", "uploaded_at"]
    list_filter = ["content_type", "scan_state"]
    list_select_related = ["uploaded_by"]
    search_fields = ["name", "sha256__exact"]
    ordering = ["-id"]
    fields = ["name", "content_type", "size", "sha256", "scanned", "uploader", "uploaded_at"]
    readonly_fields = ["scanned", "uploader"]

    @admin.display(description="kiểm tra mã độc")
    def scanned(self, file):
        return file.get_scan_state_display()

    @admin.display(description="người tải lên", empty_value="–")
    def uploader(self, file):
        return file.uploaded_by


@admin.register(Document)
class DocumentAdmin(admin.ModelAdmin):
    list_display = ["title", "kind", "state", "stage", "attempts", "requested_at", "ready_at"]
    list_filter = ["state", "kind"]
    search_fields = ["title", "object_uid__exact"]
    ordering = ["-id"]
    fields = [
        "title",
        "kind",
        "object_uid",
        "state",
        "stage",
        "done",
        "total",
        "pages",
        "attempts",
        "error",
        "requested_at",
        "ready_at",
    ]


@admin.register(OutboxMail)
class OutboxMailAdmin(admin.ModelAdmin):
    list_display = ["subject", "to", "state", "attempts", "queued_at", "sent_at", "answer"]
    list_filter = ["state"]
    search_fields = ["to", "subject"]
    date_hierarchy = "queued_at"
    fields = [
        "to",
        "subject",
        "body",
        "state",
        "answer",
        "attempts",
        "queued_at",
        "sent_at",
        "message_id",
        "key",
        "case_uid",
        "unit_uid",
    ]
    actions = ["retry"]

    def has_retry_permission(self, request):
        return request.user.has_perm("core.retry_outboxmail")

    @admin.action(description="Gửi lại thư đã chọn (chỉ thư lỗi hoặc chưa rõ đã gửi)", permissions=["retry"])
    def retry(self, request, mails):
        with transaction.atomic():
            again = [mail for mail in mails if outbox.retry(mail)]
            for mail in again:
                Event.record("retry", mail, by=request.user)
        messages.success(request, f"Đã đưa lại vào hàng chờ {len(again)} thư lỗi hoặc chưa rõ đã gửi.")


class TrustFileForm(forms.ModelForm):
    """A file of an authority instead of fields to type: what it says is read from it."""

    upload = forms.FileField(
        label="Tệp của nơi cấp",
        help_text="Chứng thư gốc hoặc trung gian (.cer, .crt, .pem), hoặc danh sách thu hồi (.crl).",
    )

    class Meta:
        fields: list[str] = []

    def clean(self):
        upload = self.cleaned_data.get("upload")
        if upload:
            if upload.size > 30 * 1024 * 1024:
                raise forms.ValidationError("Tệp quá 30 MB, không phải tệp của nơi cấp chứng thư số.")
            try:
                self.loaded = trust_list.parse(upload.read())
            except trust_list.NotTrustMaterial as wrong:
                raise forms.ValidationError(str(wrong)) from wrong
            if not trust_list.is_new(self.loaded):
                raise forms.ValidationError("Tệp này đã được nạp trước đó.")
        return self.cleaned_data


class TrustAdmin(admin.ModelAdmin):
    """Rows are made from a file; what a certificate says is never typed."""

    def get_form(self, request, obj=None, **kwargs):
        return super().get_form(
            request, obj, **({} if obj else {"form": TrustFileForm, "fields": ["upload"]})
        )

    def get_readonly_fields(self, request, obj=None):
        return self.readonly_fields if obj else []

    def get_fields(self, request, obj=None):
        return self.fields if obj else ["upload"]

    def save_form(self, request, form, change):
        return super().save_form(request, form, change) if change else form.instance

    def save_model(self, request, obj, form, change):
        if change:
            super().save_model(request, obj, form, change)
            Event.record("change_trust", obj, by=request.user, after=str(obj.is_trusted))
            signatures.read_again()
        else:
            stored = trust_list.store(form.loaded, by=request.user)[0]
            obj.pk, obj.uid = stored.pk, stored.uid

    def log_addition(self, request, obj, message):
        """The event written with the row says it all."""

    def save_related(self, request, form, formsets, change):
        """There is nothing related to save, and nothing of the form either when a file was loaded."""


@admin.register(TrustedCertificate)
class TrustedCertificateAdmin(TrustAdmin):
    list_display = ["name", "is_root", "valid_from", "valid_to", "is_trusted", "added_at"]
    fields = ["name", "is_root", "valid_from", "valid_to", "sha256", "added_at", "added_by", "is_trusted"]
    readonly_fields = fields[:-1]


@admin.register(RevocationList)
class RevocationListAdmin(TrustAdmin):
    list_display = ["issuer", "this_update", "next_update", "added_at"]
    fields = ["issuer", "this_update", "next_update", "sha256", "added_at", "added_by"]
    readonly_fields = fields

"""The administrator's desk. Who may do what is said by `units/rules.py` alone: what has no
rule for adding, changing or deleting is shown read-only."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange

from core import clock
from core.models import Event, RetentionPeriod
from core.personal import HOLDINGS
from core.transitions import Refused
from core.vietnamese import search_key
from units import emails, people
from units.models import (
    ConflictPeriod,
    LegalBasis,
    Letterhead,
    Membership,
    RecipientList,
    Reorganisation,
    Signer,
    Unit,
    UnitFunction,
    UnitSuccession,
    User,
)

ONE_DAY = timedelta(days=1)


class RecordedAdmin(admin.ModelAdmin):
    """Search without diacritics; every change is an event in the history of `subject(obj)`."""

    @staticmethod
    def subject(obj):
        return obj

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, search_key(search_term))

    def log_addition(self, request, obj, message):
        self._record("add", request, obj, message)
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        self._record("change", request, obj, message)
        return super().log_change(request, obj, message)

    def _record(self, verb, request, obj, message):
        Event.record(
            f"{verb}_{obj._meta.model_name}",
            self.subject(obj),
            by=request.user,
            acting=request.acting_unit,
            data={"changes": message},
        )


@admin.register(Unit)
class UnitAdmin(RecordedAdmin):
    list_display = ["name", "code", "kind", "parent", "valid_from", "valid_to", "is_invented"]
    list_filter = ["kind", "province_code", "is_invented", "is_predecessor_stub"]
    list_select_related = ["parent"]
    search_fields = ["search_name", "code"]
    autocomplete_fields = ["parent"]
    fields = [
        "name",
        "abbreviation",
        "code",
        "kind",
        "parent",
        "province_code",
        "valid_from",
        "valid_to",
        "has_admin_procedures",
        "source",
        "begun_by",
        "ended_by",
        "is_invented",
        "is_predecessor_stub",
    ]

    def get_readonly_fields(self, request, obj=None):
        of_imports = ["begun_by", "ended_by", "is_invented", "is_predecessor_stub"]
        # What was filed and printed rests on these; a unit that changes is another unit from a day.
        return [*of_imports, "code", "kind", "valid_from"] if obj else of_imports

    def get_search_results(self, request, queryset, search_term):
        units, may_repeat = super().get_search_results(request, queryset, search_term)
        if request.GET.get("model_name") == "membership":
            # Of units that share a name, only the one that acts now is offered.
            units = units.operating_on(clock.today())
        return units, may_repeat


class MembershipForm(forms.ModelForm):
    """History decides conflicts of interest: an entry once made can only be ended."""

    class Meta:
        model = Membership
        fields = ["user", "unit", "role", "valid_from", "valid_to"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in {"user", "unit", "role", "valid_from"} & self.fields.keys():
            self.fields[name].disabled = bool(self.instance.pk)

    def clean_valid_to(self):
        last_day = self.cleaned_data["valid_to"]
        if self.instance.pk and last_day and self.instance.valid_to is None:
            try:
                people.guard_last_administrator(self.instance)
            except Refused as refused:
                raise ValidationError(str(refused)) from refused
        return last_day

    def get_initial_for_field(self, field, field_name):
        if field_name == "valid_from" and not self.instance.pk:
            return clock.today()
        return super().get_initial_for_field(field, field_name)


class MembershipInline(admin.TabularInline):
    model = Membership
    form = MembershipForm
    autocomplete_fields = ["unit"]
    extra = 0


@admin.register(Membership)
class MembershipAdmin(RecordedAdmin):
    form = MembershipForm
    list_display = ["user", "unit", "role", "valid_from", "valid_to"]
    list_filter = ["role", ("valid_to", admin.EmptyFieldListFilter)]
    list_select_related = ["user", "unit"]
    search_fields = ["user__search_name", "unit__search_name"]
    autocomplete_fields = ["user", "unit"]

    @staticmethod
    def subject(obj):
        return obj.user


class UserForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["full_name", "username", "email", "position", "is_active"]

    def clean_email(self):
        email = self.cleaned_data["email"].strip().lower()
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise ValidationError("Đã có người dùng với thư điện tử này.")
        return email

    def clean_is_active(self):
        is_active = self.cleaned_data["is_active"]
        is_closed = self.instance.pk and self.instance.is_active and not is_active
        if is_closed and (units := people.left_without_administrator(self.instance)):
            names = ", ".join(unit.name for unit in units)
            raise ValidationError(
                f"Đây là quản trị viên cuối cùng của {names}. "
                "Hãy giao vai trò quản trị đơn vị cho người khác trước khi khóa tài khoản."
            )
        return is_active


@admin.register(User)
class UserAdmin(RecordedAdmin):
    """Adding a user is an invitation: the person sets the password, nobody else knows one."""

    form = UserForm
    list_display = ["full_name", "username", "email", "position", "is_active", "last_login"]
    list_filter = ["is_active", "is_superuser"]
    search_fields = ["search_name", "username", "email"]
    fields = ["full_name", "username", "email", "position", "is_active", "is_administrator", "last_login"]
    readonly_fields = ["is_administrator", "last_login"]
    inlines = [MembershipInline]
    actions = ["sign_out"]

    @admin.action(description="Đăng xuất khỏi mọi máy", permissions=["change"])
    def sign_out(self, request, users):
        for session in UserSession.objects.filter(user__in=users):
            session.end()
        for user in users:
            Event.record("sign_out", user, by=request.user, acting=request.acting_unit)
        self.message_user(request, f"Đã đăng xuất {len(users)} người khỏi mọi máy.")

    @admin.display(description="quản trị hệ thống", boolean=True)
    def is_administrator(self, user):
        return user.is_superuser

    def save_model(self, request, obj, form, change):
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if not change:
            emails.invite(obj)


class ValidityForm(forms.ModelForm):
    """Both days count; the database keeps a range whose end is excluded."""

    holds_from = forms.DateField(widget=AdminDateWidget, label="Từ ngày")
    holds_to = forms.DateField(
        widget=AdminDateWidget,
        label="Đến hết ngày",
        required=False,
        help_text="Để trống nếu chưa kết thúc.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        held = self.instance.validity
        if held:
            self.initial["holds_from"] = held.lower
            self.initial["holds_to"] = held.upper and held.upper - ONE_DAY

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("holds_from"), cleaned.get("holds_to")
        if first and last and last < first:
            self.add_error("holds_to", "Ngày kết thúc phải từ ngày bắt đầu trở đi.")
        elif first:
            self.instance.validity = DateRange(first, last and last + ONE_DAY)
        return cleaned

    def _get_validation_exclusions(self):
        # The range is not a field of the form, yet its overlap must be told here, not as a crash.
        excluded = super()._get_validation_exclusions()
        return excluded if self.errors else excluded - {"validity"}


class ValidityAdmin(RecordedAdmin):
    """Rows that hold from a day to a day."""

    form = ValidityForm

    @admin.display(description="từ ngày", ordering="validity")
    def holds_from(self, obj):
        return obj.validity.lower

    @admin.display(description="đến hết ngày")
    def holds_to(self, obj):
        return obj.validity.upper and obj.validity.upper - ONE_DAY


@admin.register(UnitFunction)
class UnitFunctionAdmin(ValidityAdmin):
    list_display = ["function", "unit", "holds_from", "holds_to", "basis"]
    list_filter = ["function"]
    list_select_related = ["unit"]
    search_fields = ["unit__search_name"]
    autocomplete_fields = ["unit"]
    fields = ["function", "unit", "holds_from", "holds_to", "basis"]
    ordering = ["function", "-validity"]

    @staticmethod
    def subject(obj):
        return obj.unit


@admin.register(ConflictPeriod)
class ConflictPeriodAdmin(ValidityAdmin):
    list_display = ["months", "holds_from", "holds_to", "basis"]
    fields = ["months", "holds_from", "holds_to", "basis"]
    ordering = ["-validity"]


class RetentionForm(ValidityForm):
    """A period is of a kind of data that the portal holds, and of an outcome that it can have."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        held = [holding for holding in HOLDINGS.values() if holding.outcomes]
        outcomes = {outcome.code: outcome.label for holding in held for outcome in holding.outcomes}
        self.fields["holding"].widget = forms.Select(choices=[(h.code, h.label) for h in held])
        self.fields["outcome"].widget = forms.Select(choices=list(outcomes.items()))

    def clean(self):
        cleaned = super().clean()
        holding = HOLDINGS.get(cleaned.get("holding"))
        known = {outcome.code for outcome in holding.outcomes} if holding else set()
        if cleaned.get("outcome") not in known:
            self.add_error("outcome", "Loại dữ liệu này không có kết quả đó.")
        return cleaned


@admin.register(RetentionPeriod)
class RetentionPeriodAdmin(ValidityAdmin):
    form = RetentionForm
    list_display = ["holding", "outcome", "months", "holds_from", "holds_to", "basis"]
    list_filter = ["holding"]
    fields = ["holding", "outcome", "months", "holds_from", "holds_to", "basis"]
    ordering = ["holding", "outcome", "-validity"]


@admin.register(Reorganisation)
class ReorganisationAdmin(admin.ModelAdmin):
    list_display = ["title", "legal_basis", "effective_on", "applied_at"]
    ordering = ["-effective_on"]


@admin.register(UnitSuccession)
class UnitSuccessionAdmin(RecordedAdmin):
    list_display = ["predecessor", "successor", "effective_on", "legal_basis"]
    list_filter = ["effective_on"]
    list_select_related = ["predecessor", "successor"]
    search_fields = ["predecessor__search_name", "successor__search_name"]


class HouseAdmin(ValidityAdmin):
    """What papers bear; an empty unit is the provincial People's Committee."""

    list_select_related = ["unit"]
    autocomplete_fields = ["unit"]
    ordering = ["unit", "-validity"]

    @admin.display(description="cơ quan", ordering="unit")
    def office(self, obj):
        return obj.unit or "Ủy ban nhân dân tỉnh"


@admin.register(Letterhead)
class LetterheadAdmin(HouseAdmin):
    list_display = ["office", "issuing_body", "abbreviation", "place", "holds_from", "holds_to", "basis"]
    fields = [
        *("unit", "parent_body", "issuing_body", "abbreviation", "place"),
        *("holds_from", "holds_to", "basis"),
    ]


@admin.register(Signer)
class SignerAdmin(HouseAdmin):
    list_display = ["name", "office", "authority", "is_usual", "holds_from", "holds_to", "basis"]
    fields = ["unit", "name", "authority", "is_usual", "holds_from", "holds_to", "basis"]


@admin.register(RecipientList)
class RecipientListAdmin(HouseAdmin):
    list_display = ["paper", "office", "lines", "holds_from", "holds_to", "basis"]
    list_filter = ["paper"]
    fields = ["unit", "paper", "lines", "holds_from", "holds_to", "basis"]


@admin.register(LegalBasis)
class LegalBasisAdmin(ValidityAdmin):
    list_display = ["code", "citation", "holds_from", "holds_to", "source"]
    search_fields = ["code", "citation"]
    fields = ["code", "citation", "position", "holds_from", "holds_to", "source"]

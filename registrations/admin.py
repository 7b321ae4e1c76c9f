from django.contrib import admin

from registrations.models import (
    Campaign,
    Evaluation,
    Extension,
    Obligation,
    Period,
    PilotNorm,
    PriorityField,
    Registration,
    RegistrationVersion,
    Reminder,
    ReminderRule,
    Report,
)
from units.rules import is_administrator


class ReadOnlyAdmin(admin.ModelAdmin):
    """What has a state or sets days changes through its workflow only; here it is looked at."""

    def has_view_permission(self, request, obj=None):
        return is_administrator(request.user)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class NeverDeletedAdmin(admin.ModelAdmin):
    def has_delete_permission(self, request, obj=None):
        return False


class PriorityFieldInline(admin.TabularInline):
    model = PriorityField
    extra = 0


@admin.register(Campaign)
class CampaignAdmin(ReadOnlyAdmin):
    list_display = ["code", "name", "first_year", "last_year", "criteria_set", "is_assumed"]
    inlines = [PriorityFieldInline]


@admin.register(Period)
class PeriodAdmin(ReadOnlyAdmin):
    list_display = ["year", "campaign", "opens_on", "last_day", "locks_on", "report_last_day"]
    list_filter = ["campaign"]


@admin.register(PilotNorm)
class PilotNormAdmin(NeverDeletedAdmin):
    list_display = ["campaign", "level", "at_least", "at_most", "clause"]
    list_select_related = ["campaign"]


@admin.register(Obligation)
class ObligationAdmin(ReadOnlyAdmin):
    list_display = ["unit", "period", "kind", "due", "met_at", "is_waived"]
    list_filter = ["period", "kind", "is_waived"]
    list_select_related = ["unit", "period"]
    search_fields = ["unit__search_name"]


@admin.register(Extension)
class ExtensionAdmin(ReadOnlyAdmin):
    list_display = ["obligation", "last_day", "granted_by", "granted_at", "ended_at"]
    list_select_related = ["obligation__unit", "obligation__period", "granted_by"]


@admin.register(ReminderRule)
class ReminderRuleAdmin(ReadOnlyAdmin):
    list_display = ["kind", "days_before", "audience", "wording", "valid_from", "valid_to"]
    list_select_related = ["wording"]


@admin.register(Reminder)
class ReminderAdmin(ReadOnlyAdmin):
    list_display = ["obligation", "user", "rule", "due"]
    list_select_related = ["obligation__unit", "obligation__period", "user", "rule"]


@admin.register(Registration)
class RegistrationAdmin(ReadOnlyAdmin):
    list_display = ["reference", "unit", "period", "state", "filed_at", "is_late"]
    list_filter = ["period", "state", "is_late"]
    list_select_related = ["unit", "period"]
    search_fields = ["reference", "unit__search_name"]


@admin.register(RegistrationVersion)
class RegistrationVersionAdmin(ReadOnlyAdmin):
    list_display = ["registration", "number", "filed_at", "filed_by", "is_late"]
    list_select_related = ["registration__unit", "registration__period", "filed_by"]


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    list_display = ["reference", "unit", "period", "state", "submitted_at", "is_late"]
    list_filter = ["period", "state", "is_late"]
    list_select_related = ["unit", "period"]
    search_fields = ["reference", "unit__search_name"]


@admin.register(Evaluation)
class EvaluationAdmin(ReadOnlyAdmin):
    list_display = ["report", "at", "on_verified", "engine_version"]
    list_select_related = ["report__unit", "report__period"]

from django.contrib import admin

from criteria.enums import SetState
from criteria.models import CriteriaSet, Criterion


def _is_draft(criteria_set) -> bool:
    return criteria_set is None or criteria_set.state == SetState.DRAFT


class CriterionInline(admin.StackedInline):
    model = Criterion
    extra = 0

    def has_add_permission(self, request, obj=None):
        return _is_draft(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        return _is_draft(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return _is_draft(obj) and super().has_delete_permission(request, obj)


@admin.register(CriteriaSet)
class CriteriaSetAdmin(admin.ModelAdmin):
    """Read-only once a set has left the draft: its criteria bind from then on."""

    list_display = ["code", "title", "valid_from", "valid_to", "state", "is_assumed"]
    readonly_fields = ["uid", "state", "sha256"]
    inlines = [CriterionInline]

    def has_change_permission(self, request, obj=None):
        return _is_draft(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return _is_draft(obj) and super().has_delete_permission(request, obj)

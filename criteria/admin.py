"""To be read only: no rule lets anyone add, change or delete criteria; sets come by `import_criteria`."""

from django.contrib import admin

from criteria.models import CriteriaSet, Criterion


class CriterionInline(admin.StackedInline):
    model = Criterion
    extra = 0


@admin.register(CriteriaSet)
class CriteriaSetAdmin(admin.ModelAdmin):
    list_display = ["code", "title", "valid_from", "valid_to", "state", "is_assumed"]
    readonly_fields = ["sha256"]
    inlines = [CriterionInline]

"""The journal, to be read in words; no rule lets anyone add, change or delete of it."""

from django.contrib import admin

from core.models import Event
from reports import journal


class ActFilter(admin.SimpleListFilter):
    title = "hành động"
    parameter_name = "act"

    def lookups(self, request, model_admin):
        return sorted(journal.ACTS.items(), key=lambda pair: pair[1])

    def queryset(self, request, queryset):
        return queryset.filter(act=self.value()) if self.value() else queryset


class KindFilter(admin.SimpleListFilter):
    title = "loại"
    parameter_name = "object_type"

    def lookups(self, request, model_admin):
        return sorted(journal.kinds().items(), key=lambda pair: pair[1])

    def queryset(self, request, queryset):
        return queryset.filter(object_type=self.value()) if self.value() else queryset


@admin.register(Event)
class EventAdmin(admin.ModelAdmin):
    list_display = ["at", "did", "about", "actor_name", "acting_unit_name", "came_from", "went_to"]
    list_filter = [ActFilter, KindFilter]
    search_fields = ["object_uid__exact", "case_uid__exact", "actor_name"]
    date_hierarchy = "at"
    ordering = ["-id"]
    fields = [
        "at",
        "did",
        "about",
        "object_uid",
        "case_uid",
        "actor_name",
        "acting_unit_name",
        "came_from",
        "went_to",
        "comment",
        "data",
    ]
    readonly_fields = ["did", "about", "came_from", "went_to", "comment", "data"]

    @admin.display(description="hành động", ordering="act")
    def did(self, event):
        return journal.act_words(event.act)

    @admin.display(description="loại", ordering="object_type")
    def about(self, event):
        return journal.kind_words(event.object_type)

    @admin.display(description="từ trạng thái", empty_value="–")
    def came_from(self, event):
        return journal.state_words(event.object_type, event.before) or None

    @admin.display(description="đến trạng thái", empty_value="–")
    def went_to(self, event):
        return journal.state_words(event.object_type, event.after) or None

    @admin.display(description="ý kiến", empty_value="–")
    def comment(self, event):
        return event.payload.comment if hasattr(event, "payload") else None

    @admin.display(description="dữ liệu", empty_value="–")
    def data(self, event):
        return event.payload.data if hasattr(event, "payload") else None

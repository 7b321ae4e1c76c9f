from datetime import timedelta

from django.contrib import admin

from awards.models import (
    Award,
    AwardForm,
    BaseSalary,
    CertificateLayout,
    ConsultationRule,
    Decision,
    DocumentRequirement,
    Dossier,
    Exemplar,
    Fund,
    FundYear,
    LayoutField,
    Nominee,
    PositionRank,
    PostingRule,
    PrizeCoefficient,
    PrizeRule,
    Proposal,
    PublicRecord,
    Quota,
    RevocationGround,
    RuleSet,
    TimeLimit,
)


@admin.display(description="từ ngày", ordering="validity")
def holds_from(row):
    return row.validity.lower


@admin.display(description="đến hết ngày")
def holds_to(row):
    return row.validity.upper and row.validity.upper - timedelta(days=1)


class RequirementInline(admin.TabularInline):
    model = DocumentRequirement
    extra = 0
    can_delete = False


@admin.register(RuleSet)
class RuleSetAdmin(admin.ModelAdmin):
    list_display = ["code", "name", holds_from, holds_to, "processing_days"]
    filter_horizontal = ["bases"]
    inlines = [RequirementInline]


@admin.register(AwardForm)
class AwardFormAdmin(admin.ModelAdmin):
    list_display = ["code", "name", "authority"]


@admin.register(BaseSalary)
class BaseSalaryAdmin(admin.ModelAdmin):
    list_display = ["amount", holds_from, holds_to, "basis"]


@admin.register(PrizeCoefficient)
class PrizeCoefficientAdmin(admin.ModelAdmin):
    list_display = ["form", "nominee_kind", "hundredths", holds_from, holds_to, "basis"]
    list_select_related = ["form"]


@admin.register(PrizeRule)
class PrizeRuleAdmin(admin.ModelAdmin):
    list_display = ["rounding", "step", "coefficient_day", holds_from, holds_to, "basis"]


@admin.register(Fund)
class FundAdmin(admin.ModelAdmin):
    list_display = ["code", "name", "basis"]
    filter_horizontal = ["forms"]


@admin.register(FundYear)
class FundYearAdmin(admin.ModelAdmin):
    list_display = ["fund", "year", "ceiling", "warn_percent", "basis"]
    list_select_related = ["fund"]


@admin.register(TimeLimit)
class TimeLimitAdmin(admin.ModelAdmin):
    list_display = ["step", "working_days", holds_from, holds_to, "basis"]


@admin.register(RevocationGround)
class RevocationGroundAdmin(admin.ModelAdmin):
    list_display = ["code", "text", "basis", holds_from, holds_to]


class LayoutFieldInline(admin.TabularInline):
    model = LayoutField
    extra = 1


@admin.register(CertificateLayout)
class CertificateLayoutAdmin(admin.ModelAdmin):
    list_display = ["name", "form", "width", "height", "is_in_use"]
    list_select_related = ["form"]
    inlines = [LayoutFieldInline]


@admin.register(Quota)
class QuotaAdmin(admin.ModelAdmin):
    list_display = ["campaign", "form", "nominee_kind", "number", "basis"]
    list_select_related = ["campaign", "form"]


@admin.register(PositionRank)
class PositionRankAdmin(admin.ModelAdmin):
    list_display = ["words", "rank"]


@admin.register(PostingRule)
class PostingRuleAdmin(admin.ModelAdmin):
    list_display = ["form", "working_days", "is_required", holds_from, holds_to, "basis"]
    list_select_related = ["form"]


@admin.register(ConsultationRule)
class ConsultationRuleAdmin(admin.ModelAdmin):
    list_display = ["topic", "office", "working_days", "silence", holds_from, holds_to, "basis"]


class ReadOnlyAdmin(admin.ModelAdmin):
    """What has a state changes through its workflow only."""

    # Its page is for those who have a part in it, which the administrator has not.
    view_on_site = False

    def has_view_permission(self, request, obj=None):
        return request.user.is_superuser

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Dossier)
class DossierAdmin(ReadOnlyAdmin):
    list_display = ["reference", "unit", "campaign", "state", "submitted_at"]
    list_filter = ["state", "campaign"]
    list_select_related = ["unit", "campaign"]
    search_fields = ["reference", "unit__search_name"]


@admin.register(Nominee)
class NomineeAdmin(ReadOnlyAdmin):
    list_display = ["name", "kind", "unit", "state", "is_held"]
    list_filter = ["state", "kind"]
    list_select_related = ["unit"]
    search_fields = ["search_name"]
    exclude = ["identity_ciphertext", "identity_key", "identity_index"]


@admin.register(Proposal)
class ProposalAdmin(ReadOnlyAdmin):
    list_display = ["reference", "title", "state", "number", "signed_on"]
    list_filter = ["state"]


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    list_display = ["reference", "title", "state", "number", "signed_on"]
    list_filter = ["state"]


@admin.register(Award)
class AwardAdmin(ReadOnlyAdmin):
    list_display = ["reference", "name", "kind", "state", "prize_amount"]
    list_filter = ["state", "kind"]
    search_fields = ["reference", "search_name"]


@admin.register(PublicRecord)
class PublicRecordAdmin(ReadOnlyAdmin):
    list_display = ["sequence", "kind", "uid", "state", "is_latest", "published_at"]
    list_filter = ["kind", "state"]


@admin.register(Exemplar)
class ExemplarAdmin(ReadOnlyAdmin):
    list_display = ["title", "name", "kind", "state", "published_at"]
    list_filter = ["state", "kind"]
    search_fields = ["title", "search_name"]

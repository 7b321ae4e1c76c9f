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


class RequirementInline(admin.TabularInline):
    model = DocumentRequirement
    extra = 0
    can_delete = False


@admin.register(RuleSet)
class RuleSetAdmin(admin.ModelAdmin):
    list_display = ["code", "name", "validity", "processing_days"]
    filter_horizontal = ["bases"]
    inlines = [RequirementInline]


@admin.register(AwardForm)
class AwardFormAdmin(admin.ModelAdmin):
    list_display = ["code", "name", "authority"]


@admin.register(BaseSalary)
class BaseSalaryAdmin(admin.ModelAdmin):
    list_display = ["amount", "validity", "basis"]


@admin.register(PrizeCoefficient)
class PrizeCoefficientAdmin(admin.ModelAdmin):
    list_display = ["form", "nominee_kind", "hundredths", "validity", "basis"]
    list_select_related = ["form"]


@admin.register(PrizeRule)
class PrizeRuleAdmin(admin.ModelAdmin):
    list_display = ["rounding", "step", "coefficient_day", "validity", "basis"]


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
    list_display = ["step", "working_days", "validity", "basis"]


@admin.register(RevocationGround)
class RevocationGroundAdmin(admin.ModelAdmin):
    list_display = ["code", "text", "basis", "validity"]


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
    list_display = ["form", "working_days", "is_required", "validity", "basis"]
    list_select_related = ["form"]


@admin.register(ConsultationRule)
class ConsultationRuleAdmin(admin.ModelAdmin):
    list_display = ["topic", "office", "working_days", "silence", "validity", "basis"]


class ReadOnlyAdmin(admin.ModelAdmin):
    """What has a state changes through its workflow only."""

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

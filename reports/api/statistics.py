"""How much was published: numbers of awards, and the progress of the movement as its lead published it."""

from django.http import JsonResponse
from rest_framework import serializers

from awards.enums import NomineeKind, PublicState
from awards.models import AwardForm, PublicCount
from core.api.answers import file_answer
from core.api.asked import WholeNumber
from core.api.fields import AskedFormat, AskedSequence
from reports import datasets
from reports.api import examples
from reports.api.published import Form, PublishedList, described
from units.enums import Tier


class StatisticSerializer(serializers.Serializer):
    year = serializers.IntegerField(help_text="Năm của Quyết định")
    award = Form()
    nominee_kind = serializers.ChoiceField(choices=NomineeKind.choices)
    state = serializers.ChoiceField(choices=PublicState.choices)
    number = serializers.IntegerField(help_text="Số tập thể, hộ gia đình hoặc cá nhân")


class AskedStatistics(AskedFormat):
    year = WholeNumber(required=False, min_value=2000, max_value=2100, help_text="Năm của Quyết định.")


class Statistics(PublishedList):
    asked, listing = AskedStatistics, datasets.STATISTICS

    @described(
        StatisticSerializer,
        many=True,
        operation_id="statistics_list",
        tags=["Thống kê"],
        summary="Số khen thưởng đã công bố",
        description=(
            "Số tập thể, hộ gia đình, cá nhân theo năm, hình thức và trạng thái; cộng lại đúng bằng số kết"
            " quả đã công bố. `next` luôn là null."
        ),
        parameters=[AskedStatistics],
        example={"results": [examples.STATISTIC], "next": None},
    )
    def get(self, request):
        return self.answer(request)

    def page(self, request, asked, last):
        return JsonResponse({"results": self._rows(asked), "next": None})

    def file(self, asked, file_format):
        rows = self._rows(asked)
        return file_answer(
            self.listing, self.listing.values_of(rows), total=len(rows), file_format=file_format
        )

    def _rows(self, asked):
        counts = PublicCount.objects.filter(kind="award", number__gt=0).order_by(
            "-year", "award_code", "nominee_kind", "state"
        )
        if "year" in asked:
            counts = counts.filter(year=asked["year"])
        names = dict(AwardForm.objects.values_list("code", "name"))
        return [
            {
                "year": count.year,
                "award": {"code": count.award_code, "name": names[count.award_code]},
                "nominee_kind": count.nominee_kind,
                "state": count.state,
                "number": count.number,
            }
            for count in counts
        ]


class TierProgress(serializers.Serializer):
    tier = serializers.ChoiceField(choices=Tier.choices)
    required = serializers.IntegerField(help_text="Số đơn vị phải đăng ký")
    filed = serializers.IntegerField(help_text="Số đơn vị đã nộp đăng ký")
    on_time = serializers.IntegerField(help_text="Số đơn vị nộp đúng hạn")
    confirmed = serializers.IntegerField(help_text="Số đăng ký đã được xác nhận")


class CriterionProgress(serializers.Serializer):
    code = serializers.CharField()
    tier = serializers.CharField()
    text = serializers.CharField()
    measured = serializers.IntegerField(help_text="Số đơn vị có số liệu đã thẩm định, tiêu chí có áp dụng")
    met = serializers.IntegerField(help_text="Số đơn vị đạt")


class ProgressSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    campaign = serializers.CharField()
    year = serializers.IntegerField()
    as_of = serializers.DateField(help_text="Ngày chốt số liệu")
    tiers = TierProgress(many=True)
    criteria = CriterionProgress(many=True)
    state = serializers.ChoiceField(choices=PublicState.choices)
    published_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class AskedProgress(AskedSequence):
    year = WholeNumber(required=False, min_value=2000, max_value=2100, help_text="Năm của kỳ thi đua.")


class Progress(PublishedList):
    kind, asked, listing = "progress", AskedProgress, datasets.PROGRESS

    @described(
        ProgressSerializer,
        many=True,
        operation_id="progress_list",
        tags=["Thống kê"],
        summary="Tiến độ phong trào đã công bố",
        description=(
            "Số liệu tổng hợp của tỉnh theo năm, do cơ quan thường trực công bố: đăng ký theo cấp, kết quả"
            " theo tiêu chí; không có số liệu của riêng đơn vị nào."
        ),
        parameters=[AskedProgress],
        example={"results": [examples.PROGRESS], "next": None},
    )
    def get(self, request):
        return self.answer(request)

    def flat(self, answer):
        return datasets.tidy(answer)

import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_initial"),
        ("units", "0002_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CriteriaSet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="mã bộ tiêu chí")),
                ("title", models.CharField(max_length=200, verbose_name="tên")),
                ("valid_from", models.DateField(verbose_name="áp dụng từ")),
                ("valid_to", models.DateField(verbose_name="áp dụng đến hết")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Bản nháp"),
                            ("in_force", "Đang áp dụng"),
                            ("superseded", "Đã thay thế"),
                            ("retired", "Đã thôi áp dụng"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="trạng thái",
                    ),
                ),
                ("basis", models.CharField(max_length=400, verbose_name="căn cứ")),
                ("is_assumed", models.BooleanField(default=False, verbose_name="giả định")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="ghi chú")),
                (
                    "ranks_procedures_apart",
                    models.BooleanField(
                        default=False, verbose_name="xếp hạng riêng đơn vị có và không có thủ tục hành chính"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="phiên bản")),
                ("sha256", models.CharField(editable=False, max_length=64, verbose_name="mã băm nội dung")),
            ],
            options={
                "verbose_name": "bộ tiêu chí",
                "verbose_name_plural": "bộ tiêu chí",
                "ordering": ["valid_from", "code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_from__lte", models.F("valid_to"))),
                        name="criteria_set_ends_after_it_begins",
                        violation_error_message="Ngày hết áp dụng phải sau ngày bắt đầu.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_assumed", False), models.Q(("note", ""), _negated=True), _connector="OR"
                        ),
                        name="criteria_set_assumed_says_so",
                        violation_error_message="Bộ tiêu chí giả định phải ghi chú giả định từ đâu.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("state", "in_force")),
                        expressions=[
                            (
                                models.Func(
                                    models.F("valid_from"),
                                    models.F("valid_to"),
                                    models.Value("[]"),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            )
                        ],
                        name="criteria_set_in_force_never_overlaps",
                        violation_error_message="Đã có bộ tiêu chí khác đang áp dụng trong thời gian này.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Criterion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "criteria_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="criteria",
                        to="criteria.criteriaset",
                        verbose_name="bộ tiêu chí",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="thứ tự")),
                ("code", models.CharField(max_length=20, verbose_name="mã")),
                (
                    "tier",
                    models.CharField(
                        choices=[
                            ("provincial", "Cấp tỉnh"),
                            ("district", "Cấp huyện"),
                            ("commune", "Cấp xã"),
                            ("enterprise", "Doanh nghiệp"),
                            ("individual", "Cá nhân"),
                        ],
                        max_length=12,
                        verbose_name="cấp",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="tên gọi")),
                ("clause", models.CharField(max_length=120, verbose_name="điều khoản")),
                ("text", models.TextField(verbose_name="nguyên văn")),
                (
                    "operator",
                    models.CharField(
                        choices=[
                            ("ge", "tối thiểu"),
                            ("gt", "trên"),
                            ("eq", "đủ"),
                            ("yes_no", "có hoặc chưa có"),
                            ("judged", "xét theo minh chứng"),
                        ],
                        max_length=8,
                        verbose_name="phép so sánh",
                    ),
                ),
                (
                    "threshold",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="ngưỡng (%)"),
                ),
                ("numerator_label", models.CharField(blank=True, max_length=200, verbose_name="tử số")),
                ("denominator_label", models.CharField(blank=True, max_length=200, verbose_name="mẫu số")),
                ("exclusion", models.CharField(blank=True, max_length=200, verbose_name="không tính")),
                ("unit_word", models.CharField(blank=True, max_length=40, verbose_name="đơn vị tính")),
                ("is_required", models.BooleanField(default=True, verbose_name="bắt buộc")),
                ("points", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="điểm")),
                ("note", models.TextField(blank=True, verbose_name="cách hiểu")),
                (
                    "evidence_wanted",
                    models.CharField(blank=True, max_length=300, verbose_name="minh chứng cần có"),
                ),
                (
                    "exempt",
                    models.CharField(
                        choices=[
                            ("any", "Mọi đơn vị, khi nêu được lý do"),
                            ("no_procedures", "Chỉ đơn vị không có thủ tục hành chính"),
                            ("none", "Không đơn vị nào"),
                        ],
                        default="any",
                        max_length=16,
                        verbose_name="ai được ghi không áp dụng",
                    ),
                ),
            ],
            options={
                "verbose_name": "tiêu chí",
                "verbose_name_plural": "tiêu chí",
                "ordering": ["criteria_set__valid_from", "criteria_set", "position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("criteria_set", "code"),
                        name="criterion_code_is_unique_in_its_set",
                        violation_error_message="Mã tiêu chí đã có trong bộ này.",
                    ),
                    models.UniqueConstraint(
                        fields=("criteria_set", "position"),
                        name="criterion_position_is_unique_in_its_set",
                        violation_error_message="Thứ tự này đã có tiêu chí khác trong bộ.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("operator", "ge"),
                                ("threshold__isnull", False),
                                ("threshold__range", (1, 100)),
                            ),
                            models.Q(
                                ("operator", "gt"),
                                ("threshold__isnull", False),
                                ("threshold__range", (1, 99)),
                            ),
                            models.Q(("operator", "eq"), ("threshold", 100), ("threshold__isnull", False)),
                            models.Q(("operator__in", ["yes_no", "judged"]), ("threshold__isnull", True)),
                            _connector="OR",
                        ),
                        name="criterion_threshold_fits_its_operator",
                        violation_error_message="Ngưỡng phải từ 1 đến 100 (“tối thiểu”), từ 1 đến 99 (“trên”) hoặc đúng 100 (“đủ”); tiêu chí không tính bằng tỷ lệ thì không có ngưỡng.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("denominator_label", ""),
                                ("numerator_label", ""),
                                ("operator__in", ["yes_no", "judged"]),
                                ("unit_word", ""),
                            ),
                            models.Q(
                                ("operator__in", ["ge", "gt", "eq"]),
                                models.Q(("unit_word", ""), _negated=True),
                                models.Q(("numerator_label", ""), _negated=True),
                                models.Q(("denominator_label", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="criterion_ratio_says_what_it_counts",
                        violation_error_message="Tiêu chí tính bằng tỷ lệ phải nói rõ tử số, mẫu số và đơn vị tính.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Scale",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "criteria_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scales",
                        to="criteria.criteriaset",
                        verbose_name="bộ tiêu chí",
                    ),
                ),
                ("number", models.CharField(max_length=60, verbose_name="số, ký hiệu văn bản")),
                ("issued_on", models.DateField(verbose_name="ngày văn bản")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="core.file", verbose_name="văn bản"
                    ),
                ),
                ("points", models.JSONField(default=dict, verbose_name="điểm")),
                ("recorded_at", models.DateTimeField(verbose_name="ghi nhận lúc")),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người ghi nhận",
                    ),
                ),
            ],
            options={
                "verbose_name": "thang điểm",
                "verbose_name_plural": "thang điểm",
                "ordering": ["id"],
            },
        ),
    ]

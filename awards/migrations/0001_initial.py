import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import awards.models.regime


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_initial"),
        ("registrations", "0001_initial"),
        ("units", "0002_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="AwardForm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="mã")),
                ("name", models.CharField(max_length=120, verbose_name="tên")),
                ("authority", models.CharField(max_length=120, verbose_name="người có thẩm quyền")),
                (
                    "route",
                    models.CharField(
                        choices=[
                            ("proposed", "Đơn vị đề nghị, Chủ tịch Ủy ban nhân dân tỉnh quyết định"),
                            ("recorded", "Đơn vị tự quyết định và ghi nhận tại cổng"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="ai quyết định",
                    ),
                ),
                (
                    "nominee_kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("collective", "Tập thể"),
                                ("household", "Hộ gia đình"),
                                ("individual", "Cá nhân"),
                            ],
                            max_length=12,
                        ),
                        default=awards.models.regime.every_nominee_kind,
                        size=None,
                        verbose_name="đối tượng được xét",
                    ),
                ),
                (
                    "issuer_kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("department", "Sở, ban, ngành"),
                                ("party", "Cơ quan Đảng"),
                                ("elected_body_office", "Văn phòng cơ quan dân cử"),
                                ("mass_organisation", "Mặt trận, đoàn thể, hội"),
                                ("central_body", "Cơ quan trung ương tại tỉnh"),
                                ("public_service", "Đơn vị sự nghiệp công lập"),
                                ("section", "Bộ phận thuộc sở, ban, ngành"),
                                ("district", "Huyện, thị xã, thành phố"),
                                ("commune", "Xã, phường, thị trấn"),
                                ("enterprise", "Doanh nghiệp"),
                                ("cooperative", "Hợp tác xã"),
                                ("household_business", "Hộ kinh doanh"),
                            ],
                            max_length=24,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="đơn vị được tặng",
                    ),
                ),
                (
                    "is_at_final_review",
                    models.BooleanField(default=False, verbose_name="chỉ xét dịp tổng kết"),
                ),
                ("basis", models.CharField(blank=True, max_length=300, verbose_name="căn cứ")),
            ],
            options={
                "verbose_name": "hình thức khen thưởng",
                "verbose_name_plural": "hình thức khen thưởng",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="BaseSalary",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("amount", models.PositiveIntegerField(verbose_name="đồng/tháng")),
                ("validity", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="hiệu lực")),
                ("basis", models.CharField(max_length=200, verbose_name="căn cứ")),
            ],
            options={
                "verbose_name": "mức lương cơ sở",
                "verbose_name_plural": "mức lương cơ sở",
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("validity", "&&")],
                        name="base_salaries_do_not_overlap",
                        violation_error_message="Đã có mức lương cơ sở trong thời gian này.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="base_salary_is_positive"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CertificateLayout",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "form",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="layouts",
                        to="awards.awardform",
                        verbose_name="hình thức",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="tên phôi")),
                (
                    "width",
                    models.DecimalField(
                        decimal_places=1,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(50),
                            django.core.validators.MaxValueValidator(1000),
                        ],
                        verbose_name="rộng (mm)",
                    ),
                ),
                (
                    "height",
                    models.DecimalField(
                        decimal_places=1,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(50),
                            django.core.validators.MaxValueValidator(1000),
                        ],
                        verbose_name="cao (mm)",
                    ),
                ),
                (
                    "shift_x",
                    models.DecimalField(
                        decimal_places=1,
                        default=0,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(-50),
                            django.core.validators.MaxValueValidator(50),
                        ],
                        verbose_name="dịch sang phải (mm)",
                    ),
                ),
                (
                    "shift_y",
                    models.DecimalField(
                        decimal_places=1,
                        default=0,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(-50),
                            django.core.validators.MaxValueValidator(50),
                        ],
                        verbose_name="dịch xuống (mm)",
                    ),
                ),
                ("is_in_use", models.BooleanField(default=True, verbose_name="đang dùng")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="ghi chú")),
            ],
            options={
                "verbose_name": "phôi in",
                "verbose_name_plural": "phôi in",
                "ordering": ["form", "name"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_in_use", True)),
                        fields=("form",),
                        name="form_has_one_layout_in_use",
                        violation_error_message="Hình thức này đã có phôi đang dùng.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ConsultationRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "topic",
                    models.CharField(
                        choices=[
                            ("tax", "Nghĩa vụ thuế"),
                            ("social_insurance", "Bảo hiểm xã hội"),
                            ("environment", "Bảo vệ môi trường"),
                            ("police", "Chấp hành pháp luật"),
                            ("other", "Nội dung khác"),
                        ],
                        max_length=20,
                        verbose_name="lĩnh vực",
                    ),
                ),
                ("office", models.CharField(max_length=200, verbose_name="cơ quan được xin ý kiến")),
                ("question", models.CharField(max_length=500, verbose_name="nội dung xin ý kiến")),
                (
                    "working_days",
                    models.PositiveSmallIntegerField(verbose_name="số ngày làm việc để trả lời"),
                ),
                (
                    "silence",
                    models.CharField(
                        choices=[
                            ("agrees", "Quá hạn không trả lời: coi như thống nhất, không có ý kiến khác."),
                            ("wait", "Quá hạn không trả lời: chưa kết luận được, phải có văn bản trả lời."),
                        ],
                        max_length=12,
                        verbose_name="khi không trả lời",
                    ),
                ),
                ("basis", models.CharField(max_length=300, verbose_name="căn cứ")),
                (
                    "validity",
                    django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="áp dụng trong"),
                ),
            ],
            options={
                "verbose_name": "quy định xin ý kiến",
                "verbose_name_plural": "quy định xin ý kiến",
                "ordering": ["topic"],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("topic", "="), ("validity", "&&")],
                        name="consultation_rules_do_not_overlap",
                        violation_error_message="Đã có quy định cho lĩnh vực này trong thời gian đó.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("working_days__gt", 0)), name="consultation_rule_gives_time"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Exemplar",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exemplars",
                        to="registrations.campaign",
                        verbose_name="giai đoạn",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("collective", "Tập thể"),
                            ("household", "Hộ gia đình"),
                            ("individual", "Cá nhân"),
                        ],
                        max_length=12,
                        verbose_name="đối tượng",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="tên điển hình")),
                (
                    "place",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="chức vụ, nơi công tác hoặc nơi ở"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exemplars",
                        to="units.unit",
                        verbose_name="đơn vị",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="tiêu đề bài")),
                ("summary", models.CharField(max_length=400, verbose_name="tóm tắt")),
                ("body", models.TextField(verbose_name="nội dung")),
                (
                    "award_reference",
                    models.CharField(blank=True, max_length=20, verbose_name="mã tra cứu khen thưởng"),
                ),
                (
                    "image",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.file",
                        verbose_name="ảnh",
                    ),
                ),
                ("image_alt", models.CharField(blank=True, max_length=200, verbose_name="mô tả ảnh")),
                ("search_name", models.CharField(editable=False, max_length=200)),
                ("version", models.PositiveIntegerField(default=1, verbose_name="phiên bản")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Đang soạn"), ("published", "Đã đăng"), ("withdrawn", "Đã gỡ")],
                        default="draft",
                        max_length=12,
                        verbose_name="trạng thái",
                    ),
                ),
                ("payload", models.JSONField(blank=True, null=True, verbose_name="bài đã đăng")),
                (
                    "published_image",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.file",
                        verbose_name="ảnh đã đăng",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="tạo lúc")),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người viết",
                    ),
                ),
                (
                    "first_published_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="đăng lần đầu lúc"),
                ),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="đăng lúc")),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "điển hình tiên tiến",
                "verbose_name_plural": "điển hình tiên tiến",
                "ordering": ["-first_published_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            models.Q(
                                ("payload__isnull", False),
                                ("published_at__isnull", False),
                                ("published_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="exemplar_published_has_its_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("image__isnull", True),
                            models.Q(("image_alt", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="exemplar_image_is_described",
                        violation_error_message="Ghi mô tả ảnh cho người không xem được ảnh.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FormOpening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "form",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="openings",
                        to="awards.awardform",
                        verbose_name="hình thức khen thưởng",
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="openings",
                        to="registrations.campaign",
                        verbose_name="giai đoạn",
                    ),
                ),
                ("opens_on", models.DateField(verbose_name="nhận hồ sơ từ ngày")),
                ("closes_on", models.DateField(verbose_name="đến hết ngày")),
                ("basis", models.CharField(max_length=300, verbose_name="căn cứ")),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người mở",
                    ),
                ),
                ("opened_at", models.DateTimeField(verbose_name="mở lúc")),
            ],
            options={
                "verbose_name": "đợt nhận hồ sơ",
                "verbose_name_plural": "đợt nhận hồ sơ",
                "ordering": ["-opens_on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("closes_on__gte", models.F("opens_on"))),
                        name="opening_ends_after_it_begins",
                        violation_error_message="Ngày cuối phải từ ngày đầu trở đi.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("basis", ""), _negated=True), name="opening_has_a_basis"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Fund",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="mã")),
                ("name", models.CharField(max_length=200, verbose_name="tên")),
                ("basis", models.CharField(max_length=300, verbose_name="căn cứ")),
                (
                    "forms",
                    models.ManyToManyField(
                        blank=True,
                        related_name="funds",
                        to="awards.awardform",
                        verbose_name="trả tiền thưởng cho hình thức",
                    ),
                ),
            ],
            options={
                "verbose_name": "quỹ thi đua, khen thưởng",
                "verbose_name_plural": "quỹ thi đua, khen thưởng",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="FundYear",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "fund",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="years", to="awards.fund"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="năm")),
                ("ceiling", models.PositiveBigIntegerField(verbose_name="mức trần (đồng)")),
                (
                    "warn_percent",
                    models.PositiveSmallIntegerField(default=80, verbose_name="báo trước khi dùng đến (%)"),
                ),
                ("basis", models.CharField(max_length=300, verbose_name="căn cứ")),
            ],
            options={
                "verbose_name": "quỹ của một năm",
                "verbose_name_plural": "quỹ của các năm",
                "ordering": ["-year", "fund"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("fund", "year"),
                        name="fund_year_is_stated_once",
                        violation_error_message="Quỹ này đã có mức trần của năm đó.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("warn_percent__range", (1, 100))),
                        name="fund_year_warns_within_its_ceiling",
                        violation_error_message="Tỷ lệ báo trước từ 1 đến 100 %.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LayoutField",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "layout",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="fields",
                        to="awards.certificatelayout",
                    ),
                ),
                (
                    "content",
                    models.CharField(
                        choices=[
                            ("name", "Tên người, tập thể, hộ (kèm Ông, Bà)"),
                            ("position", "Chức vụ, đơn vị"),
                            ("achievement", "Thành tích (Đã có thành tích …)"),
                            ("decision", "Quyết định số … ngày …"),
                            ("decision_number", "Số Quyết định"),
                            ("register", "Số vào sổ"),
                            ("place_and_date", "Địa danh, ngày tháng năm"),
                            ("signer", "Người ký"),
                            ("text", "Chữ cố định"),
                            ("code", "Mã QR xác minh"),
                        ],
                        max_length=16,
                        verbose_name="nội dung",
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=200, verbose_name="chữ cố định")),
                (
                    "x",
                    models.DecimalField(
                        decimal_places=1,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1000),
                        ],
                        verbose_name="cách mép trái (mm)",
                    ),
                ),
                (
                    "y",
                    models.DecimalField(
                        decimal_places=1,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1000),
                        ],
                        verbose_name="cách mép trên (mm)",
                    ),
                ),
                (
                    "width",
                    models.DecimalField(
                        decimal_places=1,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(1000),
                        ],
                        verbose_name="rộng (mm)",
                    ),
                ),
                (
                    "size",
                    models.DecimalField(
                        decimal_places=1,
                        default=14,
                        max_digits=4,
                        validators=[
                            django.core.validators.MinValueValidator(6),
                            django.core.validators.MaxValueValidator(72),
                        ],
                        verbose_name="cỡ chữ (pt)",
                    ),
                ),
                (
                    "align",
                    models.CharField(
                        choices=[("left", "Trái"), ("center", "Giữa"), ("right", "Phải")],
                        default="center",
                        max_length=6,
                        verbose_name="canh",
                    ),
                ),
                ("is_bold", models.BooleanField(default=False, verbose_name="đậm")),
                ("is_italic", models.BooleanField(default=False, verbose_name="nghiêng")),
                ("is_upper", models.BooleanField(default=False, verbose_name="chữ hoa")),
            ],
            options={
                "verbose_name": "ô in",
                "verbose_name_plural": "các ô in",
                "ordering": ["y", "x", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("content", "text"), _negated=True),
                            models.Q(("text", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="layout_field_of_text_has_text",
                        violation_error_message="Ghi chữ cố định.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PositionRank",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.CharField(max_length=80, unique=True, verbose_name="chức vụ bắt đầu bằng")),
                ("search_words", models.CharField(editable=False, max_length=80)),
                ("rank", models.PositiveSmallIntegerField(help_text="1 đứng đầu.", verbose_name="thứ bậc")),
            ],
            options={
                "verbose_name": "thứ bậc chức vụ",
                "verbose_name_plural": "thứ bậc chức vụ",
                "ordering": ["rank", "words"],
            },
        ),
        migrations.CreateModel(
            name="PostingRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "form",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="awards.awardform",
                        verbose_name="hình thức khen thưởng",
                    ),
                ),
                (
                    "working_days",
                    models.PositiveSmallIntegerField(default=0, verbose_name="số ngày làm việc"),
                ),
                ("is_required", models.BooleanField(default=False, verbose_name="bắt buộc")),
                ("basis", models.CharField(max_length=300, verbose_name="căn cứ")),
                (
                    "validity",
                    django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="áp dụng trong"),
                ),
            ],
            options={
                "verbose_name": "quy định lấy ý kiến công khai",
                "verbose_name_plural": "quy định lấy ý kiến công khai",
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("form", "="), ("validity", "&&")],
                        name="posting_rules_do_not_overlap",
                        violation_error_message="Đã có quy định cho hình thức này trong thời gian đó.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_required", False), ("working_days__gt", 0), _connector="OR"),
                        name="posting_required_has_days",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PrizeCoefficient",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "form",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="awards.awardform"),
                ),
                (
                    "nominee_kind",
                    models.CharField(
                        choices=[
                            ("collective", "Tập thể"),
                            ("household", "Hộ gia đình"),
                            ("individual", "Cá nhân"),
                        ],
                        max_length=12,
                        verbose_name="đối tượng",
                    ),
                ),
                ("hundredths", models.PositiveIntegerField(verbose_name="hệ số × 100")),
                ("validity", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="hiệu lực")),
                ("basis", models.CharField(max_length=200, verbose_name="căn cứ")),
            ],
            options={
                "verbose_name": "hệ số tiền thưởng",
                "verbose_name_plural": "hệ số tiền thưởng",
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("form", "="), ("nominee_kind", "="), ("validity", "&&")],
                        name="coefficients_do_not_overlap",
                        violation_error_message="Đã có hệ số cho hình thức và đối tượng này trong thời gian đó.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PrizeRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "validity",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        verbose_name="áp dụng cho Quyết định ký trong"
                    ),
                ),
                (
                    "rounding",
                    models.CharField(
                        choices=[
                            ("up", "Làm tròn lên"),
                            ("nearest", "Làm tròn đến mức gần nhất"),
                            ("none", "Không làm tròn"),
                        ],
                        default="up",
                        max_length=8,
                        verbose_name="cách làm tròn",
                    ),
                ),
                ("step", models.PositiveIntegerField(default=10000, verbose_name="làm tròn đến (đồng)")),
                (
                    "coefficient_day",
                    models.CharField(
                        choices=[
                            ("decision", "Ngày ký Quyết định"),
                            ("receipt", "Ngày cơ quan thi đua - khen thưởng nhận hồ sơ"),
                        ],
                        default="decision",
                        max_length=8,
                        verbose_name="hệ số lấy theo",
                    ),
                ),
                ("basis", models.CharField(max_length=300, verbose_name="căn cứ")),
            ],
            options={
                "verbose_name": "cách tính tiền thưởng",
                "verbose_name_plural": "cách tính tiền thưởng",
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("validity", "&&")],
                        name="prize_rules_do_not_overlap",
                        violation_error_message="Đã có cách tính tiền thưởng trong thời gian này.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("step__gt", 0)), name="prize_rule_step_is_positive"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("year", models.PositiveSmallIntegerField()),
                ("award_code", models.CharField(blank=True, max_length=20)),
                ("nominee_kind", models.CharField(blank=True, max_length=12)),
                ("state", models.CharField(max_length=10)),
                ("number", models.PositiveIntegerField()),
            ],
            options={
                "verbose_name": "số bản ghi công khai",
                "verbose_name_plural": "số bản ghi công khai",
                "ordering": ("kind", "year", "award_code", "nominee_kind", "state"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "year", "award_code", "nominee_kind", "state"),
                        name="public_count_is_one_per_sort",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicRecord",
            fields=[
                ("sequence", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("award", "Khen thưởng"),
                            ("decision", "Quyết định"),
                            ("progress", "Tiến độ"),
                        ],
                        max_length=10,
                    ),
                ),
                ("uid", models.UUIDField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("valid", "Còn hiệu lực"),
                            ("corrected", "Đã đính chính"),
                            ("revoked", "Đã hủy bỏ"),
                        ],
                        default="valid",
                        max_length=10,
                    ),
                ),
                ("is_latest", models.BooleanField(default=True)),
                ("payload", models.JSONField()),
                ("published_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
                ("place", models.BigIntegerField()),
                ("answer", models.TextField()),
                ("reference", models.CharField(blank=True, max_length=20)),
                ("year", models.PositiveSmallIntegerField()),
                ("award_code", models.CharField(blank=True, max_length=20)),
                (
                    "nominee_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("collective", "Tập thể"),
                            ("household", "Hộ gia đình"),
                            ("individual", "Cá nhân"),
                        ],
                        max_length=12,
                    ),
                ),
                ("unit_uid", models.UUIDField(null=True)),
                ("decision_uid", models.UUIDField(null=True)),
                ("search_text", models.CharField(max_length=700)),
            ],
            options={
                "verbose_name": "bản ghi công khai",
                "verbose_name_plural": "bản ghi công khai",
                "ordering": ["-sequence"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_latest", True)),
                        fields=["kind", "-sequence"],
                        name="public_latest",
                    ),
                    models.Index(
                        condition=models.Q(("is_latest", True)), fields=["kind", "place"], name="public_place"
                    ),
                    models.Index(
                        condition=models.Q(("is_latest", True)),
                        fields=["kind", "year", "place"],
                        name="public_year",
                    ),
                    models.Index(
                        condition=models.Q(("is_latest", True)),
                        fields=["unit_uid", "place"],
                        name="public_unit",
                    ),
                    models.Index(fields=["uid", "-sequence"], name="public_history"),
                    models.Index(fields=["updated_at"], name="public_updated"),
                    models.Index(fields=["decision_uid", "sequence"], name="awards_publ_decisio_6a7b62_idx"),
                    models.Index(
                        condition=models.Q(("is_latest", True)), fields=["reference"], name="public_reference"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(models.F("search_text"), name="gin_trgm_ops"),
                        name="public_search",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_latest", True)),
                        fields=("uid",),
                        name="public_record_has_one_latest",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "progress"),
                            models.Q(
                                models.Q(("award_code", ""), _negated=True), ("decision_uid__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="public_award_names_its_decision",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Quota",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quotas",
                        to="registrations.campaign",
                        verbose_name="giai đoạn",
                    ),
                ),
                (
                    "form",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="awards.awardform",
                        verbose_name="hình thức khen thưởng",
                    ),
                ),
                (
                    "nominee_kind",
                    models.CharField(
                        choices=[
                            ("collective", "Tập thể"),
                            ("household", "Hộ gia đình"),
                            ("individual", "Cá nhân"),
                        ],
                        max_length=12,
                        verbose_name="đối tượng",
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="số lượng nhiều nhất")),
                ("basis", models.CharField(max_length=300, verbose_name="căn cứ")),
            ],
            options={
                "verbose_name": "chỉ tiêu khen thưởng",
                "verbose_name_plural": "chỉ tiêu khen thưởng",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "form", "nominee_kind"), name="quota_is_stated_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RecordedDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recorded_decisions",
                        to="units.unit",
                        verbose_name="đơn vị quyết định",
                    ),
                ),
                (
                    "form",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="awards.awardform",
                        verbose_name="hình thức khen thưởng",
                    ),
                ),
                ("number", models.CharField(max_length=60, verbose_name="số quyết định")),
                ("signed_on", models.DateField(verbose_name="ngày ký")),
                ("title", models.CharField(max_length=300, verbose_name="trích yếu")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.file",
                        verbose_name="bản đã ký",
                    ),
                ),
                ("achievement_from", models.DateField(verbose_name="thành tích từ ngày")),
                ("achievement_to", models.DateField(verbose_name="thành tích đến ngày")),
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
                ("cancelled_at", models.DateTimeField(blank=True, null=True, verbose_name="gỡ lúc")),
                ("cancelling_reason", models.CharField(blank=True, max_length=300, verbose_name="lý do gỡ")),
            ],
            options={
                "verbose_name": "Quyết định tặng Giấy khen",
                "verbose_name_plural": "Quyết định tặng Giấy khen",
                "ordering": ["-signed_on", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled_at__isnull", True)),
                        fields=("unit", "number", "signed_on"),
                        name="recorded_decision_is_recorded_once",
                        violation_error_message="Đơn vị đã ghi nhận Quyết định mang số này, ký cùng ngày.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("achievement_to__gte", models.F("achievement_from"))),
                        name="recorded_achievement_period_is_in_order",
                        violation_error_message="Thời gian lập thành tích: ngày cuối phải sau ngày đầu.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cancelled_at__isnull", True),
                            models.Q(("cancelling_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="recorded_decision_cancelled_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecordedAward",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="awards",
                        to="awards.recordeddecision",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("collective", "Tập thể"),
                            ("household", "Hộ gia đình"),
                            ("individual", "Cá nhân"),
                        ],
                        max_length=12,
                        verbose_name="đối tượng",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="họ tên hoặc tên tập thể")),
                (
                    "sex",
                    models.CharField(
                        blank=True,
                        choices=[("male", "Nam"), ("female", "Nữ")],
                        max_length=6,
                        verbose_name="giới tính",
                    ),
                ),
                ("birth_date", models.DateField(blank=True, null=True, verbose_name="ngày sinh")),
                (
                    "position",
                    models.CharField(blank=True, max_length=200, verbose_name="chức vụ, nơi công tác"),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recorded_awards",
                        to="units.unit",
                    ),
                ),
                ("search_name", models.CharField(db_index=True, editable=False, max_length=200)),
                ("sort_name", models.CharField(db_collation="C", editable=False, max_length=600)),
                ("identity_ciphertext", models.BinaryField(blank=True, null=True)),
                ("identity_key", models.CharField(blank=True, max_length=20)),
                ("identity_index", models.CharField(blank=True, db_index=True, max_length=64)),
            ],
            options={
                "verbose_name": "người, tập thể được tặng Giấy khen",
                "verbose_name_plural": "người, tập thể được tặng Giấy khen",
                "ordering": ["decision", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "individual"), _negated=True),
                            models.Q(("sex", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="recorded_individual_has_sex",
                        violation_error_message="Chọn Ông hoặc Bà.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RevocationGround",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="mã")),
                ("text", models.CharField(max_length=400, verbose_name="căn cứ hủy bỏ")),
                ("basis", models.CharField(max_length=200, verbose_name="điều khoản")),
                ("validity", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="hiệu lực")),
            ],
            options={
                "verbose_name": "căn cứ hủy bỏ khen thưởng",
                "verbose_name_plural": "căn cứ hủy bỏ khen thưởng",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="RuleSet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="mã")),
                ("name", models.CharField(max_length=200, verbose_name="tên")),
                (
                    "validity",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        verbose_name="áp dụng cho hồ sơ nhận trong"
                    ),
                ),
                ("basis", models.CharField(max_length=300, verbose_name="căn cứ")),
                (
                    "processing_days",
                    models.PositiveSmallIntegerField(verbose_name="số ngày làm việc để thẩm định"),
                ),
                ("processing_days_basis", models.CharField(max_length=200, verbose_name="căn cứ thời hạn")),
                (
                    "supplement_days",
                    models.PositiveSmallIntegerField(default=5, verbose_name="số ngày làm việc để bổ sung"),
                ),
                (
                    "needs_council_minutes",
                    models.BooleanField(
                        default=False, verbose_name="trình Quyết định phải có biên bản Hội đồng"
                    ),
                ),
                (
                    "council_basis",
                    models.CharField(blank=True, max_length=300, verbose_name="căn cứ về Hội đồng"),
                ),
                (
                    "bases",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to="units.legalbasis",
                        verbose_name="các dòng “Căn cứ …” in trong văn bản",
                    ),
                ),
            ],
            options={
                "verbose_name": "bộ quy định khen thưởng",
                "verbose_name_plural": "bộ quy định khen thưởng",
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("validity", "&&")],
                        name="rule_sets_do_not_overlap",
                        violation_error_message="Thời gian áp dụng trùng với bộ quy định khác.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DocumentRequirement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rule_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="requirements",
                        to="awards.ruleset",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("submission", "Tờ trình đề nghị khen thưởng (đã ký)"),
                            ("list", "Danh sách đề nghị khen thưởng"),
                            ("achievement_report", "Báo cáo thành tích"),
                            ("extract", "Trích ngang thành tích"),
                            ("certification", "Xác nhận của cấp trình khen thưởng"),
                            ("minutes", "Biên bản họp xét khen thưởng"),
                            ("confirmation", "Văn bản xác nhận nghĩa vụ thuế, bảo hiểm xã hội"),
                            ("initiative", "Văn bản công nhận sáng kiến"),
                            ("paper", "Bản quét hồ sơ giấy"),
                            ("other", "Tài liệu khác"),
                        ],
                        max_length=20,
                        verbose_name="loại giấy tờ",
                    ),
                ),
                (
                    "nominee_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("collective", "Tập thể"),
                            ("household", "Hộ gia đình"),
                            ("individual", "Cá nhân"),
                        ],
                        max_length=12,
                        verbose_name="cho đối tượng",
                    ),
                ),
                ("is_required", models.BooleanField(default=True, verbose_name="bắt buộc")),
                (
                    "may_be_extract",
                    models.BooleanField(default=False, verbose_name="được thay bằng trích ngang"),
                ),
                (
                    "needs_certification",
                    models.BooleanField(default=False, verbose_name="có xác nhận của cấp trình"),
                ),
                (
                    "is_for_firms",
                    models.BooleanField(
                        default=False, verbose_name="chỉ đối với doanh nghiệp, hợp tác xã, hộ kinh doanh"
                    ),
                ),
                ("basis", models.CharField(max_length=200, verbose_name="căn cứ")),
            ],
            options={
                "verbose_name": "giấy tờ phải có",
                "verbose_name_plural": "giấy tờ phải có",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("rule_set", "kind", "nominee_kind"), name="requirement_is_stated_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Dossier",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dossiers",
                        to="registrations.campaign",
                        verbose_name="giai đoạn",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dossiers",
                        to="units.unit",
                        verbose_name="đơn vị đề nghị",
                    ),
                ),
                (
                    "form",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="awards.awardform",
                        verbose_name="hình thức khen thưởng",
                    ),
                ),
                (
                    "rule_set",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="awards.ruleset",
                        verbose_name="bộ quy định",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Đang soạn"),
                            ("submitted", "Đã nộp"),
                            ("returned", "Cần bổ sung"),
                            ("rejected", "Không tiếp nhận"),
                            ("appraised", "Đã thẩm định"),
                            ("withdrawn", "Đã rút"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="trạng thái",
                    ),
                ),
                ("reference", models.CharField(blank=True, max_length=20, verbose_name="số tiếp nhận")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="phiên bản")),
                ("achievement_from", models.DateField(verbose_name="thành tích từ ngày")),
                ("achievement_to", models.DateField(verbose_name="thành tích đến ngày")),
                ("summary", models.TextField(blank=True, verbose_name="tóm tắt đề nghị")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("portal", "Nộp trên cổng"),
                            ("post", "Bưu chính"),
                            ("in_person", "Nộp trực tiếp"),
                            ("one_stop", "Bộ phận một cửa"),
                            ("public_service", "Cổng dịch vụ công trực tuyến"),
                            ("e_document", "Văn bản điện tử"),
                        ],
                        default="portal",
                        max_length=16,
                        verbose_name="hình thức nộp",
                    ),
                ),
                ("paper_number", models.CharField(blank=True, max_length=60, verbose_name="số văn bản đến")),
                (
                    "received_on",
                    models.DateField(blank=True, null=True, verbose_name="cơ quan thường trực nhận ngày"),
                ),
                (
                    "forwarded_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="cơ quan thi đua - khen thưởng nhận ngày"
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="hạn thẩm định")),
                (
                    "days_left",
                    models.SmallIntegerField(
                        blank=True, null=True, verbose_name="số ngày làm việc còn lại khi tạm ngừng"
                    ),
                ),
                (
                    "first_submitted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="nộp lần đầu lúc"),
                ),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="nộp lúc")),
                ("supplement_due", models.DateField(blank=True, null=True, verbose_name="hạn bổ sung")),
                (
                    "appraised_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="thẩm định xong lúc"),
                ),
                (
                    "assigned_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assigned_dossiers",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người thẩm định",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="tạo lúc")),
                ("saved_at", models.DateTimeField(verbose_name="lưu lúc")),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người lưu",
                    ),
                ),
            ],
            options={
                "verbose_name": "hồ sơ khen thưởng",
                "verbose_name_plural": "hồ sơ khen thưởng",
                "ordering": ["-submitted_at", "-id"],
                "indexes": [
                    models.Index(fields=["state", "submitted_at"], name="awards_doss_state_7425fb_idx")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("achievement_to__gte", models.F("achievement_from"))),
                        name="dossier_achievement_period_is_in_order",
                        violation_error_message="Thời gian lập thành tích: ngày cuối phải sau ngày đầu.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "withdrawn"]),
                            models.Q(
                                ("first_submitted_at__isnull", False),
                                ("rule_set__isnull", False),
                                ("submitted_at__isnull", False),
                                models.Q(("reference", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="dossier_submitted_has_instant_rules_and_reference",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "appraised"), _negated=True),
                            ("appraised_at__isnull", False),
                            _connector="OR",
                        ),
                        name="dossier_appraised_has_instant",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "returned"), _negated=True),
                            ("supplement_due__isnull", False),
                            _connector="OR",
                        ),
                        name="dossier_returned_has_supplement_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "withdrawn"]),
                            ("channel", "portal"),
                            models.Q(
                                models.Q(("paper_number", ""), _negated=True), ("received_on__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="dossier_on_paper_names_its_receipt",
                        violation_error_message="Hồ sơ giấy phải có số văn bản đến và ngày nhận.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DossierSubmission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="awards.dossier",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="lần nộp")),
                ("snapshot", models.JSONField(verbose_name="nội dung")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("submitted_at", models.DateTimeField(verbose_name="nộp lúc")),
                (
                    "submitted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người nộp",
                    ),
                ),
                ("request_key", models.UUIDField(unique=True)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("portal", "Nộp trên cổng"),
                            ("post", "Bưu chính"),
                            ("in_person", "Nộp trực tiếp"),
                            ("one_stop", "Bộ phận một cửa"),
                            ("public_service", "Cổng dịch vụ công trực tuyến"),
                            ("e_document", "Văn bản điện tử"),
                        ],
                        default="portal",
                        max_length=16,
                        verbose_name="hình thức nộp",
                    ),
                ),
                ("paper_number", models.CharField(blank=True, max_length=60, verbose_name="số văn bản đến")),
                ("received_on", models.DateField(null=True, verbose_name="ngày nhận")),
                (
                    "appointment_on",
                    models.DateField(null=True, verbose_name="ngày hẹn trả kết quả thẩm định"),
                ),
            ],
            options={
                "verbose_name": "lần nộp hồ sơ",
                "verbose_name_plural": "các lần nộp hồ sơ",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("dossier", "number"), name="submission_number_is_unique")
                ],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="registrations.campaign",
                        verbose_name="giai đoạn",
                    ),
                ),
                (
                    "form",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="awards.awardform",
                        verbose_name="hình thức khen thưởng",
                    ),
                ),
                (
                    "rule_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="awards.ruleset",
                        verbose_name="bộ quy định",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="tên Tờ trình")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Đang soạn"),
                            ("posted", "Đang niêm yết công khai"),
                            ("finalised", "Đã chốt danh sách"),
                            ("signed", "Đã ký"),
                            ("forwarded", "Đã chuyển trình"),
                            ("approved", "Đã duyệt"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="trạng thái",
                    ),
                ),
                ("reference", models.CharField(max_length=20, unique=True, verbose_name="mã")),
                ("number", models.CharField(blank=True, max_length=30, verbose_name="số Tờ trình")),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="ngày ký")),
                ("signer", models.CharField(blank=True, max_length=120, verbose_name="người ký")),
                (
                    "signed_file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="core.file",
                        verbose_name="bản đã ký",
                    ),
                ),
                ("finalised_at", models.DateTimeField(blank=True, null=True, verbose_name="chốt lúc")),
                (
                    "forwarded_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="chuyển trình lúc"),
                ),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="duyệt lúc")),
                ("request_key", models.UUIDField(blank=True, null=True, unique=True)),
                ("snapshot", models.JSONField(blank=True, null=True, verbose_name="danh sách đã chốt")),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256")),
                ("created_at", models.DateTimeField(verbose_name="tạo lúc")),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người tạo",
                    ),
                ),
            ],
            options={
                "verbose_name": "Tờ trình",
                "verbose_name_plural": "Tờ trình",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["signed", "forwarded", "approved"]), _negated=True),
                            models.Q(
                                ("signed_file__isnull", False),
                                ("signed_on__isnull", False),
                                models.Q(("number", ""), _negated=True),
                                models.Q(("signer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="proposal_signed_has_number_day_signer_and_file",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["finalised", "signed", "forwarded", "approved"]), _negated=True
                            ),
                            models.Q(("finalised_at__isnull", False), ("snapshot__isnull", False)),
                            _connector="OR",
                        ),
                        name="proposal_finalised_has_its_list",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["forwarded", "approved"]), _negated=True),
                            ("forwarded_at__isnull", False),
                            _connector="OR",
                        ),
                        name="proposal_forwarded_has_instant",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Batch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "dossier",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches",
                        to="awards.dossier",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acts",
                        to="awards.proposal",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="việc")),
                ("request_key", models.UUIDField(unique=True)),
                ("results", models.JSONField(verbose_name="kết quả từng đối tượng")),
                ("done", models.PositiveIntegerField(verbose_name="đã thực hiện")),
                ("failed", models.PositiveIntegerField(verbose_name="không thực hiện được")),
                ("at", models.DateTimeField(verbose_name="lúc")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người thực hiện",
                    ),
                ),
            ],
            options={
                "verbose_name": "việc hàng loạt",
                "verbose_name_plural": "các việc hàng loạt",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("dossier__isnull", False), ("proposal__isnull", True)),
                            models.Q(("dossier__isnull", True), ("proposal__isnull", False)),
                            _connector="OR",
                        ),
                        name="batch_is_on_one_case",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="awards.proposal",
                        verbose_name="Tờ trình",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="trích yếu")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Dự thảo"),
                            ("submitted", "Đã trình ký"),
                            ("issued", "Đã ban hành"),
                            ("published", "Đã công bố"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="trạng thái",
                    ),
                ),
                ("reference", models.CharField(max_length=20, unique=True, verbose_name="mã")),
                ("number", models.CharField(blank=True, max_length=30, verbose_name="số quyết định")),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="ngày ký")),
                ("signer", models.CharField(blank=True, max_length=120, verbose_name="người ký")),
                (
                    "signed_file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="core.file",
                        verbose_name="bản ký",
                    ),
                ),
                (
                    "fund",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="awards.fund",
                        verbose_name="nguồn tiền thưởng",
                    ),
                ),
                ("council_met_on", models.DateField(blank=True, null=True, verbose_name="ngày họp Hội đồng")),
                (
                    "council_minutes",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.file",
                        verbose_name="biên bản Hội đồng",
                    ),
                ),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="trình lúc")),
                (
                    "issued_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="ghi nhận ban hành lúc"),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "amended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="công bố lúc")),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="tạo lúc")),
            ],
            options={
                "verbose_name": "Quyết định khen thưởng",
                "verbose_name_plural": "Quyết định khen thưởng",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["issued", "published"]), _negated=True),
                            models.Q(
                                ("issued_by__isnull", False),
                                ("signed_file__isnull", False),
                                ("signed_on__isnull", False),
                                models.Q(("number", ""), _negated=True),
                                models.Q(("signer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="decision_issued_has_number_day_signer_and_scan",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            models.Q(("published_at__isnull", False), ("published_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="decision_published_has_instant",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_by__isnull", True),
                            models.Q(("published_by", models.F("issued_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="decision_is_published_by_another_person",
                        violation_error_message="Người ghi nhận ban hành không được tự công bố.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_by__isnull", True),
                            ("amended_by__isnull", True),
                            models.Q(("published_by", models.F("amended_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="decision_is_published_by_another_than_who_amended",
                        violation_error_message="Người sửa dữ liệu ban hành không được tự công bố.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("council_met_on__isnull", True), ("council_minutes__isnull", True)),
                            models.Q(("council_met_on__isnull", False), ("council_minutes__isnull", False)),
                            _connector="OR",
                        ),
                        name="decision_council_minutes_have_a_day",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        fields=("number", "signed_on"),
                        name="decision_number_is_unique_on_a_day",
                        violation_error_message="Đã có Quyết định mang số này, ký cùng ngày.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Designation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("appraise", "Thẩm định đối tượng của hồ sơ"),
                            ("judge", "Xét đối tượng của hồ sơ"),
                            ("forward", "Chuyển trình Tờ trình"),
                            ("approve", "Duyệt danh sách của Tờ trình"),
                        ],
                        max_length=10,
                        verbose_name="việc",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="designations",
                        to="awards.dossier",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="designations",
                        to="awards.proposal",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="designations",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người được chỉ định",
                    ),
                ),
                ("reason", models.CharField(max_length=500, verbose_name="lý do")),
                ("designated_at", models.DateTimeField(verbose_name="chỉ định lúc")),
                (
                    "designated_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người chỉ định",
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="kết thúc lúc")),
            ],
            options={
                "verbose_name": "người được chỉ định",
                "verbose_name_plural": "người được chỉ định",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("act__in", ["appraise", "judge"]),
                                ("dossier__isnull", False),
                                ("proposal__isnull", True),
                            ),
                            models.Q(
                                ("act__in", ["forward", "approve"]),
                                ("dossier__isnull", True),
                                ("proposal__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="designation_is_for_one_act_on_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="designation_has_reason"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("dossier", "proposal", "act", "person"),
                        name="designation_is_made_once",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Nominee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="nominees",
                        to="awards.dossier",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("collective", "Tập thể"),
                            ("household", "Hộ gia đình"),
                            ("individual", "Cá nhân"),
                        ],
                        max_length=12,
                        verbose_name="đối tượng",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Được đề nghị"),
                            ("recommended", "Đề nghị khen thưởng"),
                            ("not_recommended", "Không đề nghị khen thưởng"),
                            ("not_selected", "Đủ điều kiện, không được chọn"),
                            ("duplicate", "Trùng đề nghị khác"),
                            ("approved", "Được duyệt"),
                            ("refused", "Không được duyệt"),
                            ("awarded", "Được khen thưởng"),
                            ("withdrawn", "Đã rút"),
                        ],
                        default="proposed",
                        max_length=16,
                        verbose_name="trạng thái",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="nominees",
                        to="units.unit",
                        verbose_name="đơn vị",
                    ),
                ),
                ("is_the_unit", models.BooleanField(default=False, verbose_name="chính là đơn vị")),
                (
                    "body_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("enterprise", "Doanh nghiệp"),
                            ("cooperative", "Hợp tác xã"),
                            ("household_business", "Hộ kinh doanh"),
                        ],
                        max_length=24,
                        verbose_name="loại tổ chức",
                    ),
                ),
                (
                    "tax_number",
                    models.CharField(blank=True, db_index=True, max_length=13, verbose_name="mã số thuế"),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="nominated_as",
                        to="units.unit",
                        verbose_name="là đơn vị",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="họ tên hoặc tên tập thể")),
                (
                    "sex",
                    models.CharField(
                        blank=True,
                        choices=[("male", "Nam"), ("female", "Nữ")],
                        max_length=6,
                        verbose_name="giới tính",
                    ),
                ),
                ("birth_date", models.DateField(blank=True, null=True, verbose_name="ngày sinh")),
                (
                    "position",
                    models.CharField(blank=True, max_length=200, verbose_name="chức vụ, đơn vị công tác"),
                ),
                ("members", models.PositiveIntegerField(blank=True, null=True, verbose_name="số người")),
                ("women", models.PositiveIntegerField(blank=True, null=True, verbose_name="trong đó nữ")),
                ("achievement", models.TextField(blank=True, verbose_name="tóm tắt thành tích")),
                ("search_name", models.CharField(db_index=True, editable=False, max_length=200)),
                ("sort_name", models.CharField(db_collation="C", editable=False, max_length=600)),
                ("identity_ciphertext", models.BinaryField(blank=True, null=True)),
                ("identity_key", models.CharField(blank=True, max_length=20)),
                ("identity_index", models.CharField(blank=True, db_index=True, max_length=64)),
                (
                    "appraised_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appraised",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("appraised_at", models.DateTimeField(blank=True, null=True, verbose_name="thẩm định lúc")),
                ("appraisal_reason", models.TextField(blank=True, verbose_name="ý kiến thẩm định")),
                (
                    "duplicate_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duplicates",
                        to="awards.nominee",
                    ),
                ),
                (
                    "judged_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="judged",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("judged_at", models.DateTimeField(blank=True, null=True, verbose_name="xét lúc")),
                (
                    "judgement",
                    models.CharField(
                        blank=True,
                        choices=[("approved", "Đồng ý"), ("refused", "Không đồng ý")],
                        max_length=10,
                        verbose_name="kết quả xét",
                    ),
                ),
                ("judgement_reason", models.TextField(blank=True, verbose_name="ý kiến xét")),
                ("is_held", models.BooleanField(default=False, verbose_name="tạm dừng")),
                ("hold_reason", models.CharField(blank=True, max_length=300, verbose_name="lý do tạm dừng")),
                (
                    "proposal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="nominees",
                        to="awards.proposal",
                    ),
                ),
                (
                    "position_in_list",
                    models.PositiveIntegerField(default=0, verbose_name="thứ tự trong danh sách"),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="nominees",
                        to="awards.decision",
                    ),
                ),
            ],
            options={
                "verbose_name": "đối tượng đề nghị",
                "verbose_name_plural": "đối tượng đề nghị",
                "ordering": ["dossier", "id"],
                "indexes": [
                    models.Index(
                        fields=["dossier", "kind", "sort_name"], name="awards_nomi_dossier_3527ce_idx"
                    ),
                    models.Index(
                        fields=["proposal", "kind", "position_in_list"], name="awards_nomi_proposa_f796b2_idx"
                    ),
                    models.Index(fields=["state"], name="awards_nomi_state_04ecf9_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "individual"), _negated=True),
                            models.Q(("sex", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="nominee_individual_has_sex",
                        violation_error_message="Chọn Ông hoặc Bà.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("body_kind", ""),
                            models.Q(("is_the_unit", False), ("kind", "collective")),
                            _connector="OR",
                        ),
                        name="nominee_body_without_account_is_a_collective",
                        violation_error_message="Tổ chức chưa có tài khoản là một tập thể.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("women__isnull", True), ("members__gte", models.F("women")), _connector="OR"
                        ),
                        name="nominee_women_are_among_the_members",
                        violation_error_message="Số nữ không thể nhiều hơn số người.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("duplicate_of__isnull", True),
                            models.Q(("duplicate_of", models.F("pk")), _negated=True),
                            _connector="OR",
                        ),
                        name="nominee_is_not_its_own_duplicate",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["proposed", "withdrawn"]),
                            models.Q(("appraised_at__isnull", False), ("appraised_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="nominee_verdict_has_an_appraiser",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["not_recommended", "not_selected", "duplicate"]), _negated=True
                            ),
                            models.Q(("appraisal_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="nominee_not_recommended_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("judgement", ""),
                            models.Q(("judged_at__isnull", False), ("judged_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="nominee_judgement_has_a_judge",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("judgement", "refused"), _negated=True),
                            models.Q(("judgement_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="nominee_refused_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("judged_by__isnull", True),
                            models.Q(("judged_by", models.F("appraised_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="nominee_judge_is_not_the_appraiser",
                        violation_error_message="Người đã thẩm định không được duyệt cùng một đối tượng.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_held", False), models.Q(("hold_reason", ""), _negated=True), _connector="OR"
                        ),
                        name="nominee_held_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["approved", "awarded"]), _negated=True),
                            ("proposal__isnull", False),
                            _connector="OR",
                        ),
                        name="nominee_approved_is_in_a_proposal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "awarded"), _negated=True),
                            ("decision__isnull", False),
                            _connector="OR",
                        ),
                        name="nominee_awarded_is_in_a_decision",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AchievementReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "nominee",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="report",
                        to="awards.nominee",
                    ),
                ),
                ("overview", models.TextField(blank=True, verbose_name="sơ lược đặc điểm, lý lịch")),
                (
                    "results",
                    models.TextField(blank=True, verbose_name="nội dung, biện pháp, kết quả đạt được"),
                ),
                (
                    "influence",
                    models.TextField(blank=True, verbose_name="phạm vi ảnh hưởng, hiệu quả áp dụng"),
                ),
            ],
            options={
                "verbose_name": "báo cáo thành tích",
                "verbose_name_plural": "báo cáo thành tích",
            },
        ),
        migrations.CreateModel(
            name="Award",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "nominee",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="award", to="awards.nominee"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="awards",
                        to="awards.decision",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="awards", to="units.unit"
                    ),
                ),
                ("reference", models.CharField(max_length=20, unique=True, verbose_name="mã tra cứu")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("published", "Còn hiệu lực"),
                            ("corrected", "Đã đính chính"),
                            ("revocation_proposed", "Đang đề nghị hủy bỏ"),
                            ("revoked", "Đã hủy bỏ, chờ thu hồi"),
                            ("returned", "Đã hủy bỏ, đã thu hồi"),
                        ],
                        default="published",
                        max_length=20,
                        verbose_name="trạng thái",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("collective", "Tập thể"),
                            ("household", "Hộ gia đình"),
                            ("individual", "Cá nhân"),
                        ],
                        max_length=12,
                        verbose_name="đối tượng",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="tên in trong Quyết định")),
                ("title", models.CharField(blank=True, max_length=10, verbose_name="danh xưng")),
                ("position", models.CharField(blank=True, max_length=200, verbose_name="chức vụ, đơn vị")),
                ("unit_name", models.CharField(max_length=200, verbose_name="tên đơn vị khi khen")),
                ("search_name", models.CharField(db_index=True, max_length=200)),
                ("achievement_from", models.DateField(verbose_name="thành tích từ")),
                ("achievement_to", models.DateField(verbose_name="thành tích đến")),
                (
                    "prize_amount",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="tiền thưởng (đồng)"),
                ),
                ("prize_explanation", models.CharField(blank=True, max_length=600, verbose_name="cách tính")),
            ],
            options={
                "verbose_name": "khen thưởng",
                "verbose_name_plural": "khen thưởng",
                "ordering": ["decision", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("achievement_to__gte", models.F("achievement_from"))),
                        name="award_achievement_period_is_in_order",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Certificate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "award",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificate",
                        to="awards.award",
                    ),
                ),
                (
                    "form",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="awards.awardform"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="năm")),
                ("number", models.PositiveIntegerField(verbose_name="số vào sổ")),
                ("entered_at", models.DateTimeField(verbose_name="vào sổ lúc")),
                ("handed_on", models.DateField(blank=True, null=True, verbose_name="ngày trao")),
                ("handed_to", models.CharField(blank=True, max_length=200, verbose_name="người nhận")),
                ("handed_note", models.CharField(blank=True, max_length=200, verbose_name="ghi chú")),
                (
                    "handed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "Bằng khen trong sổ",
                "verbose_name_plural": "sổ Bằng khen",
                "ordering": ["-year", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("form", "year", "number"), name="certificate_number_is_unique_in_its_year"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("handed_on__isnull", True), ("handed_to", "")),
                            models.Q(
                                ("handed_by__isnull", False),
                                ("handed_on__isnull", False),
                                models.Q(("handed_to", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="certificate_handed_out_says_to_whom",
                        violation_error_message="Ghi ngày trao và người nhận.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consultation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("reference", models.CharField(max_length=20, unique=True, verbose_name="mã")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Chưa gửi"),
                            ("sent", "Chờ trả lời"),
                            ("answered", "Đã trả lời"),
                            ("cancelled", "Đã hủy"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="trạng thái",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consultations",
                        to="awards.dossier",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consultations",
                        to="awards.proposal",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                        verbose_name="cơ quan xin ý kiến",
                    ),
                ),
                (
                    "topic",
                    models.CharField(
                        choices=[
                            ("tax", "Nghĩa vụ thuế"),
                            ("social_insurance", "Bảo hiểm xã hội"),
                            ("environment", "Bảo vệ môi trường"),
                            ("police", "Chấp hành pháp luật"),
                            ("other", "Nội dung khác"),
                        ],
                        max_length=20,
                        verbose_name="lĩnh vực",
                    ),
                ),
                ("office", models.CharField(max_length=200, verbose_name="cơ quan được xin ý kiến")),
                ("question", models.CharField(max_length=500, verbose_name="nội dung xin ý kiến")),
                (
                    "working_days",
                    models.PositiveSmallIntegerField(verbose_name="số ngày làm việc để trả lời"),
                ),
                (
                    "silence",
                    models.CharField(
                        choices=[
                            ("agrees", "Quá hạn không trả lời: coi như thống nhất, không có ý kiến khác."),
                            ("wait", "Quá hạn không trả lời: chưa kết luận được, phải có văn bản trả lời."),
                        ],
                        max_length=12,
                        verbose_name="khi không trả lời",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="lập lúc")),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người lập",
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=30, verbose_name="số công văn")),
                ("sent_on", models.DateField(blank=True, null=True, verbose_name="ngày gửi")),
                (
                    "letter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.file",
                        verbose_name="công văn đã ký",
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="hạn trả lời")),
                (
                    "reply_number",
                    models.CharField(blank=True, max_length=30, verbose_name="số văn bản trả lời"),
                ),
                ("replied_on", models.DateField(blank=True, null=True, verbose_name="ngày trả lời")),
                (
                    "reply",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.file",
                        verbose_name="văn bản trả lời",
                    ),
                ),
                (
                    "nominees",
                    models.ManyToManyField(
                        related_name="consultations", to="awards.nominee", verbose_name="đối tượng"
                    ),
                ),
            ],
            options={
                "verbose_name": "xin ý kiến",
                "verbose_name_plural": "xin ý kiến",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("dossier__isnull", False), ("proposal__isnull", True)),
                            models.Q(("dossier__isnull", True), ("proposal__isnull", False)),
                            _connector="OR",
                        ),
                        name="consultation_is_on_one_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["sent", "answered"]), _negated=True),
                            models.Q(
                                ("due_on__isnull", False),
                                ("sent_on__isnull", False),
                                models.Q(("number", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="consultation_sent_has_number_day_and_due_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "answered"), _negated=True),
                            ("replied_on__isnull", False),
                            _connector="OR",
                        ),
                        name="consultation_answered_has_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="awards.award",
                    ),
                ),
                ("changes", models.JSONField(verbose_name="nội dung đính chính")),
                ("reason", models.TextField(verbose_name="lý do, công khai")),
                ("drafted_at", models.DateTimeField(verbose_name="lập lúc")),
                (
                    "drafted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "act_number",
                    models.CharField(blank=True, max_length=30, verbose_name="số văn bản đính chính"),
                ),
                ("act_on", models.DateField(blank=True, null=True, verbose_name="ngày ký")),
                ("act_signer", models.CharField(blank=True, max_length=120, verbose_name="người ký")),
                (
                    "act_file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.file",
                        verbose_name="bản đã ký",
                    ),
                ),
                (
                    "in_force_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="có hiệu lực trên cổng lúc"),
                ),
                (
                    "in_force_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("dropped_at", models.DateTimeField(blank=True, null=True, verbose_name="bỏ lúc")),
            ],
            options={
                "verbose_name": "đính chính",
                "verbose_name_plural": "đính chính",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("dropped_at__isnull", True), ("in_force_at__isnull", True)),
                        fields=("award",),
                        name="award_has_one_open_correction",
                        violation_error_message="Đã có một đính chính đang chờ người thứ hai.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("in_force_at__isnull", True), ("in_force_by__isnull", True)),
                            models.Q(
                                ("in_force_at__isnull", False),
                                ("in_force_by__isnull", False),
                                ("act_file__isnull", False),
                                ("act_on__isnull", False),
                                models.Q(("act_number", ""), _negated=True),
                                models.Q(("act_signer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="correction_in_force_has_a_person_and_an_act",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("in_force_by__isnull", True),
                            models.Q(("in_force_by", models.F("drafted_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="correction_takes_two_people",
                        violation_error_message="Người lập đính chính không được tự đưa vào hiệu lực.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="correction_has_a_reason"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DossierDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="awards.dossier",
                    ),
                ),
                (
                    "nominee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="awards.nominee",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("submission", "Tờ trình đề nghị khen thưởng (đã ký)"),
                            ("list", "Danh sách đề nghị khen thưởng"),
                            ("achievement_report", "Báo cáo thành tích"),
                            ("extract", "Trích ngang thành tích"),
                            ("certification", "Xác nhận của cấp trình khen thưởng"),
                            ("minutes", "Biên bản họp xét khen thưởng"),
                            ("confirmation", "Văn bản xác nhận nghĩa vụ thuế, bảo hiểm xã hội"),
                            ("initiative", "Văn bản công nhận sáng kiến"),
                            ("paper", "Bản quét hồ sơ giấy"),
                            ("other", "Tài liệu khác"),
                        ],
                        max_length=20,
                        verbose_name="loại giấy tờ",
                    ),
                ),
                ("file", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to="core.file")),
                (
                    "is_certified",
                    models.BooleanField(default=False, verbose_name="có xác nhận của cấp trình khen thưởng"),
                ),
                ("is_removed", models.BooleanField(default=False, verbose_name="đã gỡ")),
            ],
            options={
                "verbose_name": "giấy tờ của hồ sơ",
                "verbose_name_plural": "giấy tờ của hồ sơ",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Feedback",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "nominee",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="feedback",
                        to="awards.nominee",
                    ),
                ),
                ("text", models.TextField(verbose_name="góp ý cho đơn vị")),
                ("written_at", models.DateTimeField(verbose_name="viết lúc")),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người viết",
                    ),
                ),
                ("released_at", models.DateTimeField(blank=True, null=True, verbose_name="duyệt gửi lúc")),
                (
                    "released_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người duyệt gửi",
                    ),
                ),
                ("told_at", models.DateTimeField(blank=True, null=True, verbose_name="gửi đơn vị lúc")),
            ],
            options={
                "verbose_name": "góp ý cho đơn vị",
                "verbose_name_plural": "góp ý cho đơn vị",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="feedback_has_words"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("released_by__isnull", True),
                            models.Q(("released_by", models.F("written_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="feedback_is_released_by_another_person",
                        violation_error_message="Người viết góp ý không tự duyệt gửi.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("released_at__isnull", True), ("released_by__isnull", True)),
                            models.Q(("released_at__isnull", False), ("released_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="feedback_released_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("told_at__isnull", True), ("released_at__isnull", False), _connector="OR"
                        ),
                        name="feedback_is_told_once_released",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FundEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "fund_year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="awards.fundyear",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("prize", "Tiền thưởng theo Quyết định"),
                            ("payment", "Đã chi trả"),
                            ("other", "Chi khác của quỹ"),
                            ("recovery", "Thu hồi tiền thưởng"),
                        ],
                        max_length=10,
                        verbose_name="loại",
                    ),
                ),
                ("amount", models.BigIntegerField(verbose_name="số tiền (đồng)")),
                ("on", models.DateField(verbose_name="ngày")),
                ("note", models.CharField(max_length=300, verbose_name="diễn giải")),
                (
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fund_entries",
                        to="awards.decision",
                    ),
                ),
                (
                    "award",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fund_entries",
                        to="awards.award",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người ghi",
                    ),
                ),
                ("recorded_at", models.DateTimeField(verbose_name="ghi lúc")),
            ],
            options={
                "verbose_name": "dòng sổ quỹ",
                "verbose_name_plural": "sổ quỹ",
                "ordering": ["on", "id"],
                "indexes": [models.Index(fields=["fund_year", "on"], name="awards_fund_fund_ye_bf57b0_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount", 0), _negated=True), name="fund_entry_is_not_nothing"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "prize")),
                        fields=("decision",),
                        name="prizes_of_a_decision_are_entered_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "nominee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="holds", to="awards.nominee"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("discipline", "Đang xem xét kỷ luật"),
                            ("investigation", "Đang điều tra, thanh tra, kiểm tra"),
                            ("complaint", "Đang xác minh khiếu nại, tố cáo, phản ánh"),
                        ],
                        max_length=16,
                        verbose_name="lý do",
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="nội dung")),
                ("document_number", models.CharField(max_length=60, verbose_name="số văn bản")),
                ("document_on", models.DateField(verbose_name="ngày văn bản")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.file",
                        verbose_name="văn bản",
                    ),
                ),
                ("opened_at", models.DateTimeField(verbose_name="tạm dừng lúc")),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người ghi",
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="xét tiếp lúc")),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("outcome", models.CharField(blank=True, max_length=300, verbose_name="kết luận")),
                (
                    "closing_file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.file",
                    ),
                ),
            ],
            options={
                "verbose_name": "tạm dừng xét",
                "verbose_name_plural": "tạm dừng xét",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=("nominee", "kind"),
                        name="hold_is_open_once_per_kind",
                        violation_error_message="Đối tượng đang tạm dừng vì lý do này rồi.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at__isnull", True),
                            models.Q(("closed_by__isnull", False), models.Q(("outcome", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="hold_closed_has_outcome",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MatchResolution",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "nominee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="resolutions",
                        to="awards.nominee",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="resolutions_as_other",
                        to="awards.nominee",
                    ),
                ),
                (
                    "recorded",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="resolutions",
                        to="awards.recordedaward",
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("different", "Không trùng"),
                            ("duplicate", "Trùng"),
                            ("information", "Đã xem, không ảnh hưởng"),
                        ],
                        max_length=12,
                        verbose_name="kết luận",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="lý do")),
                ("resolved_at", models.DateTimeField(verbose_name="kết luận lúc")),
                (
                    "resolved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người kết luận",
                    ),
                ),
            ],
            options={
                "verbose_name": "kết luận về trùng lặp",
                "verbose_name_plural": "kết luận về trùng lặp",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("other__isnull", False), ("recorded__isnull", True)),
                            models.Q(("other__isnull", True), ("recorded__isnull", False)),
                            _connector="OR",
                        ),
                        name="resolution_is_about_one_other",
                    ),
                    models.UniqueConstraint(fields=("nominee", "other"), name="resolution_is_one_per_pair"),
                    models.UniqueConstraint(
                        fields=("nominee", "recorded"), name="resolution_is_one_per_recorded_award"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verdict", "information"),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="resolution_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NomineeInitiative",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "nominee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="initiatives",
                        to="awards.nominee",
                    ),
                ),
                ("name", models.CharField(max_length=300, verbose_name="tên sáng kiến")),
                ("search_name", models.CharField(db_index=True, editable=False, max_length=300)),
                (
                    "effect",
                    models.CharField(blank=True, max_length=500, verbose_name="hiệu quả, phạm vi áp dụng"),
                ),
                (
                    "recognised_by",
                    models.CharField(blank=True, max_length=200, verbose_name="cơ quan công nhận"),
                ),
                (
                    "recognition_number",
                    models.CharField(blank=True, max_length=60, verbose_name="số văn bản công nhận"),
                ),
                ("recognised_on", models.DateField(blank=True, null=True, verbose_name="ngày công nhận")),
            ],
            options={
                "verbose_name": "sáng kiến của đối tượng",
                "verbose_name_plural": "sáng kiến của đối tượng",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Opinion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="opinions",
                        to="awards.consultation",
                    ),
                ),
                (
                    "nominee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opinions",
                        to="awards.nominee",
                    ),
                ),
                (
                    "view",
                    models.CharField(
                        choices=[
                            ("agrees", "Thống nhất"),
                            ("objects", "Không thống nhất"),
                            ("unknown", "Không có thông tin"),
                        ],
                        max_length=10,
                        verbose_name="ý kiến",
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=1000, verbose_name="nội dung")),
            ],
            options={
                "verbose_name": "ý kiến",
                "verbose_name_plural": "ý kiến",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("consultation", "nominee"), name="opinion_is_given_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("view", "objects"), _negated=True),
                            models.Q(("words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="opinion_against_has_words",
                        violation_error_message="Ý kiến không thống nhất phải có nội dung.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postings",
                        to="awards.proposal",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="tên danh sách")),
                ("form_name", models.CharField(max_length=120, verbose_name="hình thức")),
                ("opened_at", models.DateTimeField(verbose_name="đăng lúc")),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người đăng",
                    ),
                ),
                ("working_days", models.PositiveSmallIntegerField(verbose_name="số ngày làm việc")),
                ("basis", models.CharField(blank=True, max_length=300, verbose_name="căn cứ")),
                ("last_day", models.DateField(verbose_name="hết ngày")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="kết thúc lúc")),
            ],
            options={
                "verbose_name": "lần lấy ý kiến",
                "verbose_name_plural": "các lần lấy ý kiến",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=("proposal",),
                        name="posting_is_open_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PostedName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "posting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="names", to="awards.posting"
                    ),
                ),
                ("uid", models.UUIDField(editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("collective", "Tập thể"),
                            ("household", "Hộ gia đình"),
                            ("individual", "Cá nhân"),
                        ],
                        max_length=12,
                        verbose_name="đối tượng",
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="thứ tự")),
                ("title", models.CharField(blank=True, max_length=10, verbose_name="danh xưng")),
                ("name", models.CharField(max_length=200, verbose_name="tên")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="chức vụ, đơn vị")),
                ("search_name", models.CharField(editable=False, max_length=200)),
                ("place_in_list", models.PositiveIntegerField(verbose_name="dòng")),
            ],
            options={
                "verbose_name": "dòng danh sách lấy ý kiến",
                "verbose_name_plural": "dòng danh sách lấy ý kiến",
                "ordering": ["place_in_list"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("posting", "place_in_list"), name="posted_line_is_there_once"
                    ),
                    models.UniqueConstraint(fields=("posting", "uid"), name="posted_name_is_there_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "posting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="awards.posting",
                    ),
                ),
                ("reference", models.CharField(max_length=20, unique=True, verbose_name="mã")),
                (
                    "name",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="awards.postedname",
                        verbose_name="về đối tượng",
                    ),
                ),
                ("author", models.CharField(max_length=120, verbose_name="họ tên người góp ý")),
                ("contact", models.CharField(max_length=120, verbose_name="điện thoại hoặc thư điện tử")),
                ("text", models.TextField(verbose_name="nội dung góp ý")),
                ("received_at", models.DateTimeField(verbose_name="nhận lúc")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "Chờ trả lời"),
                            ("answered", "Đã trả lời"),
                            ("set_aside", "Không xem xét"),
                        ],
                        default="received",
                        max_length=10,
                        verbose_name="trạng thái",
                    ),
                ),
                ("answer", models.TextField(blank=True, verbose_name="trả lời")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="trả lời lúc")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người trả lời",
                    ),
                ),
            ],
            options={
                "verbose_name": "góp ý",
                "verbose_name_plural": "góp ý",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="comment_has_words"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "received"),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="comment_settled_has_words_and_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reprint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "certificate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reprints",
                        to="awards.certificate",
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="lý do in lại")),
                ("at", models.DateTimeField(verbose_name="lúc")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "lần in lại",
                "verbose_name_plural": "các lần in lại",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="reprint_has_a_reason"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Revocation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revocations",
                        to="awards.award",
                    ),
                ),
                (
                    "ground",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="awards.revocationground",
                        verbose_name="căn cứ hủy bỏ",
                    ),
                ),
                ("explanation", models.TextField(verbose_name="tóm tắt lý do")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.file",
                        verbose_name="Tờ trình đề nghị hủy bỏ",
                    ),
                ),
                ("proposed_at", models.DateTimeField(verbose_name="đề nghị lúc")),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_by_unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                    ),
                ),
                (
                    "dismissed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="không hủy bỏ, lúc"),
                ),
                (
                    "act_number",
                    models.CharField(blank=True, max_length=30, verbose_name="số Quyết định hủy bỏ"),
                ),
                ("act_on", models.DateField(blank=True, null=True, verbose_name="ngày ký")),
                ("act_signer", models.CharField(blank=True, max_length=120, verbose_name="người ký")),
                (
                    "act_file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.file",
                        verbose_name="bản đã ký",
                    ),
                ),
                ("public_reason", models.TextField(blank=True, verbose_name="lý do công khai")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="hủy bỏ lúc")),
                (
                    "revoked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("items_due", models.DateField(blank=True, null=True, verbose_name="hạn nộp lại")),
                ("items_returned_on", models.DateField(blank=True, null=True, verbose_name="ngày nộp lại")),
                (
                    "money_returned",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="tiền thưởng đã nộp lại (đồng)"
                    ),
                ),
                ("items_note", models.CharField(blank=True, max_length=300, verbose_name="ghi chú nộp lại")),
            ],
            options={
                "verbose_name": "hủy bỏ khen thưởng",
                "verbose_name_plural": "hủy bỏ khen thưởng",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("dismissed_at__isnull", True)),
                        fields=("award",),
                        name="award_has_one_open_revocation",
                        violation_error_message="Đã có một đề nghị hủy bỏ đang chờ xử lý.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("revoked_at__isnull", True),
                            models.Q(
                                ("act_file__isnull", False),
                                ("act_on__isnull", False),
                                ("revoked_by__isnull", False),
                                models.Q(("act_number", ""), _negated=True),
                                models.Q(("act_signer", ""), _negated=True),
                                models.Q(("public_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="revocation_has_act_and_public_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("revoked_by__isnull", True),
                            models.Q(("revoked_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="revocation_takes_two_people",
                        violation_error_message="Người đề nghị hủy bỏ không được tự hủy bỏ.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("items_returned_on__isnull", True),
                            ("revoked_at__isnull", False),
                            _connector="OR",
                        ),
                        name="revocation_items_return_after_it",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Strike",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="strikes",
                        to="awards.decision",
                    ),
                ),
                (
                    "nominee",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="strike",
                        to="awards.nominee",
                    ),
                ),
                ("reason", models.TextField(verbose_name="lý do")),
                (
                    "struck_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("struck_at", models.DateTimeField(verbose_name="ghi nhận lúc")),
            ],
            options={
                "verbose_name": "tên bị gạch",
                "verbose_name_plural": "tên bị gạch",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="strike_has_a_reason"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SupplementRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supplement_requests",
                        to="awards.dossier",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="lần yêu cầu")),
                ("requested_at", models.DateTimeField(verbose_name="yêu cầu lúc")),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người yêu cầu",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="bổ sung đến hết ngày")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="trả lời lúc")),
                ("is_late", models.BooleanField(default=False, verbose_name="chậm bổ sung")),
            ],
            options={
                "verbose_name": "yêu cầu bổ sung",
                "verbose_name_plural": "yêu cầu bổ sung",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("dossier", "number"), name="supplement_number_is_unique"),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=("dossier",),
                        name="supplement_request_is_open_once",
                        violation_error_message="Hồ sơ đang có một yêu cầu bổ sung chưa trả lời.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SupplementItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="awards.supplementrequest",
                    ),
                ),
                (
                    "nominee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="awards.nominee",
                    ),
                ),
                ("text", models.CharField(max_length=500, verbose_name="cần bổ sung")),
                ("answer", models.CharField(blank=True, max_length=1000, verbose_name="đơn vị trả lời")),
            ],
            options={
                "verbose_name": "mục yêu cầu bổ sung",
                "verbose_name_plural": "mục yêu cầu bổ sung",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="supplement_item_says_what"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TimeLimit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("hand_out", "Trao Bằng khen, Giấy khen"),
                            ("hand_out_many", "Trao Bằng khen, Giấy khen (từ 100 trường hợp)"),
                            ("return_items", "Nộp lại hiện vật và tiền thưởng"),
                        ],
                        max_length=20,
                        verbose_name="việc",
                    ),
                ),
                ("working_days", models.PositiveSmallIntegerField(verbose_name="số ngày làm việc")),
                ("validity", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="hiệu lực")),
                ("basis", models.CharField(max_length=300, verbose_name="căn cứ")),
            ],
            options={
                "verbose_name": "thời hạn sau Quyết định",
                "verbose_name_plural": "thời hạn sau Quyết định",
                "ordering": ["step"],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("step", "="), ("validity", "&&")],
                        name="time_limits_do_not_overlap",
                        violation_error_message="Đã có thời hạn cho việc này trong thời gian đó.",
                    )
                ],
            },
        ),
    ]

import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.functions
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import core.clock


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_initial"),
        ("criteria", "0001_initial"),
        ("units", "0002_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ApprovalSetting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "unit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approval_setting",
                        to="units.unit",
                        verbose_name="đơn vị",
                    ),
                ),
                (
                    "is_required",
                    models.BooleanField(default=False, verbose_name="thủ trưởng duyệt trước khi nộp"),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người đặt",
                    ),
                ),
                ("set_at", models.DateTimeField(verbose_name="đặt lúc")),
            ],
            options={
                "verbose_name": "quy định duyệt trước khi nộp",
                "verbose_name_plural": "quy định duyệt trước khi nộp",
            },
        ),
        migrations.CreateModel(
            name="Campaign",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="mã")),
                ("name", models.CharField(max_length=200, verbose_name="tên")),
                ("first_year", models.PositiveSmallIntegerField(verbose_name="năm đầu")),
                ("last_year", models.PositiveSmallIntegerField(verbose_name="năm cuối")),
                ("legal_basis", models.CharField(max_length=300, verbose_name="căn cứ")),
                (
                    "criteria_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="criteria.criteriaset",
                        verbose_name="bộ tiêu chí",
                    ),
                ),
                ("final_review_year", models.PositiveSmallIntegerField(verbose_name="năm tổng kết")),
                (
                    "record_year",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="năm của báo cáo làm căn cứ xét"
                    ),
                ),
                ("record_cutoff", models.DateField(blank=True, null=True, verbose_name="ngày chốt số liệu")),
                (
                    "jump_margin",
                    models.PositiveSmallIntegerField(
                        default=20, verbose_name="mức biến động cần giải thích (điểm phần trăm)"
                    ),
                ),
                (
                    "near_margin",
                    models.PositiveSmallIntegerField(
                        default=2, verbose_name="khoảng sát mức phải đạt (điểm phần trăm)"
                    ),
                ),
                (
                    "margins_basis",
                    models.CharField(
                        default="Giả định; kế hoạch không quy định",
                        max_length=300,
                        verbose_name="căn cứ của hai mức trên",
                    ),
                ),
                ("is_assumed", models.BooleanField(default=False, verbose_name="giả định")),
            ],
            options={
                "verbose_name": "giai đoạn phong trào",
                "verbose_name_plural": "giai đoạn phong trào",
                "ordering": ["-first_year"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_year__gte", models.F("first_year"))),
                        name="campaign_years_are_in_order",
                        violation_error_code="last_year",
                        violation_error_message="Năm cuối không được trước năm đầu.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("final_review_year__gte", models.F("first_year")),
                            ("final_review_year__lte", models.F("last_year")),
                        ),
                        name="campaign_is_reviewed_within_its_years",
                        violation_error_code="final_review_year",
                        violation_error_message="Năm tổng kết phải nằm trong giai đoạn.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("record_year__gte", models.F("first_year")),
                            ("record_year__lte", models.F("last_year")),
                        ),
                        name="campaign_report_of_record_is_within_its_years",
                        violation_error_code="record_year",
                        violation_error_message="Năm của báo cáo làm căn cứ xét phải nằm trong giai đoạn.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("record_cutoff__isnull", True), ("record_year__isnull", False), _connector="OR"
                        ),
                        name="campaign_cutoff_is_of_a_report",
                        violation_error_code="record_year",
                        violation_error_message="Có ngày chốt số liệu thì phải ghi năm của báo cáo làm căn cứ xét.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Judgement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="judgements",
                        to="criteria.criterion",
                        verbose_name="tiêu chí",
                    ),
                ),
                ("subject_uid", models.UUIDField()),
                ("subject_name", models.CharField(max_length=300, verbose_name="về ai")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                        verbose_name="đơn vị",
                    ),
                ),
                ("is_met", models.BooleanField(verbose_name="đạt")),
                ("reason", models.TextField(verbose_name="lý do")),
                ("judged_at", models.DateTimeField(verbose_name="kết luận lúc")),
                (
                    "judged_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người kết luận",
                    ),
                ),
                (
                    "evidence",
                    models.ManyToManyField(related_name="+", to="core.file", verbose_name="minh chứng"),
                ),
            ],
            options={
                "verbose_name": "kết luận theo minh chứng",
                "verbose_name_plural": "kết luận theo minh chứng",
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["subject_uid", "id"], name="registratio_subject_223f8b_idx")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="judgement_says_why",
                        violation_error_message="Hãy nêu lý do của kết luận.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Period",
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
                        related_name="periods",
                        to="registrations.campaign",
                        verbose_name="giai đoạn",
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        error_messages={"unique": "Năm này đã có kỳ."}, unique=True, verbose_name="năm"
                    ),
                ),
                ("opens_on", models.DateField(verbose_name="mở từ ngày")),
                ("last_day", models.DateField(verbose_name="ngày cuối nhận đúng hạn")),
                ("locks_on", models.DateField(verbose_name="ngày cuối còn nhận (nộp muộn)")),
                (
                    "launch_last_day",
                    models.DateField(blank=True, null=True, verbose_name="ngày cuối phát động"),
                ),
                (
                    "pilots_last_day",
                    models.DateField(
                        blank=True, null=True, verbose_name="ngày cuối gửi danh sách chỉ đạo điểm"
                    ),
                ),
                (
                    "six_month_last_day",
                    models.DateField(blank=True, null=True, verbose_name="ngày cuối nộp báo cáo 6 tháng"),
                ),
                ("report_last_day", models.DateField(verbose_name="ngày cuối nộp báo cáo năm")),
                (
                    "verify_last_day",
                    models.DateField(blank=True, null=True, verbose_name="ngày cuối thẩm định số liệu"),
                ),
                (
                    "dossier_last_day",
                    models.DateField(blank=True, null=True, verbose_name="ngày cuối nhận hồ sơ khen thưởng"),
                ),
                (
                    "supplement_days",
                    models.PositiveSmallIntegerField(default=5, verbose_name="số ngày làm việc để bổ sung"),
                ),
                (
                    "contest_days",
                    models.PositiveSmallIntegerField(default=5, verbose_name="số ngày làm việc để kiến nghị"),
                ),
                ("communes_file", models.BooleanField(default=False, verbose_name="cấp xã nộp trực tiếp")),
                (
                    "enterprises_file",
                    models.BooleanField(default=False, verbose_name="doanh nghiệp phải nộp"),
                ),
                ("basis", models.CharField(max_length=300, verbose_name="căn cứ")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="phiên bản")),
            ],
            options={
                "verbose_name": "kỳ",
                "verbose_name_plural": "kỳ",
                "ordering": ["-year"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("opens_on"))),
                        name="period_closes_after_it_opens",
                        violation_error_code="last_day",
                        violation_error_message="Ngày cuối nhận đúng hạn không được trước ngày mở.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("locks_on__gte", models.F("last_day"))),
                        name="period_locks_after_its_last_day",
                        violation_error_code="locks_on",
                        violation_error_message="Ngày cuối còn nhận không được trước ngày cuối nhận đúng hạn.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("launch_last_day__gte", models.F("opens_on"))),
                        name="period_launches_after_it_opens",
                        violation_error_code="launch_last_day",
                        violation_error_message="Ngày cuối phát động không được trước ngày mở.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("pilots_last_day__gte", models.F("opens_on"))),
                        name="period_names_pilots_after_it_opens",
                        violation_error_code="pilots_last_day",
                        violation_error_message="Ngày cuối gửi danh sách chỉ đạo điểm không được trước ngày mở.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("six_month_last_day__gte", models.F("last_day"))),
                        name="period_six_months_are_reported_after_registration",
                        violation_error_code="six_month_last_day",
                        violation_error_message="Báo cáo 6 tháng không được trước ngày cuối nhận đăng ký đúng hạn.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("report_last_day__gte", models.F("last_day"))),
                        name="period_year_is_reported_after_registration",
                        violation_error_code="report_last_day",
                        violation_error_message="Báo cáo năm không được trước ngày cuối nhận đăng ký đúng hạn.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("report_last_day__gte", models.F("six_month_last_day"))),
                        name="period_year_is_reported_after_six_months",
                        violation_error_code="report_last_day",
                        violation_error_message="Báo cáo năm không được trước báo cáo 6 tháng.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("verify_last_day__gte", models.F("report_last_day"))),
                        name="period_is_verified_after_the_report",
                        violation_error_code="verify_last_day",
                        violation_error_message="Thẩm định số liệu không được kết thúc trước ngày cuối nộp báo cáo năm.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("dossier_last_day__gte", models.F("report_last_day"))),
                        name="period_takes_dossiers_after_the_report",
                        violation_error_code="dossier_last_day",
                        violation_error_message="Ngày cuối nhận hồ sơ khen thưởng không được trước ngày cuối nộp báo cáo năm.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Inspection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspections",
                        to="registrations.period",
                        verbose_name="kỳ",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="tên đợt kiểm tra")),
                ("reference", models.CharField(max_length=20, unique=True, verbose_name="mã đợt")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Trong kế hoạch"),
                            ("under_way", "Đang kiểm tra"),
                            ("concluded", "Đã kết thúc, chờ khắc phục"),
                            ("closed", "Đã đóng"),
                            ("cancelled", "Đã hủy"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="trạng thái",
                    ),
                ),
                ("purpose", models.TextField(blank=True, verbose_name="mục đích, nội dung kiểm tra")),
                ("combined_with", models.CharField(blank=True, max_length=200, verbose_name="lồng ghép với")),
                ("starts_on", models.DateField(verbose_name="từ ngày")),
                ("ends_on", models.DateField(verbose_name="đến hết ngày")),
                (
                    "decision_number",
                    models.CharField(blank=True, max_length=60, verbose_name="số quyết định"),
                ),
                ("decision_on", models.DateField(blank=True, null=True, verbose_name="ngày quyết định")),
                (
                    "decision_file",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="core.file",
                        verbose_name="quyết định đã ký",
                    ),
                ),
                ("conclusion", models.TextField(blank=True, verbose_name="đánh giá chung")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="phiên bản")),
                ("created_at", models.DateTimeField(verbose_name="tạo lúc")),
                ("concluded_at", models.DateTimeField(blank=True, null=True, verbose_name="kết thúc lúc")),
            ],
            options={
                "verbose_name": "đợt kiểm tra",
                "verbose_name_plural": "đợt kiểm tra",
                "ordering": ["-period__year", "-starts_on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="inspection_ends_after_it_starts",
                        violation_error_message="Ngày kết thúc phải sau ngày bắt đầu.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["planned", "cancelled"]),
                            models.Q(
                                models.Q(("decision_number", ""), _negated=True),
                                ("decision_file__isnull", False),
                                ("decision_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="inspection_announced_has_decision",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InspectionMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="registrations.inspection",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspections",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="tài khoản",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="họ và tên")),
                ("position", models.CharField(blank=True, max_length=120, verbose_name="chức vụ")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                        verbose_name="đơn vị",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("head", "Trưởng đoàn"),
                            ("deputy", "Phó trưởng đoàn"),
                            ("secretary", "Thư ký"),
                            ("member", "Thành viên"),
                        ],
                        default="member",
                        max_length=10,
                        verbose_name="vai trò",
                    ),
                ),
            ],
            options={
                "verbose_name": "thành viên đoàn",
                "verbose_name_plural": "thành viên đoàn",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("role", "head")),
                        fields=("inspection",),
                        name="inspection_has_one_head",
                        violation_error_message="Đoàn đã có trưởng đoàn.",
                    ),
                    models.UniqueConstraint(
                        fields=("inspection", "user"),
                        name="inspection_member_is_listed_once",
                        violation_error_message="Người này đã có trong đoàn.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InspectionPlan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "period",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspection_plan",
                        to="registrations.period",
                        verbose_name="kỳ",
                    ),
                ),
                ("number", models.CharField(max_length=60, verbose_name="số, ký hiệu")),
                ("signed_on", models.DateField(verbose_name="ngày ký")),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, to="core.file", verbose_name="bản đã ký"
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="nội dung chính")),
            ],
            options={
                "verbose_name": "kế hoạch kiểm tra",
                "verbose_name_plural": "kế hoạch kiểm tra",
            },
        ),
        migrations.CreateModel(
            name="Launch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="launches",
                        to="registrations.period",
                        verbose_name="kỳ",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="launches",
                        to="units.unit",
                        verbose_name="đơn vị",
                    ),
                ),
                ("launched_on", models.DateField(verbose_name="ngày phát động")),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("conference", "Hội nghị phát động"),
                            ("document", "Văn bản phát động"),
                            ("combined", "Lồng ghép vào hội nghị, phong trào khác"),
                            ("online", "Hội nghị trực tuyến"),
                            ("other", "Hình thức khác"),
                        ],
                        max_length=12,
                        verbose_name="hình thức",
                    ),
                ),
                (
                    "document_number",
                    models.CharField(blank=True, max_length=60, verbose_name="số, ký hiệu văn bản"),
                ),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="core.file",
                        verbose_name="văn bản đã ký",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="ghi chú")),
                ("received_on", models.DateField(blank=True, null=True, verbose_name="ngày nhận bản giấy")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="phiên bản")),
                ("recorded_at", models.DateTimeField(verbose_name="ghi nhận lúc")),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người ghi nhận",
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="rút lại lúc")),
            ],
            options={
                "verbose_name": "phát động",
                "verbose_name_plural": "phát động",
                "ordering": ["-period__year", "unit__sort_name", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("period", "unit"),
                        name="launch_is_one_per_unit_and_period",
                        violation_error_message="Đơn vị đã được ghi nhận phát động trong kỳ này.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Obligation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "uid",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        unique=True,
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="obligations",
                        to="registrations.period",
                        verbose_name="kỳ",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="obligations",
                        to="units.unit",
                        verbose_name="đơn vị",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("registration", "Đăng ký thi đua"),
                            ("launch", "Phát động phong trào"),
                            ("pilots", "Danh sách chỉ đạo điểm"),
                            ("six_month_report", "Báo cáo 6 tháng"),
                            ("annual_report", "Báo cáo năm"),
                        ],
                        max_length=20,
                        verbose_name="việc phải làm",
                    ),
                ),
                ("due", models.DateField(verbose_name="hạn cuối")),
                ("reason", models.CharField(max_length=200, verbose_name="vì sao phải làm")),
                ("met_at", models.DateTimeField(blank=True, null=True, verbose_name="nộp lần đầu lúc")),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người bổ sung",
                    ),
                ),
                ("is_waived", models.BooleanField(default=False, verbose_name="được miễn")),
                ("waived_reason", models.CharField(blank=True, max_length=200, verbose_name="lý do miễn")),
                (
                    "is_waived_by_setting",
                    models.BooleanField(default=False, verbose_name="miễn theo quy định của kỳ"),
                ),
                (
                    "waived_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người miễn",
                    ),
                ),
            ],
            options={
                "verbose_name": "nghĩa vụ",
                "verbose_name_plural": "nghĩa vụ",
                "ordering": ["period", "unit__sort_name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("period", "unit", "kind"), name="obligation_is_owed_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_waived", False),
                            models.Q(("waived_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="obligation_waived_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_waived", True),
                            models.Q(("is_waived_by_setting", False), ("waived_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="obligation_not_waived_names_no_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "obligation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensions",
                        to="registrations.obligation",
                        verbose_name="nghĩa vụ",
                    ),
                ),
                ("last_day", models.DateField(verbose_name="gia hạn đến hết ngày")),
                ("reason", models.CharField(max_length=300, verbose_name="lý do")),
                (
                    "document",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="core.file",
                        verbose_name="văn bản kèm theo",
                    ),
                ),
                (
                    "granted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người duyệt",
                    ),
                ),
                ("granted_at", models.DateTimeField(verbose_name="duyệt lúc")),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người kết thúc",
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="kết thúc lúc")),
                ("ended_reason", models.CharField(blank=True, max_length=300, verbose_name="lý do kết thúc")),
            ],
            options={
                "verbose_name": "gia hạn",
                "verbose_name_plural": "gia hạn",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("obligation",),
                        name="extension_in_force_is_one_per_obligation",
                        violation_error_message="Đơn vị đang được gia hạn cho việc này.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True),
                            models.Q(
                                ("ended_by__isnull", False), models.Q(("ended_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="extension_ended_says_by_whom_and_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PilotList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pilot_lists",
                        to="registrations.period",
                        verbose_name="kỳ",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pilot_lists",
                        to="units.unit",
                        verbose_name="huyện, thị xã, thành phố",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Đang lập"),
                            ("filed", "Đã gửi"),
                            ("returned", "Được trả lại"),
                            ("noted", "Đã ghi nhận"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="trạng thái",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, verbose_name="phiên bản")),
                (
                    "first_filed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="gửi lần đầu lúc"),
                ),
                ("filed_at", models.DateTimeField(blank=True, null=True, verbose_name="gửi lúc")),
                ("is_late", models.BooleanField(default=False, verbose_name="gửi muộn")),
                ("created_at", models.DateTimeField(verbose_name="tạo lúc")),
            ],
            options={
                "verbose_name": "danh sách chỉ đạo điểm",
                "verbose_name_plural": "danh sách chỉ đạo điểm",
                "ordering": ["-period__year", "unit__sort_name", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("period", "unit"),
                        name="pilot_list_is_one_per_level_and_period",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"),
                            models.Q(("filed_at__isnull", False), ("first_filed_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="pilot_list_sent_has_instant",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PilotNorm",
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
                        related_name="pilot_norms",
                        to="registrations.campaign",
                        verbose_name="giai đoạn",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[("province", "Cấp tỉnh"), ("district", "Cấp huyện")],
                        max_length=10,
                        verbose_name="cấp chọn",
                    ),
                ),
                ("at_least", models.PositiveSmallIntegerField(default=1, verbose_name="ít nhất")),
                (
                    "at_most",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="nhiều nhất"),
                ),
                ("clause", models.CharField(max_length=200, verbose_name="căn cứ")),
            ],
            options={
                "verbose_name": "số đơn vị chỉ đạo điểm",
                "verbose_name_plural": "số đơn vị chỉ đạo điểm",
                "ordering": ["campaign", "level"],
                "constraints": [
                    models.UniqueConstraint(fields=("campaign", "level"), name="pilot_norm_is_one_per_level"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("at_most__isnull", True), ("at_most__gte", models.F("at_least")), _connector="OR"
                        ),
                        name="pilot_norm_numbers_are_in_order",
                        violation_error_message="Số nhiều nhất không được nhỏ hơn số ít nhất.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PriorityField",
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
                        related_name="fields",
                        to="registrations.campaign",
                    ),
                ),
                ("code", models.CharField(max_length=4, verbose_name="mã")),
                ("name", models.CharField(max_length=120, verbose_name="tên")),
                ("position", models.PositiveSmallIntegerField(verbose_name="thứ tự")),
            ],
            options={
                "verbose_name": "lĩnh vực ưu tiên",
                "verbose_name_plural": "lĩnh vực ưu tiên",
                "ordering": ["campaign", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("campaign", "code"), name="field_code_is_unique")
                ],
            },
        ),
        migrations.CreateModel(
            name="Pilot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pilots",
                        to="registrations.pilotlist",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pilots",
                        to="units.unit",
                        verbose_name="đơn vị",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        verbose_name="bộ phận, hoặc doanh nghiệp chưa có trên cổng",
                    ),
                ),
                ("reason", models.TextField(verbose_name="lý do chọn")),
                ("valid_from", models.DateField(verbose_name="từ ngày")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="đến hết ngày")),
                (
                    "fields",
                    models.ManyToManyField(
                        blank=True, to="registrations.priorityfield", verbose_name="lĩnh vực chỉ đạo điểm"
                    ),
                ),
            ],
            options={
                "verbose_name": "đơn vị chỉ đạo điểm",
                "verbose_name_plural": "đơn vị chỉ đạo điểm",
                "ordering": ["valid_from", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("unit__isnull", False), models.Q(("name", ""), _negated=True), _connector="OR"
                        ),
                        name="pilot_names_who_it_is",
                        violation_error_message="Hãy chọn đơn vị, hoặc ghi tên bộ phận, doanh nghiệp.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="pilot_ends_after_it_begins",
                        violation_error_message="Ngày kết thúc phải sau ngày bắt đầu.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ranking",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rankings",
                        to="registrations.period",
                        verbose_name="kỳ",
                    ),
                ),
                (
                    "tier",
                    models.CharField(
                        choices=[
                            ("provincial", "Cấp tỉnh"),
                            ("district", "Cấp huyện"),
                            ("commune", "Cấp xã"),
                            ("enterprise", "Doanh nghiệp"),
                        ],
                        max_length=12,
                        verbose_name="cấp",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Chưa công bố"),
                            ("published", "Đã công bố"),
                            ("retracted", "Đã thu hồi"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="trạng thái",
                    ),
                ),
                (
                    "scale",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="criteria.scale",
                        verbose_name="thang điểm",
                    ),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="công bố lúc")),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người công bố",
                    ),
                ),
            ],
            options={
                "verbose_name": "bảng xếp hạng",
                "verbose_name_plural": "bảng xếp hạng",
                "ordering": ["-period__year", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "published")),
                        fields=("period", "tier"),
                        name="ranking_is_published_once_per_period_and_tier",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"),
                            models.Q(("published_at__isnull", False), ("published_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="ranking_published_has_instant_and_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RankingRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "ranking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="registrations.ranking",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rankings",
                        to="units.unit",
                        verbose_name="đơn vị",
                    ),
                ),
                ("group", models.CharField(blank=True, max_length=300, verbose_name="nhóm")),
                ("place", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="hạng")),
                ("total", models.CharField(blank=True, max_length=40, verbose_name="tổng điểm")),
                ("explanation", models.JSONField(default=dict, verbose_name="cách tính")),
            ],
            options={
                "verbose_name": "hạng của đơn vị",
                "verbose_name_plural": "hạng của đơn vị",
                "ordering": ["group", "place", "unit__sort_name", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("ranking", "unit"), name="ranking_names_a_unit_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Registration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registrations",
                        to="registrations.period",
                        verbose_name="kỳ",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registrations",
                        to="units.unit",
                        verbose_name="đơn vị",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Đang soạn"),
                            ("filed", "Đã nộp"),
                            ("confirmed", "Đã xác nhận"),
                            ("returned", "Được trả lại"),
                            ("withdrawn", "Đã rút"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="trạng thái",
                    ),
                ),
                ("reference", models.CharField(blank=True, max_length=20, verbose_name="số tiếp nhận")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="phiên bản")),
                ("contact_name", models.CharField(blank=True, max_length=120, verbose_name="người liên hệ")),
                ("contact_phone", models.CharField(blank=True, max_length=30, verbose_name="điện thoại")),
                ("objectives", models.TextField(blank=True, verbose_name="mục tiêu thi đua")),
                (
                    "first_filed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="nộp lần đầu lúc"),
                ),
                ("filed_at", models.DateTimeField(blank=True, null=True, verbose_name="nộp lúc")),
                ("is_late", models.BooleanField(default=False, verbose_name="nộp muộn")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="xác nhận lúc")),
                ("supplement_due", models.DateField(blank=True, null=True, verbose_name="hạn bổ sung")),
                ("is_supplement_late", models.BooleanField(default=False, verbose_name="chậm bổ sung")),
                (
                    "through",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registrations_for_communes",
                        to="units.unit",
                        verbose_name="nộp qua",
                    ),
                ),
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
                ("received_on", models.DateField(blank=True, null=True, verbose_name="ngày nhận văn bản")),
                (
                    "set_aside",
                    models.JSONField(editable=False, null=True, verbose_name="bản nháp được giữ lại"),
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
                (
                    "fields",
                    models.ManyToManyField(
                        blank=True, to="registrations.priorityfield", verbose_name="lĩnh vực ưu tiên"
                    ),
                ),
            ],
            options={
                "verbose_name": "đăng ký thi đua",
                "verbose_name_plural": "đăng ký thi đua",
                "ordering": ["-period__year", "unit__sort_name", "id"],
                "indexes": [
                    models.Index(
                        fields=["period", "state", "filed_at"], name="registratio_period__66eddd_idx"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("period", "unit"),
                        name="registration_is_one_per_unit_and_period",
                        violation_error_message="Đơn vị đã có bản đăng ký của năm này.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["filed", "confirmed", "returned"]), _negated=True),
                            models.Q(
                                ("filed_at__isnull", False),
                                ("first_filed_at__isnull", False),
                                models.Q(("reference", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="registration_filed_has_instant_and_reference",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "confirmed"), _negated=True),
                            ("confirmed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="registration_confirmed_has_instant",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "returned"), _negated=True),
                            ("supplement_due__isnull", False),
                            _connector="OR",
                        ),
                        name="registration_returned_has_supplement_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "filed"), _negated=True),
                            ("channel", "portal"),
                            models.Q(
                                models.Q(("paper_number", ""), _negated=True), ("received_on__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="registration_on_paper_names_its_receipt",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HeadApproval",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "registration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="approvals",
                        to="registrations.registration",
                    ),
                ),
                ("version", models.PositiveIntegerField(verbose_name="phiên bản")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Chờ thủ trưởng duyệt"),
                            ("approved", "Thủ trưởng đã duyệt"),
                            ("sent_back", "Thủ trưởng yêu cầu sửa"),
                            ("taken_back", "Đã trình lại bản khác"),
                        ],
                        default="asked",
                        max_length=12,
                        verbose_name="trạng thái",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người trình",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="trình lúc")),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người duyệt",
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True, verbose_name="duyệt lúc")),
            ],
            options={
                "verbose_name": "ý kiến của thủ trưởng",
                "verbose_name_plural": "ý kiến của thủ trưởng",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")),
                        fields=("registration",),
                        name="approval_is_asked_once_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["approved", "sent_back"]), _negated=True),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="approval_decided_has_person_and_instant",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RegistrationAttachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "registration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="registrations.registration",
                    ),
                ),
                ("file", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to="core.file")),
                ("is_removed", models.BooleanField(default=False, verbose_name="đã gỡ")),
            ],
            options={
                "verbose_name": "tệp kèm theo",
                "verbose_name_plural": "tệp kèm theo",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="RegistrationDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "registration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to="registrations.registration",
                    ),
                ),
                ("version", models.PositiveIntegerField(verbose_name="phiên bản")),
                ("content", models.JSONField(verbose_name="nội dung")),
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
                "verbose_name": "bản nháp đã lưu",
                "verbose_name_plural": "bản nháp đã lưu",
                "ordering": ["version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("registration", "version"), name="draft_version_is_unique"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RegistrationTarget",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "registration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="targets",
                        to="registrations.registration",
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="criteria.criterion",
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=300, verbose_name="chỉ tiêu khác")),
                ("level", models.CharField(blank=True, max_length=120, verbose_name="mức phấn đấu")),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "chỉ tiêu",
                "verbose_name_plural": "chỉ tiêu",
                "ordering": ["position", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("registration", "criterion"), name="target_is_one_per_criterion"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("criterion__isnull", False),
                            models.Q(("text", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="target_names_what_it_is_about",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RegistrationTask",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "registration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tasks",
                        to="registrations.registration",
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("name", models.CharField(max_length=300, verbose_name="nhiệm vụ")),
                ("product", models.CharField(blank=True, max_length=300, verbose_name="sản phẩm cụ thể")),
                (
                    "field",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="registrations.priorityfield",
                        verbose_name="lĩnh vực",
                    ),
                ),
                ("due", models.DateField(blank=True, null=True, verbose_name="thời hạn")),
                ("in_charge", models.CharField(blank=True, max_length=120, verbose_name="người phụ trách")),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "nhiệm vụ",
                "verbose_name_plural": "nhiệm vụ",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="RegistrationVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "registration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="registrations.registration",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="lần nộp")),
                ("snapshot", models.JSONField(verbose_name="nội dung")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("filed_at", models.DateTimeField(verbose_name="nộp lúc")),
                (
                    "filed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người nộp",
                    ),
                ),
                ("is_late", models.BooleanField(verbose_name="nộp muộn")),
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
                ("received_on", models.DateField(blank=True, null=True, verbose_name="ngày nhận văn bản")),
                ("request_key", models.UUIDField(unique=True)),
            ],
            options={
                "verbose_name": "bản đã nộp",
                "verbose_name_plural": "bản đã nộp",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("registration", "number"), name="version_number_is_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("channel", "portal"),
                            models.Q(
                                models.Q(("paper_number", ""), _negated=True), ("received_on__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="version_on_paper_names_its_receipt",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReminderLetter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registrations.period",
                        verbose_name="kỳ",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("registration", "Đăng ký thi đua"),
                            ("launch", "Phát động phong trào"),
                            ("pilots", "Danh sách chỉ đạo điểm"),
                            ("six_month_report", "Báo cáo 6 tháng"),
                            ("annual_report", "Báo cáo năm"),
                        ],
                        max_length=20,
                        verbose_name="việc phải làm",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                        verbose_name="cơ quan ban hành",
                    ),
                ),
                ("subject", models.CharField(max_length=200, verbose_name="trích yếu")),
                ("body", models.TextField(max_length=4000, verbose_name="nội dung")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Dự thảo"),
                            ("signed", "Đã ban hành"),
                            ("cancelled", "Đã hủy dự thảo"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="trạng thái",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, verbose_name="phiên bản")),
                ("request_key", models.UUIDField(unique=True)),
                ("number", models.CharField(blank=True, max_length=30, verbose_name="số, ký hiệu")),
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
            ],
            options={
                "verbose_name": "công văn đôn đốc",
                "verbose_name_plural": "công văn đôn đốc",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "signed"), _negated=True),
                            models.Q(
                                ("signed_file__isnull", False),
                                ("signed_on__isnull", False),
                                models.Q(("number", ""), _negated=True),
                                models.Q(("signer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="reminder_letter_signed_has_number_day_signer_and_file",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LetterRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="registrations.reminderletter",
                    ),
                ),
                (
                    "obligation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letter_rows",
                        to="registrations.obligation",
                        verbose_name="nghĩa vụ",
                    ),
                ),
            ],
            options={
                "verbose_name": "đơn vị được đôn đốc",
                "verbose_name_plural": "đơn vị được đôn đốc",
                "ordering": ["obligation__unit__sort_name", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("letter", "obligation"), name="letter_row_is_one_per_obligation"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReminderPreference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminder_preference",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("is_digest", models.BooleanField(default=True, verbose_name="gộp thành một thư mỗi ngày")),
                ("takes_optional", models.BooleanField(default=True, verbose_name="nhận cả thư nhắc thêm")),
            ],
            options={
                "verbose_name": "cách nhận thư nhắc",
                "verbose_name_plural": "cách nhận thư nhắc",
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="registrations.period",
                        verbose_name="kỳ",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="units.unit",
                        verbose_name="đơn vị",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("six_month_report", "Báo cáo 6 tháng"), ("annual_report", "Báo cáo năm")],
                        default="annual_report",
                        max_length=20,
                        verbose_name="loại báo cáo",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Đang soạn"),
                            ("submitted", "Đã nộp"),
                            ("returned", "Được trả lại"),
                            ("verified", "Đã thẩm định"),
                            ("contested", "Đã gửi kiến nghị"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="trạng thái",
                    ),
                ),
                ("reference", models.CharField(blank=True, max_length=20, verbose_name="số tiếp nhận")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="phiên bản")),
                ("narrative", models.TextField(blank=True, verbose_name="kết quả nổi bật")),
                ("practices", models.TextField(blank=True, verbose_name="cách làm mới")),
                ("difficulties", models.TextField(blank=True, verbose_name="khó khăn, vướng mắc")),
                ("proposals", models.TextField(blank=True, verbose_name="đề xuất")),
                (
                    "first_submitted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="nộp lần đầu lúc"),
                ),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="nộp lúc")),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người nộp",
                    ),
                ),
                ("is_late", models.BooleanField(default=False, verbose_name="nộp muộn")),
                (
                    "verified_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="thẩm định xong lúc"),
                ),
                (
                    "contest_last_day",
                    models.DateField(blank=True, null=True, verbose_name="ngày cuối kiến nghị"),
                ),
                (
                    "assigned_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người thẩm định",
                    ),
                ),
                ("supplement_due", models.DateField(blank=True, null=True, verbose_name="hạn bổ sung")),
                ("request_key", models.UUIDField(blank=True, null=True, unique=True)),
                ("snapshot", models.JSONField(blank=True, null=True, verbose_name="nội dung đã nộp")),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256")),
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
                "verbose_name": "báo cáo số liệu",
                "verbose_name_plural": "báo cáo số liệu",
                "ordering": ["-period__year", "unit__sort_name", "id"],
                "indexes": [
                    models.Index(
                        fields=["period", "state", "submitted_at"], name="registratio_period__78eff7_idx"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("period", "unit", "kind"),
                        name="report_is_one_per_unit_period_and_kind",
                        violation_error_message="Đơn vị đã có báo cáo này.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["submitted", "returned", "verified", "contested"]),
                                _negated=True,
                            ),
                            models.Q(
                                ("first_submitted_at__isnull", False),
                                ("submitted_at__isnull", False),
                                models.Q(("reference", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="report_submitted_has_instant_and_reference",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "verified"), _negated=True),
                            ("verified_at__isnull", False),
                            _connector="OR",
                        ),
                        name="report_verified_has_instant",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "returned"), _negated=True),
                            ("supplement_due__isnull", False),
                            _connector="OR",
                        ),
                        name="report_returned_has_supplement_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Evaluation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "report",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evaluations",
                        to="registrations.report",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="lúc")),
                ("on_verified", models.BooleanField(verbose_name="trên số liệu đã thẩm định")),
                ("set_sha256", models.CharField(max_length=64)),
                ("input_sha256", models.CharField(max_length=64)),
                ("engine_version", models.CharField(max_length=20)),
                ("inputs", models.JSONField(default=dict)),
                ("results", models.JSONField()),
                ("summary", models.JSONField()),
                ("score", models.CharField(blank=True, max_length=40, verbose_name="điểm")),
                (
                    "scale",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="criteria.scale",
                        verbose_name="thang điểm",
                    ),
                ),
                ("sha256", models.CharField(editable=False, max_length=64)),
            ],
            options={
                "verbose_name": "kết quả đánh giá",
                "verbose_name_plural": "kết quả đánh giá",
                "ordering": ["id"],
                "indexes": [models.Index(fields=["report", "-id"], name="registratio_report__0c23db_idx")],
            },
        ),
        migrations.CreateModel(
            name="Figure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figures",
                        to="registrations.report",
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="criteria.criterion",
                        verbose_name="tiêu chí",
                    ),
                ),
                ("numerator", models.BigIntegerField(blank=True, null=True, verbose_name="tử số")),
                ("denominator", models.BigIntegerField(blank=True, null=True, verbose_name="mẫu số")),
                ("answer", models.BooleanField(blank=True, null=True, verbose_name="trả lời")),
                (
                    "not_applicable",
                    models.CharField(blank=True, max_length=300, verbose_name="lý do không áp dụng"),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="ghi chú")),
                ("excluded", models.BigIntegerField(blank=True, null=True, verbose_name="số không tính")),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("pending", "Chưa thẩm định"),
                            ("accepted", "Chấp nhận"),
                            ("corrected", "Điều chỉnh"),
                            ("refused", "Không chấp nhận"),
                        ],
                        default="pending",
                        max_length=10,
                        verbose_name="thẩm định",
                    ),
                ),
                (
                    "verified_numerator",
                    models.BigIntegerField(blank=True, null=True, verbose_name="tử số thẩm định"),
                ),
                (
                    "verified_denominator",
                    models.BigIntegerField(blank=True, null=True, verbose_name="mẫu số thẩm định"),
                ),
                ("comment", models.CharField(blank=True, max_length=300, verbose_name="ý kiến thẩm định")),
                (
                    "verified_by",
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
                "verbose_name": "số liệu",
                "verbose_name_plural": "số liệu",
                "ordering": ["criterion__position", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("report", "criterion"), name="figure_is_one_per_criterion"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("numerator__isnull", True),
                            models.Q(
                                ("denominator__lte", 1000000000000000000),
                                ("numerator__gte", 0),
                                ("numerator__lte", models.F("denominator")),
                            ),
                            _connector="OR",
                        ),
                        name="figure_numerator_is_within_denominator",
                        violation_error_message="Tử số phải từ 0 và không lớn hơn mẫu số.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("denominator__isnull", True), ("numerator__isnull", True)),
                            models.Q(("denominator__isnull", False), ("numerator__isnull", False)),
                            _connector="OR",
                        ),
                        name="figure_has_both_numbers_or_none",
                        violation_error_message="Nhập đủ cả tử số và mẫu số.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("not_applicable", ""),
                            ("denominator__isnull", True),
                            ("denominator", 0),
                            _connector="OR",
                        ),
                        name="figure_not_applicable_has_no_denominator",
                        violation_error_message="Đã có mẫu số thì không thể ghi là không áp dụng.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("excluded__isnull", True),
                            models.Q(("excluded__gte", 0), ("excluded__lte", 1000000000000000000)),
                            _connector="OR",
                        ),
                        name="figure_excluded_is_a_count",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verdict", "corrected"), _negated=True),
                            models.Q(
                                ("verified_denominator__isnull", False),
                                ("verified_denominator__lte", 1000000000000000000),
                                ("verified_numerator__gte", 0),
                                ("verified_numerator__isnull", False),
                                ("verified_numerator__lte", models.F("verified_denominator")),
                            ),
                            _connector="OR",
                        ),
                        name="figure_corrected_has_verified_numbers",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verdict__in", ["corrected", "refused"]), _negated=True),
                            models.Q(("comment", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="figure_corrected_or_refused_has_comment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FigureAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "figure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="registrations.figure",
                    ),
                ),
                ("refusal", models.CharField(max_length=300, verbose_name="lý do không chấp nhận")),
                ("is_contested", models.BooleanField(verbose_name="kiến nghị")),
                ("text", models.TextField(blank=True, verbose_name="nội dung kiến nghị")),
                ("answered_at", models.DateTimeField(verbose_name="trả lời lúc")),
                (
                    "answered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người trả lời",
                    ),
                ),
            ],
            options={
                "verbose_name": "trả lời về số liệu",
                "verbose_name_plural": "trả lời về số liệu",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_contested", False), models.Q(("text", ""), _negated=True), _connector="OR"
                        ),
                        name="figure_answer_contested_says_why",
                        violation_error_message="Hãy nêu nội dung kiến nghị.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FigureEvidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "figure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence",
                        to="registrations.figure",
                    ),
                ),
                ("file", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to="core.file")),
                (
                    "answer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="registrations.figureanswer",
                    ),
                ),
                ("is_removed", models.BooleanField(default=False, verbose_name="đã gỡ")),
                ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="gỡ lúc")),
                (
                    "removed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người gỡ",
                    ),
                ),
            ],
            options={
                "verbose_name": "minh chứng",
                "verbose_name_plural": "minh chứng",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Initiative",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="initiatives",
                        to="registrations.report",
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("name", models.CharField(max_length=300, verbose_name="tên sáng kiến")),
                (
                    "authors",
                    models.CharField(blank=True, max_length=300, verbose_name="tác giả, nhóm tác giả"),
                ),
                ("effect", models.CharField(blank=True, max_length=500, verbose_name="hiệu quả")),
                ("recognition", models.CharField(blank=True, max_length=300, verbose_name="công nhận")),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "sáng kiến",
                "verbose_name_plural": "sáng kiến",
                "ordering": ["position", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("report", "key"), name="initiative_key_is_unique")
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to="registrations.report",
                    ),
                ),
                ("version", models.PositiveIntegerField(verbose_name="phiên bản")),
                ("content", models.JSONField(verbose_name="nội dung")),
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
                "verbose_name": "bản nháp báo cáo đã lưu",
                "verbose_name_plural": "bản nháp báo cáo đã lưu",
                "ordering": ["version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("report", "version"), name="report_draft_version_is_unique"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="registrations.inspection",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspection_visits",
                        to="units.unit",
                        verbose_name="đơn vị được kiểm tra",
                    ),
                ),
                ("on", models.DateField(verbose_name="ngày làm việc")),
                ("place", models.CharField(max_length=200, verbose_name="địa điểm")),
                ("representatives", models.TextField(blank=True, verbose_name="đại diện đơn vị")),
                ("summary", models.TextField(blank=True, verbose_name="nhận xét chung")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Chưa thông báo kết quả"),
                            ("communicated", "Đã thông báo kết quả"),
                        ],
                        default="planned",
                        max_length=12,
                        verbose_name="trạng thái",
                    ),
                ),
                (
                    "communicated_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="thông báo lúc"),
                ),
            ],
            options={
                "verbose_name": "buổi kiểm tra",
                "verbose_name_plural": "buổi kiểm tra",
                "ordering": ["on", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("inspection", "unit"),
                        name="visit_is_one_per_unit",
                        violation_error_message="Đơn vị này đã có trong chương trình.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "planned"), ("communicated_at__isnull", False), _connector="OR"
                        ),
                        name="visit_communicated_has_instant",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="registrations.visit",
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="criteria.criterion",
                        verbose_name="tiêu chí",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("good", "Điểm tốt, cách làm hay"),
                            ("shortcoming", "Hạn chế"),
                            ("wrong_figure", "Số liệu chưa đúng"),
                            ("violation", "Vi phạm"),
                        ],
                        max_length=12,
                        verbose_name="loại",
                    ),
                ),
                ("text", models.TextField(verbose_name="nội dung phát hiện")),
                ("remedy", models.TextField(blank=True, verbose_name="yêu cầu khắc phục")),
                ("due", models.DateField(blank=True, null=True, verbose_name="hạn khắc phục")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Cần khắc phục"),
                            ("answered", "Đã trả lời, chờ đoàn xem"),
                            ("closed", "Đã khắc phục"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="trạng thái",
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="đóng lúc")),
            ],
            options={
                "verbose_name": "phát hiện",
                "verbose_name_plural": "phát hiện",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "good"), _negated=True), ("state", "open"), _connector="OR"
                        ),
                        name="finding_good_is_not_followed_up",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), _negated=True),
                            ("closed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="finding_closed_has_instant",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FindingAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "finding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="registrations.finding",
                    ),
                ),
                ("text", models.TextField(verbose_name="nội dung trả lời")),
                ("answered_at", models.DateTimeField(verbose_name="trả lời lúc")),
                (
                    "answered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "trả lời",
                "verbose_name_plural": "trả lời",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="FindingFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="registrations.finding",
                    ),
                ),
                (
                    "answer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="registrations.findinganswer",
                    ),
                ),
                ("file", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to="core.file")),
            ],
            options={
                "verbose_name": "tệp của phát hiện",
                "verbose_name_plural": "tệp của phát hiện",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Wording",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "use",
                    models.CharField(
                        choices=[("mail", "Thư nhắc"), ("letter", "Công văn đôn đốc")],
                        max_length=10,
                        verbose_name="dùng cho",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="tên mẫu")),
                ("subject", models.CharField(max_length=200, verbose_name="tiêu đề")),
                ("body", models.TextField(max_length=4000, verbose_name="nội dung")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="phiên bản")),
            ],
            options={
                "verbose_name": "mẫu lời",
                "verbose_name_plural": "mẫu lời",
                "ordering": ["use", "name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("use", "name"),
                        name="wording_name_is_unique",
                        violation_error_message="Đã có mẫu cùng tên.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("subject", ""), _negated=True), models.Q(("body", ""), _negated=True)
                        ),
                        name="wording_says_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BulkAct",
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
                        choices=[("confirm", "Xác nhận đăng ký"), ("remind", "Gửi thư nhắc")],
                        max_length=10,
                        verbose_name="việc",
                    ),
                ),
                ("request_key", models.UUIDField(unique=True)),
                ("title", models.CharField(max_length=200, verbose_name="phạm vi")),
                (
                    "wording",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="registrations.wording",
                        verbose_name="mẫu lời",
                    ),
                ),
                ("seen_at", models.DateTimeField(verbose_name="danh sách mở lúc")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người thực hiện",
                    ),
                ),
                (
                    "acting",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="bắt đầu lúc")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="xong lúc")),
            ],
            options={
                "verbose_name": "việc làm hàng loạt",
                "verbose_name_plural": "việc làm hàng loạt",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("finished_at__isnull", True)),
                        fields=["id"],
                        name="bulk_act_unfinished",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BulkActRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "act",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="registrations.bulkact",
                    ),
                ),
                (
                    "obligation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registrations.obligation",
                        verbose_name="nghĩa vụ",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("waiting", "Đang chờ"),
                            ("done", "Đã thực hiện"),
                            ("refused", "Không thực hiện"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="kết quả",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="lý do")),
            ],
            options={
                "verbose_name": "dòng của việc hàng loạt",
                "verbose_name_plural": "dòng của việc hàng loạt",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("act", "obligation"), name="bulk_act_row_is_one_per_obligation"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "refused"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="bulk_act_row_refused_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReminderRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "uid",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        unique=True,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("registration", "Đăng ký thi đua"),
                            ("launch", "Phát động phong trào"),
                            ("pilots", "Danh sách chỉ đạo điểm"),
                            ("six_month_report", "Báo cáo 6 tháng"),
                            ("annual_report", "Báo cáo năm"),
                        ],
                        max_length=20,
                        verbose_name="việc",
                    ),
                ),
                (
                    "days_before",
                    models.SmallIntegerField(
                        help_text="30 là trước hạn 30 ngày, 0 là đúng ngày cuối, -3 là sau hạn 3 ngày.",
                        validators=[
                            django.core.validators.MinValueValidator(-90),
                            django.core.validators.MaxValueValidator(180),
                        ],
                        verbose_name="số ngày trước hạn",
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("filers", "Người lập hồ sơ của đơn vị"),
                            ("heads", "Thủ trưởng đơn vị"),
                            ("parent", "Người lập hồ sơ của đơn vị cấp trên"),
                            ("standing_body", "Cơ quan thường trực"),
                        ],
                        default="filers",
                        max_length=16,
                        verbose_name="nhắc ai",
                    ),
                ),
                (
                    "wording",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="registrations.wording",
                        verbose_name="mẫu lời",
                    ),
                ),
                (
                    "is_optional",
                    models.BooleanField(
                        default=False,
                        help_text="Người nhận được tự tắt. Nhắc bắt buộc thì không ai tắt được.",
                        verbose_name="nhắc thêm",
                    ),
                ),
                (
                    "on_working_days",
                    models.BooleanField(
                        default=False,
                        help_text="Trước hạn: gửi vào ngày làm việc liền trước; sau hạn: ngày làm việc liền sau.",
                        verbose_name="tránh ngày nghỉ",
                    ),
                ),
                ("valid_from", models.DateField(default=core.clock.today, verbose_name="áp dụng từ ngày")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="áp dụng đến hết ngày")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="phiên bản")),
            ],
            options={
                "verbose_name": "quy tắc nhắc",
                "verbose_name_plural": "quy tắc nhắc",
                "ordering": ["kind", "-days_before", "audience", "valid_from"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="reminder_rule_ends_after_it_begins",
                        violation_error_message="Ngày kết thúc phải sau ngày bắt đầu áp dụng.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("kind", "="),
                            ("days_before", "="),
                            ("audience", "="),
                            (
                                models.Func(
                                    models.F("valid_from"),
                                    models.F("valid_to"),
                                    models.Value("[]"),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="reminder_rule_is_one_at_a_time",
                        violation_error_message="Đã có quy tắc cho việc này, số ngày này, người này trong thời gian đó.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="registrations.reminderrule",
                        verbose_name="quy tắc",
                    ),
                ),
                (
                    "act",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="registrations.bulkact",
                        verbose_name="lần nhắc chung",
                    ),
                ),
                (
                    "wording",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="registrations.wording",
                        verbose_name="mẫu lời",
                    ),
                ),
                (
                    "obligation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="registrations.obligation",
                        verbose_name="nghĩa vụ",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người nhận",
                    ),
                ),
                ("why", models.CharField(default="", max_length=300, verbose_name="vì sao người này nhận")),
                ("due", models.DateField(verbose_name="hạn khi nhắc")),
                (
                    "mail",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="core.outboxmail",
                        verbose_name="thư",
                    ),
                ),
            ],
            options={
                "verbose_name": "lần nhắc",
                "verbose_name_plural": "lần nhắc",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("rule", "obligation", "user", "due"), name="reminder_goes_once_to_each_person"
                    ),
                    models.UniqueConstraint(
                        fields=("act", "obligation", "user"), name="reminder_by_hand_goes_once_to_each_person"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("act__isnull", True), ("rule__isnull", False)),
                            models.Q(("act__isnull", False), ("rule__isnull", True)),
                            _connector="OR",
                        ),
                        name="reminder_is_by_a_rule_or_by_hand",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Adjustment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adjustments",
                        to="registrations.period",
                        verbose_name="kỳ",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adjustments",
                        to="units.unit",
                        verbose_name="đơn vị",
                    ),
                ),
                ("points", models.SmallIntegerField(verbose_name="điểm")),
                ("reason", models.CharField(max_length=400, verbose_name="lý do")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="core.file", verbose_name="văn bản"
                    ),
                ),
                ("recorded_at", models.DateTimeField(verbose_name="ghi lúc")),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người ghi",
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="rút lúc")),
            ],
            options={
                "verbose_name": "điểm cộng, điểm trừ",
                "verbose_name_plural": "điểm cộng, điểm trừ",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("points__range", (-100, 100)), models.Q(("points", 0), _negated=True)
                        ),
                        name="adjustment_points_are_not_zero",
                        violation_error_message="Điểm cộng hoặc trừ từ 1 đến 100.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="adjustment_has_a_reason",
                        violation_error_message="Phải ghi lý do.",
                    ),
                ],
            },
        ),
    ]

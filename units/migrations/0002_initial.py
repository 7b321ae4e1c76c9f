import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

import units.models.request


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_initial"),
        ("units", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reorganisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="mã")),
                (
                    "change",
                    models.CharField(
                        choices=[
                            ("merge", "Sáp nhập, hợp nhất"),
                            ("split", "Chia tách"),
                            ("rename", "Đổi tên"),
                            ("abolish", "Giải thể, kết thúc hoạt động"),
                            ("mixed", "Sắp xếp nhiều đơn vị"),
                        ],
                        default="mixed",
                        max_length=12,
                        verbose_name="loại",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="nội dung")),
                ("legal_basis", models.CharField(max_length=120, verbose_name="căn cứ")),
                ("issuer", models.CharField(blank=True, max_length=120, verbose_name="cơ quan ban hành")),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="ngày ban hành")),
                (
                    "document",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="core.file",
                        verbose_name="văn bản",
                    ),
                ),
                ("effective_on", models.DateField(verbose_name="hiệu lực từ")),
                (
                    "is_automatic",
                    models.BooleanField(default=False, verbose_name="tự áp dụng vào ngày hiệu lực"),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "applied_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="áp dụng trên cổng lúc"),
                ),
            ],
            options={
                "verbose_name": "sắp xếp đơn vị",
                "verbose_name_plural": "sắp xếp đơn vị",
                "ordering": ["effective_on", "code"],
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("code", models.CharField(max_length=20, verbose_name="mã")),
                ("name", models.CharField(max_length=200, verbose_name="tên")),
                ("search_name", models.CharField(db_index=True, editable=False, max_length=200)),
                (
                    "sort_name",
                    models.CharField(db_collation="C", db_index=True, editable=False, max_length=600),
                ),
                ("abbreviation", models.CharField(blank=True, max_length=40, verbose_name="tên viết tắt")),
                (
                    "kind",
                    models.CharField(
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
                        verbose_name="loại",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="units.unit",
                        verbose_name="đơn vị cấp trên",
                    ),
                ),
                ("province_code", models.CharField(default="10", max_length=2, verbose_name="mã tỉnh")),
                ("valid_from", models.DateField(verbose_name="hiệu lực từ")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="hiệu lực đến hết")),
                (
                    "begun_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="begins",
                        to="units.reorganisation",
                        verbose_name="thành lập theo",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ends",
                        to="units.reorganisation",
                        verbose_name="kết thúc theo",
                    ),
                ),
                (
                    "has_admin_procedures",
                    models.BooleanField(default=True, verbose_name="có thủ tục hành chính"),
                ),
                ("source", models.CharField(blank=True, max_length=120, verbose_name="nguồn")),
                (
                    "tax_number",
                    models.CharField(blank=True, db_index=True, max_length=13, verbose_name="mã số thuế"),
                ),
                (
                    "is_predecessor_stub",
                    models.BooleanField(default=False, verbose_name="đơn vị tiền thân ngoài tỉnh"),
                ),
                ("is_invented", models.BooleanField(default=False, verbose_name="dữ liệu minh họa")),
            ],
            options={
                "verbose_name": "đơn vị",
                "verbose_name_plural": "đơn vị",
                "ordering": ["sort_name", "id"],
                "indexes": [
                    models.Index(fields=["kind", "sort_name", "id"], name="units_unit_kind_68a107_idx")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code", "valid_from"),
                        name="unit_code_is_unique_from_a_day",
                        violation_error_message="Đã có đơn vị với mã này từ ngày này.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="unit_ends_after_it_begins",
                        violation_error_message="Ngày kết thúc phải sau ngày bắt đầu.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Signer",
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
                        blank=True,
                        help_text="Để trống cho Ủy ban nhân dân tỉnh.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                        verbose_name="cơ quan",
                    ),
                ),
                ("validity", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="thời gian")),
                ("basis", models.CharField(max_length=200, verbose_name="căn cứ")),
                ("name", models.CharField(max_length=120, verbose_name="họ và tên")),
                (
                    "authority",
                    models.TextField(
                        help_text="Mỗi dòng như trên văn bản, ví dụ “KT. GIÁM ĐỐC” rồi “PHÓ GIÁM ĐỐC”.",
                        verbose_name="quyền hạn, chức vụ",
                    ),
                ),
                ("is_usual", models.BooleanField(default=False, verbose_name="thường ký")),
            ],
            options={
                "verbose_name": "người ký",
                "verbose_name_plural": "người ký",
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("is_usual", True)),
                        expressions=[
                            (
                                django.db.models.functions.comparison.Coalesce(
                                    "unit", models.Value(0, output_field=models.BigIntegerField())
                                ),
                                "=",
                            ),
                            ("validity", "&&"),
                        ],
                        name="usual_signers_do_not_overlap",
                        violation_error_message="Cơ quan này đã có người thường ký khác trong thời gian đó.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RecipientList",
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
                        blank=True,
                        help_text="Để trống cho Ủy ban nhân dân tỉnh.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                        verbose_name="cơ quan",
                    ),
                ),
                ("validity", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="thời gian")),
                ("basis", models.CharField(max_length=200, verbose_name="căn cứ")),
                (
                    "paper",
                    models.CharField(
                        choices=[
                            ("submission", "Tờ trình"),
                            ("decision", "Quyết định"),
                            ("report", "Báo cáo"),
                            ("plan", "Kế hoạch"),
                            ("letter", "Công văn"),
                            ("minutes", "Biên bản"),
                        ],
                        max_length=12,
                        verbose_name="loại văn bản",
                    ),
                ),
                (
                    "lines",
                    models.TextField(
                        help_text="Mỗi dòng một nơi, không gạch đầu dòng.", verbose_name="nơi nhận"
                    ),
                ),
            ],
            options={
                "verbose_name": "nơi nhận",
                "verbose_name_plural": "nơi nhận",
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                django.db.models.functions.comparison.Coalesce(
                                    "unit", models.Value(0, output_field=models.BigIntegerField())
                                ),
                                "=",
                            ),
                            ("paper", "="),
                            ("validity", "&&"),
                        ],
                        name="recipient_lists_do_not_overlap",
                        violation_error_message="Loại văn bản này đã có nơi nhận trong thời gian đó.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người dùng",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="units.unit",
                        verbose_name="đơn vị",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("filer", "Người lập hồ sơ"),
                            ("reviewer", "Chuyên viên"),
                            ("lead", "Lãnh đạo"),
                            ("head", "Thủ trưởng đơn vị"),
                            ("administrator", "Quản trị đơn vị"),
                        ],
                        max_length=16,
                        verbose_name="vai trò",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="từ ngày")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="đến hết ngày")),
            ],
            options={
                "verbose_name": "tư cách thành viên",
                "verbose_name_plural": "tư cách thành viên",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to__isnull", True)),
                        fields=("user", "unit", "role"),
                        name="membership_is_open_once",
                        violation_error_message="Người này đã có vai trò này tại đơn vị.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="membership_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Letterhead",
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
                        blank=True,
                        help_text="Để trống cho Ủy ban nhân dân tỉnh.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                        verbose_name="cơ quan",
                    ),
                ),
                ("validity", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="thời gian")),
                ("basis", models.CharField(max_length=200, verbose_name="căn cứ")),
                (
                    "parent_body",
                    models.CharField(blank=True, max_length=120, verbose_name="cơ quan chủ quản"),
                ),
                ("issuing_body", models.CharField(max_length=200, verbose_name="cơ quan ban hành")),
                ("abbreviation", models.CharField(max_length=40, verbose_name="chữ viết tắt")),
                ("place", models.CharField(max_length=60, verbose_name="địa danh")),
            ],
            options={
                "verbose_name": "phần đầu văn bản",
                "verbose_name_plural": "phần đầu văn bản",
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                django.db.models.functions.comparison.Coalesce(
                                    "unit", models.Value(0, output_field=models.BigIntegerField())
                                ),
                                "=",
                            ),
                            ("validity", "&&"),
                        ],
                        name="letterheads_do_not_overlap",
                        violation_error_message="Cơ quan này đã có phần đầu văn bản trong thời gian đó.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
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
                        related_name="invitations",
                        to="units.unit",
                        verbose_name="đơn vị",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người được mời",
                    ),
                ),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("filer", "Người lập hồ sơ"),
                                ("reviewer", "Chuyên viên"),
                                ("lead", "Lãnh đạo"),
                                ("head", "Thủ trưởng đơn vị"),
                                ("administrator", "Quản trị đơn vị"),
                            ],
                            max_length=16,
                        ),
                        size=None,
                        verbose_name="vai trò",
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người mời",
                    ),
                ),
                ("invited_at", models.DateTimeField(verbose_name="mời lúc")),
                ("expires_at", models.DateTimeField(verbose_name="hết hạn lúc")),
                ("sent", models.PositiveSmallIntegerField(default=1, verbose_name="số lần gửi")),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="nhận lời lúc")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="thu hồi lúc")),
            ],
            options={
                "verbose_name": "lời mời",
                "verbose_name_plural": "lời mời",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("accepted_at__isnull", True), ("revoked_at__isnull", True)),
                        fields=("unit", "user"),
                        name="invitation_is_open_once",
                        violation_error_message="Người này đã được mời và chưa trả lời. Hãy gửi lại lời mời cũ.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("accepted_at__isnull", True), ("revoked_at__isnull", True), _connector="OR"
                        ),
                        name="invitation_is_accepted_or_revoked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("roles__len__gt", 0)), name="invitation_names_a_role"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BlocMembership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "bloc",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="units.emulationbloc",
                        verbose_name="khối",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bloc_memberships",
                        to="units.unit",
                        verbose_name="đơn vị",
                    ),
                ),
                ("validity", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="thời gian")),
            ],
            options={
                "verbose_name": "đơn vị trong khối",
                "verbose_name_plural": "đơn vị trong khối",
                "ordering": ["unit__sort_name", "id"],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("unit", "="), ("validity", "&&")],
                        name="unit_is_in_one_bloc_at_a_time",
                        violation_error_message="Đơn vị đã thuộc một khối khác trong thời gian đó.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("validity__isempty", False)), name="bloc_membership_lasts"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BlocHead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "bloc",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="heads",
                        to="units.emulationbloc",
                        verbose_name="khối",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="heads_blocs",
                        to="units.unit",
                        verbose_name="đơn vị",
                    ),
                ),
                ("validity", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="thời gian")),
            ],
            options={
                "verbose_name": "khối trưởng",
                "verbose_name_plural": "khối trưởng",
                "ordering": ["-validity"],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("bloc", "="), ("validity", "&&")],
                        name="bloc_has_one_head_at_a_time",
                        violation_error_message="Khối đã có khối trưởng khác trong thời gian đó.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("validity__isempty", False)), name="bloc_head_lasts"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "code",
                    models.CharField(
                        default=units.models.request.new_code,
                        max_length=12,
                        unique=True,
                        verbose_name="mã tra cứu",
                    ),
                ),
                ("request_key", models.UUIDField(unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("submitted", "Chờ xét"),
                            ("approved", "Đã cấp tài khoản"),
                            ("refused", "Không cấp tài khoản"),
                        ],
                        default="submitted",
                        max_length=12,
                        verbose_name="trạng thái",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("enterprise", "Doanh nghiệp"),
                            ("cooperative", "Hợp tác xã"),
                            ("household_business", "Hộ kinh doanh"),
                        ],
                        max_length=24,
                        verbose_name="loại",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="tên")),
                ("search_name", models.CharField(db_index=True, editable=False, max_length=200)),
                (
                    "tax_number",
                    models.CharField(blank=True, db_index=True, max_length=13, verbose_name="mã số thuế"),
                ),
                ("identity_ciphertext", models.BinaryField(blank=True, null=True)),
                ("identity_key", models.CharField(blank=True, max_length=20)),
                ("identity_index", models.CharField(blank=True, db_index=True, max_length=64)),
                ("address", models.CharField(max_length=300, verbose_name="địa chỉ")),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                        verbose_name="huyện, thị xã, thành phố hoặc xã",
                    ),
                ),
                ("contact_name", models.CharField(max_length=120, verbose_name="người liên hệ")),
                ("contact_position", models.CharField(blank=True, max_length=120, verbose_name="chức vụ")),
                ("contact_email", models.EmailField(max_length=254, verbose_name="thư điện tử")),
                ("contact_phone", models.CharField(max_length=30, verbose_name="điện thoại")),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, to="core.file", verbose_name="giấy tờ"
                    ),
                ),
                ("submitted_at", models.DateTimeField(verbose_name="gửi lúc")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người xét",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="xét lúc")),
                ("reason", models.TextField(blank=True, verbose_name="lý do từ chối")),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="account_requests",
                        to="units.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "yêu cầu cấp tài khoản",
                "verbose_name_plural": "yêu cầu cấp tài khoản",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("tax_number", ""), _negated=True),
                            models.Q(("identity_index", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="account_request_names_a_tax_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "approved"), _negated=True),
                            models.Q(("decided_at__isnull", False), ("unit__isnull", False)),
                            _connector="OR",
                        ),
                        name="account_request_approved_has_unit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(("decided_at__isnull", False), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="account_request_refused_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UnitFunction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="functions",
                        to="units.unit",
                        verbose_name="đơn vị",
                    ),
                ),
                (
                    "function",
                    models.CharField(
                        choices=[
                            ("standing_body", "Cơ quan thường trực phong trào"),
                            ("commendation_body", "Cơ quan thi đua - khen thưởng"),
                        ],
                        max_length=20,
                        verbose_name="chức năng",
                    ),
                ),
                ("validity", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="thời gian")),
                ("basis", models.CharField(max_length=200, verbose_name="căn cứ")),
            ],
            options={
                "verbose_name": "chức năng của đơn vị",
                "verbose_name_plural": "chức năng của đơn vị",
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("function", "="), ("validity", "&&")],
                        name="function_has_one_holder_at_a_time",
                        violation_error_message="Chức năng này đã có đơn vị khác đảm nhiệm trong thời gian đó.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="UnitSuccession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "predecessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="succeeded_by",
                        to="units.unit",
                        verbose_name="đơn vị cũ",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="succeeds",
                        to="units.unit",
                        verbose_name="đơn vị kế thừa",
                    ),
                ),
                ("effective_on", models.DateField(verbose_name="từ ngày")),
                ("legal_basis", models.CharField(max_length=120, verbose_name="căn cứ")),
                (
                    "members_follow",
                    models.BooleanField(
                        default=True, verbose_name="người của đơn vị cũ làm việc tiếp tại đây"
                    ),
                ),
            ],
            options={
                "verbose_name": "kế thừa",
                "verbose_name_plural": "kế thừa",
                "ordering": ["effective_on", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("predecessor", "successor"), name="succession_is_recorded_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("predecessor", models.F("successor")), _negated=True),
                        name="succession_is_to_another_unit",
                    ),
                ],
            },
        ),
    ]

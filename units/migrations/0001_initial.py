import uuid

import django.contrib.auth.models
import django.contrib.auth.validators
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.functions
import django.contrib.postgres.operations
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        django.contrib.postgres.operations.BtreeGistExtension(),
        django.contrib.postgres.operations.TrigramExtension(),
        migrations.CreateModel(
            name="LegalBasis",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("code", models.SlugField(max_length=30, unique=True, verbose_name="mã")),
                (
                    "citation",
                    models.CharField(
                        help_text="Như in sau chữ “Căn cứ”, không có dấu cuối dòng.",
                        max_length=400,
                        verbose_name="viện dẫn",
                    ),
                ),
                ("validity", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="hiệu lực")),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        help_text="Luật trước, rồi Nghị định, Thông tư …", verbose_name="thứ tự in"
                    ),
                ),
                ("source", models.CharField(max_length=300, verbose_name="nguồn")),
            ],
            options={
                "verbose_name": "căn cứ pháp lý",
                "verbose_name_plural": "căn cứ pháp lý",
                "ordering": ["position", "code"],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                (
                    "date_joined",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined"),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("full_name", models.CharField(max_length=120, verbose_name="họ và tên")),
                ("search_name", models.CharField(db_index=True, editable=False, max_length=120)),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="thư điện tử")),
                ("position", models.CharField(blank=True, max_length=120, verbose_name="chức vụ")),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "người dùng",
                "verbose_name_plural": "người dùng",
                "ordering": ["search_name"],
            },
            managers=[
                ("objects", django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name="ConflictPeriod",
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
                ("months", models.PositiveSmallIntegerField(verbose_name="số tháng")),
                (
                    "validity",
                    django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="thời gian áp dụng"),
                ),
                ("basis", models.CharField(max_length=300, verbose_name="căn cứ")),
            ],
            options={
                "verbose_name": "thời hạn tránh xung đột lợi ích",
                "verbose_name_plural": "thời hạn tránh xung đột lợi ích",
                "ordering": ["-validity"],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("validity", "&&")],
                        name="conflict_period_is_one_at_a_time",
                        violation_error_message="Đã có thời hạn áp dụng cho khoảng thời gian đó.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("validity__isempty", False)), name="conflict_period_lasts"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EmulationBloc",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=200, verbose_name="tên khối")),
                ("sort_name", models.CharField(db_collation="C", editable=False, max_length=600)),
                ("valid_from", models.DateField(verbose_name="từ ngày")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="đến hết ngày")),
                ("basis", models.CharField(max_length=200, verbose_name="căn cứ")),
            ],
            options={
                "verbose_name": "khối thi đua",
                "verbose_name_plural": "khối thi đua",
                "ordering": ["sort_name", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("name", "valid_from"),
                        name="bloc_name_is_unique_from_a_day",
                        violation_error_message="Đã có khối tên này từ ngày này.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="bloc_ends_after_it_begins",
                        violation_error_message="Ngày kết thúc phải từ ngày bắt đầu trở đi.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="api_tokens",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="chủ",
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="tên hệ thống")),
                ("prefix", models.CharField(max_length=16, verbose_name="đầu mã")),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("registrations", "Đăng ký thi đua"),
                                ("reports", "Báo cáo số liệu và kết quả đối chiếu"),
                                ("dossiers", "Hồ sơ khen thưởng và các bước xét"),
                            ],
                            max_length=20,
                        ),
                        size=None,
                        verbose_name="phạm vi",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="tạo lúc")),
                ("expires_at", models.DateTimeField(verbose_name="hết hạn lúc")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="thu hồi lúc")),
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
                (
                    "last_used_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="dùng gần nhất lúc"),
                ),
                (
                    "last_used_from",
                    models.GenericIPAddressField(blank=True, null=True, verbose_name="từ địa chỉ"),
                ),
            ],
            options={
                "verbose_name": "mã truy cập API",
                "verbose_name_plural": "mã truy cập API",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("created_at"))),
                        name="api_token_expires_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("scopes__len__gt", 0)), name="api_token_has_a_scope"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("revoked_at__isnull", True), ("revoked_by__isnull", True)),
                            models.Q(("revoked_at__isnull", False), ("revoked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="api_token_is_revoked_by_someone",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CitedAnyway",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("object_uid", models.UUIDField(verbose_name="đối tượng")),
                (
                    "basis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="units.legalbasis",
                        verbose_name="căn cứ pháp lý",
                    ),
                ),
                ("reason", models.CharField(max_length=400, verbose_name="lý do")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người ghi",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="lúc")),
            ],
            options={
                "verbose_name": "viện dẫn có lý do",
                "verbose_name_plural": "viện dẫn có lý do",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("object_uid", "basis"), name="basis_is_cited_anyway_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="cited_anyway_has_reason"
                    ),
                ],
            },
        ),
    ]

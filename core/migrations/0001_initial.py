import uuid

import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import core.models.verification


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("units", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditBatch",
            fields=[
                (
                    "number",
                    models.PositiveIntegerField(primary_key=True, serialize=False, verbose_name="lô số"),
                ),
                ("previous", models.CharField(max_length=64, verbose_name="mã lô trước")),
                ("hash", models.CharField(max_length=64, unique=True, verbose_name="mã niêm phong")),
                ("count", models.PositiveIntegerField(verbose_name="số sự kiện")),
                ("sealed_at", models.DateTimeField(verbose_name="niêm phong lúc")),
            ],
            options={
                "verbose_name": "lô niêm phong",
                "verbose_name_plural": "lô niêm phong",
                "ordering": ["number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("count__gte", 1), ("number__gte", 1)),
                        name="audit_batch_holds_events",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditHead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(unique=True, verbose_name="ngày")),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="heads",
                        to="core.auditbatch",
                        verbose_name="lô",
                    ),
                ),
                ("hash", models.CharField(max_length=64, verbose_name="mã niêm phong")),
                ("published_at", models.DateTimeField(verbose_name="công bố lúc")),
            ],
            options={
                "verbose_name": "mã niêm phong đã công bố",
                "verbose_name_plural": "mã niêm phong đã công bố",
                "ordering": ["-day"],
            },
        ),
        migrations.CreateModel(
            name="Holiday",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(unique=True, verbose_name="ngày")),
                ("name", models.CharField(max_length=120, verbose_name="tên")),
                ("is_working_day", models.BooleanField(default=False, verbose_name="là ngày làm việc")),
                ("basis", models.CharField(max_length=200, verbose_name="căn cứ")),
            ],
            options={
                "verbose_name": "ngày nghỉ hoặc làm bù",
                "verbose_name_plural": "ngày nghỉ và làm bù",
                "ordering": ["day"],
            },
        ),
        migrations.CreateModel(
            name="ReferenceCounter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=16)),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "bộ đếm số",
                "verbose_name_plural": "bộ đếm số",
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "year"), name="counter_per_kind_and_year")
                ],
            },
        ),
        migrations.CreateModel(
            name="ScheduledRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("job", models.CharField(max_length=80, unique=True, verbose_name="việc định kỳ")),
                ("began_at", models.DateTimeField(verbose_name="bắt đầu lúc")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="xong lúc")),
                ("succeeded_at", models.DateTimeField(null=True, verbose_name="chạy tốt lúc")),
                ("outcome", models.CharField(blank=True, max_length=255, verbose_name="kết quả")),
            ],
            options={
                "verbose_name": "lượt chạy định kỳ",
                "verbose_name_plural": "lượt chạy định kỳ",
            },
        ),
        migrations.CreateModel(
            name="VerificationCode",
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
                        default=core.models.verification.new_code,
                        max_length=20,
                        unique=True,
                        verbose_name="mã xác minh",
                    ),
                ),
                ("kind", models.CharField(max_length=40, verbose_name="loại giấy tờ")),
                ("object_uid", models.UUIDField(verbose_name="đối tượng")),
                ("payload", models.JSONField(verbose_name="nội dung công khai")),
                ("issued_at", models.DateTimeField(verbose_name="cấp lúc")),
            ],
            options={
                "verbose_name": "mã xác minh",
                "verbose_name_plural": "mã xác minh",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "object_uid"), name="code_is_issued_once_per_paper"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AccessLog",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="lúc")),
                (
                    "user",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("what", models.CharField(max_length=40, verbose_name="việc")),
                ("object_uid", models.UUIDField(null=True, verbose_name="đối tượng")),
                ("detail", models.CharField(blank=True, max_length=255, verbose_name="chi tiết")),
                ("address", models.GenericIPAddressField(null=True, verbose_name="địa chỉ")),
            ],
            options={
                "verbose_name": "lượt truy cập",
                "verbose_name_plural": "nhật ký truy cập",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("at", models.DateTimeField(verbose_name="lúc")),
                ("act", models.CharField(max_length=40, verbose_name="hành động")),
                ("object_type", models.CharField(max_length=60, verbose_name="loại")),
                ("object_uid", models.UUIDField(verbose_name="đối tượng")),
                ("case_uid", models.UUIDField(verbose_name="vụ việc")),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người thực hiện",
                    ),
                ),
                (
                    "actor_name",
                    models.CharField(blank=True, max_length=120, verbose_name="tên người thực hiện"),
                ),
                (
                    "acting_unit_name",
                    models.CharField(blank=True, max_length=200, verbose_name="đơn vị thực hiện"),
                ),
                ("acting_unit_uid", models.UUIDField(null=True, verbose_name="mã đơn vị thực hiện")),
                ("before", models.CharField(blank=True, max_length=40, verbose_name="từ trạng thái")),
                ("after", models.CharField(blank=True, max_length=40, verbose_name="đến trạng thái")),
                ("request_id", models.CharField(blank=True, max_length=64)),
                ("payload_sha256", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "verbose_name": "sự kiện",
                "verbose_name_plural": "sự kiện",
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["case_uid", "id"], name="core_event_case_ui_499b42_idx"),
                    models.Index(fields=["object_uid", "id"], name="core_event_object__423348_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("actor__isnull", False), ("actor_name", "Hệ thống"), _connector="OR"
                        ),
                        name="event_has_an_actor",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Export",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("at", models.DateTimeField(verbose_name="lúc")),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người xuất",
                    ),
                ),
                ("acting_unit_name", models.CharField(blank=True, max_length=200, verbose_name="đơn vị")),
                ("listing", models.CharField(max_length=60, verbose_name="mã danh sách")),
                ("title", models.CharField(max_length=200, verbose_name="danh sách")),
                ("file_format", models.CharField(max_length=4, verbose_name="dạng tệp")),
                ("filters", models.JSONField(default=dict, verbose_name="điều kiện lọc")),
                ("rows", models.PositiveIntegerField(verbose_name="số dòng")),
                ("address", models.GenericIPAddressField(null=True, verbose_name="địa chỉ")),
            ],
            options={
                "verbose_name": "lượt xuất dữ liệu",
                "verbose_name_plural": "nhật ký xuất dữ liệu",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="File",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=200, verbose_name="tên tệp")),
                ("content_type", models.CharField(max_length=100, verbose_name="loại tệp")),
                ("size", models.PositiveIntegerField(verbose_name="kích thước (byte)")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                (
                    "scan_state",
                    models.CharField(
                        choices=[
                            ("clean", "Đã kiểm tra"),
                            ("pending", "Đang chờ kiểm tra"),
                            ("infected", "Có mã độc"),
                        ],
                        default="clean",
                        max_length=10,
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("uploaded_at", models.DateTimeField(verbose_name="tải lên lúc")),
                ("mention", models.CharField(blank=True, max_length=60, verbose_name="nhắc đến độ mật")),
                (
                    "declared_open_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="xác nhận không mật lúc"),
                ),
                (
                    "declared_secret_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="khai là mật lúc"),
                ),
            ],
            options={
                "verbose_name": "tệp",
                "verbose_name_plural": "tệp",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("size__gt", 0)), name="file_is_not_empty"),
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")), name="file_has_sha256"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("declared_open_at__isnull", True),
                            ("declared_secret_at__isnull", True),
                            _connector="OR",
                        ),
                        name="file_is_open_or_secret",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("kind", models.CharField(max_length=40, verbose_name="loại văn bản")),
                ("title", models.CharField(max_length=200, verbose_name="tên văn bản")),
                ("object_uid", models.UUIDField(verbose_name="đối tượng")),
                ("task", models.CharField(max_length=120)),
                (
                    "format",
                    models.CharField(
                        choices=[("pdf", "PDF"), ("docx", "Word")],
                        default="pdf",
                        max_length=4,
                        verbose_name="định dạng",
                    ),
                ),
                (
                    "whole",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="core.document",
                    ),
                ),
                ("part", models.PositiveSmallIntegerField(null=True, verbose_name="phần")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "Chờ tạo"),
                            ("running", "Đang tạo"),
                            ("ready", "Đã tạo xong"),
                            ("failed", "Không tạo được"),
                        ],
                        default="pending",
                        max_length=10,
                        verbose_name="trạng thái",
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0, verbose_name="đã xong")),
                ("total", models.PositiveIntegerField(default=0, verbose_name="tổng số")),
                ("stage", models.CharField(blank=True, max_length=120, verbose_name="bước")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="số lần thử")),
                ("lease_until", models.DateTimeField(null=True)),
                ("error", models.CharField(blank=True, max_length=255, verbose_name="lỗi")),
                ("content_hash", models.CharField(blank=True, max_length=64)),
                ("html", models.TextField(blank=True)),
                ("pages", models.PositiveIntegerField(default=0, verbose_name="số trang")),
                (
                    "file",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="core.file"),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("requested_at", models.DateTimeField(verbose_name="yêu cầu lúc")),
                ("ready_at", models.DateTimeField(null=True, verbose_name="xong lúc")),
            ],
            options={
                "verbose_name": "văn bản",
                "verbose_name_plural": "văn bản",
                "indexes": [
                    models.Index(fields=["object_uid", "kind", "-id"], name="core_docume_object__3c3926_idx"),
                    models.Index(fields=["state", "lease_until"], name="core_docume_state_bbc568_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ready"), _negated=True),
                            models.Q(("file__isnull", False), ("ready_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="document_ready_has_file",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "failed"), _negated=True),
                            models.Q(("error", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="document_failed_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("part__isnull", True), ("whole__isnull", True)),
                            models.Q(("part__isnull", False), ("whole__isnull", False)),
                            _connector="OR",
                        ),
                        name="document_part_is_of_a_whole",
                    ),
                    models.UniqueConstraint(fields=("whole", "part"), name="document_part_is_there_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="OutboxMail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("key", models.CharField(max_length=200, unique=True, verbose_name="khóa")),
                ("to", models.EmailField(max_length=254, verbose_name="người nhận")),
                (
                    "recipient",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("subject", models.CharField(max_length=255, verbose_name="tiêu đề")),
                ("body", models.TextField(verbose_name="nội dung")),
                ("message_id", models.CharField(max_length=255, unique=True, verbose_name="Message-ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Chờ gửi"),
                            ("sending", "Đang gửi"),
                            ("sent", "Đã gửi"),
                            ("uncertain", "Chưa rõ đã gửi hay chưa"),
                            ("failed", "Không gửi được"),
                            ("dropped", "Không cần gửi nữa"),
                            ("bounced", "Bị trả lại"),
                        ],
                        default="queued",
                        max_length=10,
                        verbose_name="trạng thái",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="số lần thử")),
                ("lease_until", models.DateTimeField(null=True)),
                ("queued_at", models.DateTimeField(verbose_name="vào hàng lúc")),
                ("sent_at", models.DateTimeField(null=True, verbose_name="gửi lúc")),
                (
                    "answer",
                    models.CharField(blank=True, max_length=255, verbose_name="trả lời của máy chủ thư"),
                ),
                ("still_due", models.CharField(blank=True, max_length=120)),
                ("case_uid", models.UUIDField(null=True, verbose_name="vụ việc")),
                ("unit_uid", models.UUIDField(null=True, verbose_name="đơn vị")),
            ],
            options={
                "verbose_name": "thư",
                "verbose_name_plural": "thư đi",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["state", "lease_until"], name="core_outbox_state_40052d_idx"),
                    models.Index(fields=["unit_uid", "-id"], name="core_outbox_unit_ui_9d4b6e_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("state", "sent")),
                            models.Q(("state", "sent"), _negated=True),
                            _connector="OR",
                        ),
                        name="mail_sent_has_instant",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RevocationList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("issuer", models.CharField(max_length=200, verbose_name="nơi cấp")),
                ("der", models.BinaryField()),
                ("sha256", models.CharField(max_length=64, unique=True, verbose_name="SHA-256")),
                ("this_update", models.DateTimeField(verbose_name="lập lúc")),
                ("next_update", models.DateTimeField(verbose_name="dùng đến")),
                ("added_at", models.DateTimeField(verbose_name="nạp lúc")),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người nạp",
                    ),
                ),
            ],
            options={
                "verbose_name": "danh sách thu hồi",
                "verbose_name_plural": "danh sách thu hồi chứng thư số",
                "ordering": ["issuer", "-this_update"],
            },
        ),
        migrations.CreateModel(
            name="SignatureReading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reading", to="core.file"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "Chờ đọc chữ ký số"),
                            ("running", "Đang đọc chữ ký số"),
                            ("read", "Đã đọc"),
                        ],
                        default="pending",
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="yêu cầu lúc")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="số lần thử")),
                ("lease_until", models.DateTimeField(null=True)),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("valid", "Chữ ký số hợp lệ"),
                            ("invalid", "Chữ ký số không hợp lệ"),
                            ("unknown", "Chưa xác định được chữ ký số"),
                            ("unsigned", "Không có chữ ký số"),
                        ],
                        max_length=10,
                        verbose_name="kết luận",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="lý do")),
                ("signatures", models.JSONField(default=list, verbose_name="các chữ ký")),
                ("trust_hash", models.CharField(blank=True, max_length=64)),
                ("read_at", models.DateTimeField(null=True, verbose_name="đọc lúc")),
            ],
            options={
                "verbose_name": "kết quả đọc chữ ký số",
                "verbose_name_plural": "kết quả đọc chữ ký số",
                "indexes": [
                    models.Index(fields=["state", "lease_until"], name="core_signat_state_59d1f4_idx")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "read"), _negated=True),
                            models.Q(models.Q(("verdict", ""), _negated=True), ("read_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="signature_reading_read_has_verdict",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TrustedCertificate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=200, verbose_name="tên")),
                ("der", models.BinaryField()),
                ("sha256", models.CharField(max_length=64, unique=True, verbose_name="SHA-256")),
                (
                    "is_root",
                    models.BooleanField(
                        help_text="Không chọn: chứng thư trung gian.", verbose_name="chứng thư gốc"
                    ),
                ),
                ("valid_from", models.DateTimeField(verbose_name="hiệu lực từ")),
                ("valid_to", models.DateTimeField(verbose_name="hiệu lực đến")),
                ("is_trusted", models.BooleanField(default=True, verbose_name="đang tin cậy")),
                ("added_at", models.DateTimeField(verbose_name="nạp lúc")),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người nạp",
                    ),
                ),
            ],
            options={
                "verbose_name": "chứng thư tin cậy",
                "verbose_name_plural": "danh sách tin cậy chữ ký số",
                "ordering": ["-is_root", "name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_to__gt", models.F("valid_from"))),
                        name="certificate_interval_is_in_order",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EventPayload",
            fields=[
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="payload",
                        serialize=False,
                        to="core.event",
                    ),
                ),
                ("salt", models.CharField(max_length=32)),
                ("comment", models.TextField(blank=True, verbose_name="ý kiến")),
                (
                    "data",
                    models.JSONField(
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="dữ liệu",
                    ),
                ),
            ],
            options={
                "verbose_name": "nội dung sự kiện",
                "verbose_name_plural": "nội dung sự kiện",
            },
        ),
        migrations.CreateModel(
            name="SealedEvent",
            fields=[
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="seal",
                        serialize=False,
                        to="core.event",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="core.auditbatch",
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("leaf", models.CharField(max_length=64)),
            ],
            options={
                "verbose_name": "sự kiện đã niêm phong",
                "verbose_name_plural": "sự kiện đã niêm phong",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("batch", "position"), name="sealed_event_has_a_place_of_its_own"
                    )
                ],
            },
        ),
    ]

import uuid

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.urls import reverse

from awards.enums import CommentState, NomineeKind
from awards.models.proposal import Proposal
from awards.models.regime import AwardForm
from core import clock


class PostingRule(models.Model):
    """Whether a list must be posted for comment before it is proposed, and for how long.

    For Bằng khen of the province no act asks for it (NĐ 152/2025 Art. 44.2 names other awards), so the
    shipped row says 0 days, not required; the province may say otherwise.
    """

    form = models.ForeignKey(AwardForm, on_delete=models.PROTECT, verbose_name="hình thức khen thưởng")
    working_days = models.PositiveSmallIntegerField("số ngày làm việc", default=0)
    is_required = models.BooleanField("bắt buộc", default=False)
    basis = models.CharField("căn cứ", max_length=300)
    validity = DateRangeField("áp dụng trong")

    class Meta:
        verbose_name = "quy định lấy ý kiến công khai"
        verbose_name_plural = "quy định lấy ý kiến công khai"
        constraints = [
            ExclusionConstraint(
                name="posting_rules_do_not_overlap",
                expressions=[("form", RangeOperators.EQUAL), ("validity", RangeOperators.OVERLAPS)],
                violation_error_message="Đã có quy định cho hình thức này trong thời gian đó.",
            ),
            models.CheckConstraint(
                condition=Q(is_required=False) | Q(working_days__gt=0), name="posting_required_has_days"
            ),
        ]

    def __str__(self):
        return f"{self.form}: {self.working_days} ngày làm việc"


class PostingQuerySet(models.QuerySet):
    def open(self):
        """Those the public reads and comments on today, to the end of their last day."""
        return self.filter(closed_at__isnull=True, last_day__gte=clock.today())


class Posting(models.Model):
    """One time a proposal's list lay open for comment. What the public reads is copied into it."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="postings")
    title = models.CharField("tên danh sách", max_length=200)
    form_name = models.CharField("hình thức", max_length=120)
    opened_at = models.DateTimeField("đăng lúc")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người đăng"
    )
    working_days = models.PositiveSmallIntegerField("số ngày làm việc")
    basis = models.CharField("căn cứ", max_length=300, blank=True)
    last_day = models.DateField("hết ngày")
    closed_at = models.DateTimeField("kết thúc lúc", null=True, blank=True)

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = "lần lấy ý kiến"
        verbose_name_plural = "các lần lấy ý kiến"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(closed_at__isnull=True), name="posting_is_open_once"
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("awards:posting", args=[self.uid])

    @property
    def is_open(self) -> bool:
        return self.closed_at is None and self.last_day >= clock.today()


class PostedName(models.Model):
    """One line of a posted list: what the public may read, and nothing else of the nominee."""

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="names")
    uid = models.UUIDField(editable=False)
    kind = models.CharField("đối tượng", max_length=12, choices=NomineeKind)
    number = models.PositiveIntegerField("thứ tự")
    title = models.CharField("danh xưng", max_length=10, blank=True)
    name = models.CharField("tên", max_length=200)
    place = models.CharField("chức vụ, đơn vị", max_length=200, blank=True)
    search_name = models.CharField(max_length=200, editable=False)
    place_in_list = models.PositiveIntegerField("dòng")

    class Meta:
        verbose_name = "dòng danh sách lấy ý kiến"
        verbose_name_plural = "dòng danh sách lấy ý kiến"
        ordering = ["place_in_list"]
        constraints = [
            models.UniqueConstraint(fields=["posting", "place_in_list"], name="posted_line_is_there_once"),
            models.UniqueConstraint(fields=["posting", "uid"], name="posted_name_is_there_once"),
        ]

    def __str__(self):
        return f"{self.title} {self.name}".strip()


class Comment(models.Model):
    """What somebody of the public says of a posted list; read by the standing body alone, answered there."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="comments")
    reference = models.CharField("mã", max_length=20, unique=True)
    name = models.ForeignKey(
        PostedName,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="comments",
        verbose_name="về đối tượng",
    )
    author = models.CharField("họ tên người góp ý", max_length=120)
    contact = models.CharField("điện thoại hoặc thư điện tử", max_length=120)
    text = models.TextField("nội dung góp ý")
    received_at = models.DateTimeField("nhận lúc")
    state = models.CharField("trạng thái", max_length=10, choices=CommentState, default=CommentState.RECEIVED)
    answer = models.TextField("trả lời", blank=True)
    answered_at = models.DateTimeField("trả lời lúc", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người trả lời",
    )

    class Meta:
        verbose_name = "góp ý"
        verbose_name_plural = "góp ý"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="comment_has_words"),
            models.CheckConstraint(
                condition=Q(state="received")
                | Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer=""),
                name="comment_settled_has_words_and_somebody",
            ),
        ]

    def __str__(self):
        return self.reference

    @property
    def case(self):
        return self.posting.proposal

    @property
    def tone(self):
        return {"received": "warning", "answered": "success", "set_aside": "neutral"}[self.state]

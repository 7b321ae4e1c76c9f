"""What is held of the people a unit names in its registration."""

from django.db.models import Q

from core.personal import HIDDEN, Holding, Outcome, hold
from registrations.models import Registration, RegistrationDraft, RegistrationVersion

_NOBODY = {"name": HIDDEN, "phone": ""}


def _out_of_what_was_kept(registrations) -> None:
    """Also out of saved and filed versions; their SHA-256 stays, and so does all that was promised."""
    for model, name in ((RegistrationDraft, "content"), (RegistrationVersion, "snapshot")):
        for row in model.objects.filter(registration__in=registrations).iterator():
            content = getattr(row, name)
            if "contact" in content:
                content["contact"] = _NOBODY
                model.objects.filter(pk=row.pk).update(**{name: content})


hold(
    Holding(
        "registrations.contact",
        "Người liên hệ của bản đăng ký",
        Registration,
        "Hỏi đơn vị về bản đăng ký.",
        {"contact_name": HIDDEN, "contact_phone": "", "set_aside": None},
        (Outcome("locked", "kỳ đã khóa", lambda day: Q(period__locks_on__lt=day)),),
        of=lambda subject: Q(contact_name__iexact=subject.user.full_name) if subject.user else None,
        mark="contact_name",
        erase=_out_of_what_was_kept,
        also=("reference", "unit", "period"),
    )
)

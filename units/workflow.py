"""Requests for an account: sent by a stranger, decided by the standing body."""

from django.db import transaction

from core import clock, files, identity
from core.models import Event, ReferenceCounter
from core.transitions import Refused, Transition, Workflow
from core.vietnamese import search_key
from units import emails, people, tax
from units.enums import RequestState, Role
from units.lineage import members_of
from units.models import AccountRequest, Unit

ACCOUNT_REQUEST = Workflow(
    AccountRequest,
    Transition(
        "approve",
        (RequestState.SUBMITTED,),
        RequestState.APPROVED,
        "Cấp tài khoản",
        sentence="đã cấp tài khoản",
    ),
    Transition(
        "refuse",
        (RequestState.SUBMITTED,),
        RequestState.REFUSED,
        "Không cấp tài khoản",
        needs_comment=True,
        sentence="đã từ chối cấp tài khoản",
    ),
)
#: the first words of names that say the legal form and nothing of who it is
_FORMS = (
    "cong ty trach nhiem huu han mot thanh vien",
    "cong ty trach nhiem huu han",
    "cong ty tnhh mtv",
    "cong ty tnhh",
    "cong ty co phan",
    "cong ty cp",
    "cong ty",
    "doanh nghiep tu nhan",
    "hop tac xa",
    "htx",
    "ho kinh doanh",
    "hkd",
)


def ask(*, upload, tax_number, request_key, **words) -> AccountRequest:
    """Keep a request; the same key gives the request that was kept already."""
    known = AccountRequest.objects.filter(request_key=request_key).first()
    if known:
        return known
    with transaction.atomic():
        request = AccountRequest(request_key=request_key, submitted_at=clock.now(), **words)
        if tax.is_identity_number(tax_number):
            sealed = identity.seal(tax_number)
            request.identity_ciphertext = sealed.ciphertext
            request.identity_key, request.identity_index = sealed.key, sealed.index
        else:
            request.tax_number = tax_number
        request.document = files.store(upload, by=None, accept=files_accepted())
        request.save()
        Event.record("ask", request, by=None, after=request.state)
        emails.account_requested(request)
    return request


def files_accepted():
    return (files.PDF, "image/jpeg", "image/png")


def alike(request) -> list[tuple[Unit, str]]:
    """Units that may be the same body, each with the reason; a person decides."""
    found = {}
    if request.tax_number:
        for unit in Unit.objects.filter(tax_number=request.tax_number):
            found[unit] = "cùng mã số thuế"
    if request.identity_index:
        same = AccountRequest.objects.filter(identity_index=request.identity_index, unit__isnull=False)
        for other in same.exclude(pk=request.pk).select_related("unit"):
            found[other.unit] = "cùng số định danh"
    core_name = _without_form(request.search_name)
    for unit in Unit.objects.filter(kind__in=_kinds(), search_name__contains=core_name)[:20]:
        if _without_form(unit.search_name) == core_name:
            found.setdefault(unit, "tên giống nhau, bỏ dấu và loại hình")
    return list(found.items())


def other_requests(request):
    """Other requests in the same name or number that have not been refused."""
    number = (
        {"tax_number": request.tax_number}
        if request.tax_number
        else {"identity_index": request.identity_index}
    )
    others = AccountRequest.objects.exclude(pk=request.pk).exclude(state=RequestState.REFUSED)
    return others.filter(**number) | others.filter(search_name=request.search_name)


def _kinds():
    return [value for value, _ in AccountRequest._meta.get_field("kind").choices]


def _without_form(name: str) -> str:
    key = search_key(name)
    form = next((form for form in _FORMS if key.startswith(form + " ")), "")
    return key[len(form) :].strip()


def units_to_join(request) -> list[tuple[Unit, str]]:
    """Those of the units alike that the person may be invited into: who goes on today."""
    going_on = set(Unit.objects.operating_on(clock.today()).values_list("pk", flat=True))
    return [(unit, reason) for unit, reason in alike(request) if unit.pk in going_on]


def approve(request, *, by, unit=None, acting=None) -> AccountRequest:
    """Invite the person who asked, to file and to administer.

    Into `unit`, which the register has already (one of `units_to_join`), or else into one entered
    for the request. Where a unit has its administrator, he alone makes others administrators.
    """
    with ACCOUNT_REQUEST.perform("approve", request, by=by, acting=acting) as step:
        asked = step.object
        if unit is None:
            asked.unit = _enter(asked)
        elif unit in dict(units_to_join(asked)):
            asked.unit = unit
        else:
            raise Refused(f"{unit.name} không giống đơn vị trong yêu cầu, hoặc đã kết thúc hoạt động.")
        roles = [Role.FILER]
        if not any(member.role == Role.ADMINISTRATOR for member in members_of(asked.unit)):
            roles.append(Role.ADMINISTRATOR)
        asked.decided_by, asked.decided_at = by, step.at
        step.data = {"unit": str(asked.unit.uid), "is_new": unit is None}
        people.invite(
            asked.unit,
            email=asked.contact_email,
            full_name=asked.contact_name,
            position=asked.contact_position,
            roles=roles,
            by=by,
            acting=acting,
            is_consequence=True,
        )
        emails.account_approved(asked)
    return request


def _enter(asked) -> Unit:
    today = clock.today()
    return Unit.objects.create(
        code=ReferenceCounter.next_reference("DN", today.year),
        name=asked.name,
        kind=asked.kind,
        valid_from=today,
        has_admin_procedures=False,
        tax_number=asked.tax_number,
        source=f"Yêu cầu cấp tài khoản {clock.local_date(asked.submitted_at):%d/%m/%Y}",
    )


def refuse(request, *, by, acting=None, comment="") -> AccountRequest:
    with ACCOUNT_REQUEST.perform("refuse", request, by=by, acting=acting, comment=comment) as step:
        asked = step.object
        asked.reason, asked.decided_by, asked.decided_at = step.comment, by, step.at
        emails.account_refused(asked)
    return request

"""The order of printing of a proposal's list: one nominee moved, or the whole list put in order."""

from django.db import transaction
from django.db.models import F

from awards.enums import KIND_ORDER
from awards.models import Nominee, PositionRank
from awards.workflow.proposal import locked_draft, renumber
from core.models import Event
from core.transitions import Refused
from core.vietnamese import search_key
from units.enums import KINDS_OF_TIER, Tier


def move(proposal, nominee, *, to: int, by) -> None:
    """Put a nominee in place `to` (1 is first) within its kind, in the order of printing."""
    with transaction.atomic():
        locked = locked_draft(proposal, by)
        renumber(locked)
        same_kind = locked.nominees.filter(kind=nominee.kind)
        place = same_kind.filter(pk=nominee.pk).values_list("position_in_list", flat=True).first()
        if place is None:
            return
        to = max(1, min(to, same_kind.count()))
        if to < place:
            between = same_kind.filter(position_in_list__gte=to, position_in_list__lt=place)
            between.update(position_in_list=F("position_in_list") + 1)
        else:
            between = same_kind.filter(position_in_list__gt=place, position_in_list__lte=to)
            between.update(position_in_list=F("position_in_list") - 1)
        same_kind.filter(pk=nominee.pk).update(position_in_list=to)


def step(proposal, nominee, *, up: bool, by) -> None:
    """Move a nominee one place up or down within its kind."""
    with transaction.atomic():
        renumber(locked_draft(proposal, by))
        place = proposal.nominees.filter(pk=nominee.pk).values_list("position_in_list", flat=True).first()
        if place is not None:
            move(proposal, nominee, to=place - 1 if up else place + 1, by=by)


#: level of the unit in lists by rank: the province's bodies, districts, communes, then firms
_LEVELS = {kind: level for level, tier in enumerate(Tier) for kind in KINDS_OF_TIER[tier]}


def _by_level(nominee, ranks):
    return (_LEVELS.get(nominee.unit.kind, len(_LEVELS)), nominee.unit.sort_name, not nominee.is_the_unit)


def _by_position(nominee, ranks):
    words = search_key(nominee.position)
    found = (rank for start, rank in ranks if words.startswith(start))
    return (next(found, LAST_RANK), _LEVELS.get(nominee.unit.kind, len(_LEVELS)))


#: how a list is put in order at once; names in Vietnamese order decide between equals
ORDERS = {
    "level": ("Theo cấp của đơn vị (tỉnh, huyện, xã, doanh nghiệp)", _by_level),
    "position": ("Theo chức vụ", _by_position),
    "name": ("Theo tên, thứ tự chữ cái tiếng Việt", lambda nominee, ranks: ()),
}
LAST_RANK = 1000


def arrange(proposal, order: str, *, by, acting=None) -> None:
    """Put the whole list in order, within each kind."""
    if order not in ORDERS:
        raise Refused("Hãy chọn cách sắp xếp trong danh sách.", status=422)
    with transaction.atomic():
        locked = locked_draft(proposal, by)
        # The longest words first: "phó giám đốc" before "phó".
        ranks = sorted(PositionRank.objects.values_list("search_words", "rank"), key=lambda r: -len(r[0]))
        key = ORDERS[order][1]
        listed = list(
            locked.nominees.select_related("unit").only(
                "kind", "position", "is_the_unit", "sort_name", "unit__kind", "unit__sort_name"
            )
        )
        listed.sort(key=lambda n: (KIND_ORDER[n.kind], key(n, ranks), n.sort_name, n.pk))
        for place, nominee in enumerate(listed, start=1):
            nominee.position_in_list = place
        Nominee.objects.bulk_update(listed, ["position_in_list"], batch_size=500)
        renumber(locked)
        Event.record("arrange", locked, by=by, acting=acting, data={"order": order})

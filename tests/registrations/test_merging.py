"""Two people's changes brought together: no word of either goes without being shown."""

import pytest

from registrations.merging import Change, choose, merge
from registrations.workflow import without_keys


def a_task(key, name="Số hóa", product="Kho dữ liệu"):
    return {"key": key, "name": name, "product": product, "field": "a", "due": None, "in_charge": ""}


def a_content(**changes):
    return {
        "contact": {"name": "An", "phone": "1"},
        "fields": ["a"],
        "objectives": "Mục tiêu",
        "targets": [
            {"criterion": "C1", "text": "", "level": "90 %"},
            {"criterion": None, "text": "Số thôn", "level": "5"},
        ],
        "tasks": [a_task("k1")],
    } | changes


def keys(changes):
    return [change.key for change in changes]


def test_changes_in_different_places_are_both_kept():
    mine = a_content(objectives="Của tôi", tasks=[a_task("k1", product="Kho mới"), a_task("k2", "Của tôi")])
    saved = a_content(
        contact={"name": "An", "phone": "2"}, tasks=[a_task("k1", name="Số hóa 2"), a_task("k3", "Của họ")]
    )
    merged = merge(a_content(), mine, saved)
    assert merged.clashes == []
    assert merged.content == a_content(
        contact={"name": "An", "phone": "2"},
        objectives="Của tôi",
        tasks=[a_task("k1", "Số hóa 2", "Kho mới"), a_task("k2", "Của tôi"), a_task("k3", "Của họ")],
    )
    assert keys(merged.own) == ["objectives", "task:k1:product", "task:k2"]
    assert keys(merged.taken) == ["contact:phone", "task:k1:name", "task:k3"]


@pytest.mark.parametrize(
    ("mine", "saved", "clash"),
    [
        ({"objectives": "A"}, {"objectives": "B"}, Change("objectives", "A", "B")),
        ({"fields": ["a", "b"]}, {"fields": []}, Change("fields", ["a", "b"], [])),
        (
            {"tasks": []},
            {"tasks": [a_task("k1", product="Khác")]},
            Change(
                "task:k1",
                None,
                {"name": "Số hóa", "product": "Khác", "field": "a", "due": None, "in_charge": ""},
            ),
        ),
        (
            {"targets": [{"criterion": "C1", "text": "", "level": "91 %"}]},
            {"targets": [{"criterion": "C1", "text": "", "level": "92 %"}]},
            Change("target:C1", "91 %", "92 %"),
        ),
    ],
)
def test_the_same_place_is_a_clash_and_mine_stays_until_chosen(mine, saved, clash):
    mine, saved = a_content(**mine), a_content(**saved)
    merged = merge(a_content(), mine, saved)
    assert merged.clashes == [clash]
    assert merged.content == mine
    assert without_keys(choose(mine, saved, [clash.key])) == without_keys(saved)


def test_a_task_one_removed_and_nobody_changed_is_removed():
    merged = merge(a_content(), a_content(), a_content(tasks=[]))
    assert (merged.clashes, merged.content["tasks"]) == ([], [])
    assert keys(merged.taken) == ["task:k1"]


def test_a_free_target_of_the_other_comes_and_one_he_dropped_goes():
    theirs = [
        {"criterion": "C1", "text": "", "level": "90 %"},
        {"criterion": None, "text": "Số tổ", "level": "7"},
    ]
    merged = merge(a_content(), a_content(), a_content(targets=theirs))
    assert merged.content["targets"] == theirs


def test_without_a_common_start_every_difference_is_shown():
    merged = merge(None, a_content(objectives="A"), a_content(fields=[]))
    assert keys(merged.clashes) == ["fields", "objectives"]
    assert (merged.taken, merged.own) == ([], [])

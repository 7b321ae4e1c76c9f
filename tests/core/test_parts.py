"""Parts of pages that are drawn once for each set of values (core/templatetags/parts.py)."""

import re

import pytest
from django import forms
from django.template import Context, Template
from django.utils.functional import lazystr
from django.utils.safestring import mark_safe

BADGE = '{% include "components/state_badge.html" with tone="info" label=label icon="" only %}'


def drawn(template, **values):
    return Template(template).render(Context(values)).strip()


def label_of(badge):
    return badge.partition("</svg>")[2].removesuffix("</span>")


@pytest.mark.parametrize("rounds", [1, 2])
@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("<b>Nộp</b>", "&lt;b&gt;Nộp&lt;/b&gt;"),
        (mark_safe("<b>Nộp</b>"), "<b>Nộp</b>"),
        (lazystr("<b>Nộp</b>"), "&lt;b&gt;Nộp&lt;/b&gt;"),
        (1, "1"),
        (True, "True"),
        (None, "None"),
        (["a"], "[&#x27;a&#x27;]"),
    ],
)
def test_a_kept_part_says_what_it_was_given_and_escapes_it(label, shown, rounds):
    for _ in range(rounds):
        assert label_of(drawn(BADGE, label=label)) == shown


def test_a_kept_part_sees_only_what_it_is_given():
    icon = '{% include "components/icon.html" with name=name %}'
    assert "#flag" in drawn(icon, name="flag")
    assert drawn(icon, name="flag", user="một người") == drawn(icon, name="flag")
    assert "#gold" in drawn(icon, name="gold")


def test_other_parts_are_drawn_each_time_in_the_page_around_them():
    template = '{% include "components/pagination.html" with next_url="?page=2" %}'
    assert "51–100" in drawn(template, summary="51–100")
    assert "101–150" in drawn(template, summary="101–150")


class _Narrow(forms.Form):
    q = forms.CharField(required=False)
    year = forms.TypedChoiceField(required=False, coerce=int, choices=[("", "Mọi năm"), (2027, "2027")])


@pytest.mark.parametrize("rounds", [1, 2])
@pytest.mark.parametrize("data", [{}, {"q": '"<b>'}, {"year": "2027"}, {"year": "1999"}])
def test_the_fields_of_a_filter_say_what_was_asked(data, rounds):
    for _ in range(rounds):
        form = _Narrow(data)
        expected = "".join(field.as_field_group() for field in form)
        assert drawn("{% fields_of form %}", form=_Narrow(data)) == expected.strip()


def test_the_fields_of_a_filter_have_the_choices_of_today():
    def offered(year):
        form = _Narrow({})
        form.fields["year"].choices = [(year, f"Năm {year}")]
        return re.findall(r"Năm \d+", drawn("{% fields_of form %}", form=form))

    assert [offered(2026), offered(2027), offered(2026)] == [["Năm 2026"], ["Năm 2027"], ["Năm 2026"]]

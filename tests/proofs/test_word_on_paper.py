"""Every Word document, laid out by LibreOffice, held to the measures of the decree."""

import pytest

from core.documents import render_docx
from core.documents.word import Margins
from core.documents.word import render_docx as render_with
from tests import layout, office
from tests.core import document_examples as examples
from tests.core.test_layout import EXAMPLES

pytestmark = pytest.mark.prove


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    made = {name: render_docx(document()) for name, document in EXAMPLES.items()}
    made["long"] = render_docx(examples.proposal(300))
    made["wrong left"] = render_with(examples.proposal(), Margins(left=25))
    made["wrong top"] = render_with(examples.proposal(), Margins(top=25))
    return office.printed(made, tmp_path_factory.mktemp("office"))


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_word_file_has_the_measures_of_the_decree(printed, name):
    assert layout.faults(printed[name], EXAMPLES[name]()) == []


def test_a_long_list_keeps_its_header_and_its_rows_whole(printed):
    assert layout.faults(printed["long"], examples.proposal(300)) == []
    for page in layout.read(printed["long"]):
        assert page.text.count("Hướngdẫn100%hộ") == page.text.count("toàntrìnhnăm2025")


@pytest.mark.parametrize(
    ("name", "fault"), [("wrong left", "beside the margins"), ("wrong top", "at the top margin")]
)
def test_the_checker_sees_a_wrong_margin_in_word_too(printed, name, fault):
    assert fault in "\n".join(layout.faults(printed[name], examples.proposal()))

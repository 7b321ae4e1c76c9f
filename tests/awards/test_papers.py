"""The papers of an award: who prints them, what they say, how they are laid out."""

import pytest
from django.conf import settings
from django.db.backends.postgresql.psycopg_any import DateRange

from awards.models import Award
from awards.workflow import dossier as submitting
from core import clock
from core.models import Document, VerificationCode
from core.tasks import render_paper
from tests.awards.papers_words import WORDS
from tests.factories_awards import (
    a_decision,
    a_full_draft,
    a_published_decision,
    a_submitted_dossier,
    an_appraised_dossier,
    submit,
)
from tests.press import expected, held_to_the_decree, printed
from units import house
from units.models import LegalBasis


@pytest.fixture
def draft(world):
    return a_full_draft(world.unit, world.filer)


def read_by(world, enter, address, *names) -> dict:
    return {name: enter(getattr(world, name)).get(address).status_code for name in names}


# --- Who -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["to-trinh-don-vi", "trich-ngang", "bien-ban-hop-xet"])
def test_a_draft_is_printed_by_its_own_people_alone(kind, world, draft, enter):
    address = f"/van-ban/{kind}/{draft.uid}/"
    assert read_by(world, enter, address, "filer", "colleague", "district", "standing", "commendation") == {
        "filer": 200,
        "colleague": 200,
        "district": 404,
        "standing": 404,
        "commendation": 404,
    }
    assert enter(world.standing).post(address).status_code == 404
    assert enter(world.standing).get(f"{address}tep/").status_code == 404
    assert not Document.objects.exists()


def test_what_was_printed_of_a_draft_is_not_shown_to_the_desk(world, draft, enter, today):
    printed(enter(world.filer), "to-trinh-don-vi", draft)
    today.shift(60)
    submit(draft, world.filer)
    address = f"/van-ban/to-trinh-don-vi/{draft.uid}/"

    assert "Chưa tạo văn bản này." in enter(world.standing).get(address).content.decode()
    assert enter(world.standing).get(f"{address}tep/").status_code == 404


def test_the_papers_of_a_decision_are_the_commendation_bodys_until_it_is_published(world, enter):
    decision = a_decision(world, an_appraised_dossier(world.unit, world.filer, world.standing))
    address = f"/van-ban/du-thao-quyet-dinh/{decision.uid}/"
    assert read_by(world, enter, address, "commendation", "standing", "filer") == {
        "commendation": 200,
        "standing": 404,
        "filer": 404,
    }


def test_what_does_not_exist_is_not_found(world, draft, enter):
    client = enter(world.filer)
    assert client.get(f"/van-ban/khong-co/{draft.uid}/").status_code == 404
    assert client.get(f"/van-ban/trich-quyet-dinh/{draft.uid}/").status_code == 404
    assert client.get(f"/van-ban/to-trinh-don-vi/{draft.uid}/tep/").status_code == 404
    assert client.get(f"/van-ban/to-trinh-don-vi/{draft.uid}/tep/1/").status_code == 404
    # The letter that asks a unit for more is the desk's.
    assert client.get(f"/van-ban/yeu-cau-bo-sung/{draft.uid}/").status_code == 403


# --- On the page -----------------------------------------------------------------------------


def test_the_page_of_the_dossier_offers_its_papers(world, draft, enter):
    for page in ("", "sua/"):
        shown = enter(world.filer).get(f"/ho-so/{draft.uid}/{page}").content.decode()
        assert "Tờ trình và danh sách</a>" in shown
        assert f'href="/van-ban/bien-ban-hop-xet/{draft.uid}/"' in shown
        assert "Công văn yêu cầu bổ sung" not in shown


def test_what_changed_since_is_said_and_printed_again(world, draft, enter):
    client, address = enter(world.filer), f"/van-ban/trich-ngang/{draft.uid}/"
    changed = "Nội dung trên cổng đã thay đổi"
    first = printed(client, "trich-ngang", draft)
    assert changed not in client.get(address).content.decode()
    again = printed(client, "trich-ngang", draft)
    assert (again.pk != first.pk, again.file_id) == (True, first.file_id)

    draft.nominees.filter(kind="individual").update(achievement="Viết 03 phần mềm dùng chung.")
    assert changed in client.get(address).content.decode()
    assert "Viết 03 phần mềm dùng chung." in held_to_the_decree(printed(client, "trich-ngang", draft))
    assert changed not in client.get(address).content.decode()


def test_both_files_are_downloaded(world, draft, enter):
    client, address = enter(world.filer), f"/van-ban/to-trinh-don-vi/{draft.uid}/"
    printed(client, "to-trinh-don-vi", draft)
    starts = [b"".join(client.get(f"{address}tep/{end}").streaming_content)[:4] for end in ("", "word/")]
    assert starts == [b"%PDF", b"PK\x03\x04"]


# --- What they say ---------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["to-trinh-don-vi", "trich-ngang", "bien-ban-hop-xet"])
def test_the_words_of_a_dossier(kind, world, draft, enter):
    assert held_to_the_decree(printed(enter(world.filer), kind, draft)) == expected(WORDS[kind])


@pytest.mark.parametrize("kind", ["individual", "collective"])
def test_the_words_of_a_report_of_achievement(kind, world, draft, enter):
    nominee = draft.nominees.get(kind=kind)
    row = printed(enter(world.filer), "bao-cao-thanh-tich", nominee)
    assert held_to_the_decree(row) == expected(WORDS[f"bao-cao-thanh-tich {kind}"])


def test_the_words_of_a_letter_that_asks_for_more(world, enter):
    dossier = a_submitted_dossier(world.unit, world.filer)
    submitting.request_supplement(
        dossier, by=world.standing, comment="- Biên bản có chữ ký\n- Năm sinh của bà Hòa"
    )
    row = printed(enter(world.standing), "yeu-cau-bo-sung", dossier)
    assert held_to_the_decree(row) == expected(WORDS["yeu-cau-bo-sung"], reference=dossier.reference)


def test_the_words_of_a_letter_that_gives_a_dossier_back(world, enter):
    dossier = a_submitted_dossier(world.unit, world.filer)
    address = f"/van-ban/tra-ho-so/{dossier.uid}/"
    assert enter(world.standing_lead).get(address).status_code == 404
    ground = "Không thuộc đối tượng (Luật Thi đua, khen thưởng, Điều 74)"
    submitting.reject(dossier, by=world.standing_lead, comment=ground)
    assert enter(world.filer).get(address).status_code == 403
    row = printed(enter(world.standing_lead), "tra-ho-so", dossier)
    assert held_to_the_decree(row) == expected(WORDS["tra-ho-so"], reference=dossier.reference)


def test_the_words_of_the_receipt_of_a_dossier(world, enter):
    dossier = a_submitted_dossier(world.unit, world.filer)
    submission = dossier.submissions.get()
    page = enter(world.filer).get(f"/ho-so/{dossier.uid}/bien-nhan/1/").content.decode()
    assert f'href="/van-ban/giay-tiep-nhan-ho-so/{submission.uid}/"' in page
    row = printed(enter(world.filer), "giay-tiep-nhan-ho-so", submission)
    assert held_to_the_decree(row) == expected(
        WORDS["giay-tiep-nhan-ho-so"],
        reference=dossier.reference,
        campaign=dossier.campaign.name,
        papers=f"{dossier.documents.count():02d}",
        rule_set=dossier.rule_set.name,
        code=VerificationCode.objects.get(object_uid=submission.uid).code,
        sha256=submission.sha256,
        site=settings.SITE_URL,
    )
    assert 'class="qr"' in row.html
    assert enter(world.stranger).get(f"/van-ban/giay-tiep-nhan-ho-so/{submission.uid}/").status_code == 404


def test_a_decision_cites_no_act_that_has_ended_unless_a_reason_is_recorded(world, enter):
    decision = a_decision(world, an_appraised_dossier(world.unit, world.filer, world.standing))
    ended = decision.proposal.rule_set.bases.last()
    LegalBasis.objects.filter(pk=ended.pk).update(validity=DateRange(None, clock.today()))
    client, address = enter(world.commendation), f"/van-ban/du-thao-quyet-dinh/{decision.uid}/"
    client.post(address)
    for row in Document.objects.filter(state="pending"):
        render_paper(document_id=row.pk)
    reason = f"“{ended.citation}” đã hết hiệu lực từ 15/01/2027. Hãy ghi lý do vẫn viện dẫn"
    assert reason in client.get(address).content.decode()
    assert set(Document.objects.values_list("state", flat=True)) == {"failed"}

    page = client.get(decision.get_absolute_url()).content.decode()
    assert "(đã hết hiệu lực từ 15/01/2027)" in page.replace("\n", "")
    assert reason in page, "what keeps the draft from being submitted is said beside the act"
    cite = f"{decision.get_absolute_url()}can-cu/{ended.code}/"
    assert enter(world.standing).post(cite, {"comment": "x"}).status_code in (403, 404)
    assert client.post(cite, {"comment": " "}).status_code == 422
    assert client.post(cite, {"comment": "Quy định chuyển tiếp"}).status_code == 302
    assert "vẫn viện dẫn: Quy định chuyển tiếp" in client.get(decision.get_absolute_url()).content.decode()
    assert ended.citation in held_to_the_decree(printed(client, "du-thao-quyet-dinh", decision))


def test_a_reason_recorded_with_the_proposal_holds_for_its_decision(world, enter):
    decision = a_decision(world, an_appraised_dossier(world.unit, world.filer, world.standing))
    ended = decision.proposal.rule_set.bases.last()
    LegalBasis.objects.filter(pk=ended.pk).update(validity=DateRange(None, clock.today()))
    house.cite_anyway(decision.proposal, ended, reason="Quy định chuyển tiếp", by=world.standing)
    client = enter(world.commendation)
    assert ended.citation in held_to_the_decree(printed(client, "du-thao-quyet-dinh", decision))
    page = client.get(decision.get_absolute_url()).content.decode()
    assert "vẫn viện dẫn: Quy định chuyển tiếp" in page


@pytest.mark.parametrize("kind", ["to-trinh-chu-tich", "du-thao-quyet-dinh"])
def test_the_words_of_a_decision(kind, world, enter):
    decision = a_decision(world, an_appraised_dossier(world.unit, world.filer, world.standing))
    row = printed(enter(world.commendation), kind, decision)
    assert held_to_the_decree(row) == expected(WORDS[kind], number=decision.proposal.number)


def test_the_words_of_an_extract(world, enter):
    decision = a_published_decision(world, an_appraised_dossier(world.unit, world.filer, world.standing))
    award = Award.objects.get(kind="individual")
    row = printed(enter(world.standing), "trich-quyet-dinh", award)
    assert held_to_the_decree(row) == expected(
        WORDS["trich-quyet-dinh"],
        number=decision.number,
        reference=award.reference,
        address=f"{settings.SITE_URL}/xac-minh/{VerificationCode.objects.get(object_uid=award.uid).code}/",
    )

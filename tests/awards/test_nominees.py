"""What a unit writes of a nominee: report, initiatives, identity number; a firm linked later."""

from awards.models import (
    Nominee,
    NomineeInitiative,
)
from awards.workflow import dossier as submitting
from core import identity
from tests.factories import UnitFactory
from tests.factories_awards import (
    a_collective,
    a_draft,
    a_submitted_dossier,
    an_individual,
)
from tests.factories_registrations import a_pdf


def test_a_report_written_here_stands_for_a_paper_once_it_is_certified(world, enter):
    dossier = a_draft(world.unit, world.filer)
    submitting.add_nominee(dossier, by=world.filer, values=a_collective(world.unit))
    dossier.refresh_from_db()
    nominee, client = dossier.nominees.get(), enter(world.filer)
    url = f"/ho-so/{dossier.uid}/doi-tuong/{nominee.uid}"
    lacking = "Bộ phận Một cửa: thiếu Báo cáo thành tích."
    uncertified = "Bộ phận Một cửa: báo cáo thành tích chưa có xác nhận của cấp trình khen thưởng."
    assert lacking in client.get(f"/ho-so/{dossier.uid}/nop/").content.decode()
    words = {"overview": "Thành lập 2010.", "results": "100 % hồ sơ trực tuyến.", "influence": ""}
    assert client.post(f"{url}/bao-cao/", words | {"version": 0}).status_code == 409
    assert client.post(f"{url}/bao-cao/", words | {"version": dossier.version}).status_code == 302
    page = client.get(f"/ho-so/{dossier.uid}/nop/").content.decode()
    assert (lacking in page, uncertified in page) == (False, True)
    submitting.attach(
        dossier, by=world.filer, kind="certification", upload=a_pdf("xac-nhan.pdf"), nominee=nominee
    )
    assert uncertified not in client.get(f"/ho-so/{dossier.uid}/nop/").content.decode()


def test_initiatives_with_their_recognition(world, enter):
    dossier = a_draft(world.unit, world.filer)
    submitting.add_nominee(dossier, by=world.filer, values=an_individual(world.unit))
    nominee, client = dossier.nominees.get(), enter(world.filer)
    url = f"/ho-so/{dossier.uid}/doi-tuong/{nominee.uid}/sang-kien/"
    said = {"name": "Một cửa số", "recognition_number": "12/QĐ-UBND", "recognised_on": "02/01/2026"}
    assert client.post(url, said).status_code == 422
    assert client.post(url, said | {"recognised_by": "UBND huyện"}).status_code == 302
    initiative = NomineeInitiative.objects.get()
    assert initiative.recognition == "12/QĐ-UBND ngày 02/01/2026 của UBND huyện"
    assert client.post(f"{url}{initiative.uid}/bo/").status_code == 302
    assert NomineeInitiative.objects.count() == 0


def test_an_identity_number_is_kept_sealed_and_shown_by_its_end(world, enter):
    dossier = a_draft(world.unit, world.filer)
    client = enter(world.filer)
    typed = {
        "kind": "individual",
        "name": "Lò Thị Mai",
        "sex": "female",
        "unit": world.unit.uid,
        "identity_number": "001 080 000 123",
        "achievement": "Tốt",
    }
    wrong = client.post(f"/ho-so/{dossier.uid}/doi-tuong/moi/", typed | {"identity_number": "12"})
    assert (wrong.status_code, Nominee.objects.count()) == (422, 0)
    assert client.post(f"/ho-so/{dossier.uid}/doi-tuong/moi/", typed).status_code == 302
    nominee = Nominee.objects.get()
    url = f"/ho-so/{dossier.uid}/doi-tuong/{nominee.uid}/"
    for page in (url, f"{url}xem/"):
        text = client.get(page).content.decode()
        assert ("001080000123" in text, "…0123" in text) == (False, True)
    dossier.refresh_from_db()
    kept = typed | {"identity_number": "", "version": dossier.version}
    client.post(url, kept)
    nominee.refresh_from_db()
    assert identity.unseal(nominee.identity_ciphertext, nominee.identity_key) == "001080000123"
    dossier.refresh_from_db()
    client.post(url, kept | {"forget_identity": "on", "version": dossier.version})
    nominee.refresh_from_db()
    assert (nominee.identity_ciphertext, nominee.identity_index) == (None, "")


def test_a_firm_without_an_account_is_linked_later(world, enter):
    firm = a_collective(
        world.unit, "Công ty Mẫu", body_kind="enterprise", tax_number="5300000017", position="Thôn 1"
    )
    dossier = a_submitted_dossier(world.unit, world.filer, [firm])
    nominee = dossier.nominees.get()
    url = f"/ho-so/{dossier.uid}/doi-tuong/{nominee.uid}"
    client = enter(world.standing)
    assert client.get(f"{url}/xem/").context["accounts"] == []
    unit = UnitFactory(enterprise=True, name="Công ty TNHH Mẫu", tax_number="5300000017")
    assert client.get(f"{url}/xem/").context["accounts"] == [unit]
    assert enter(world.filer).post(f"{url}/lien-ket/{unit.uid}/").status_code == 403
    assert client.post(f"{url}/lien-ket/{unit.uid}/").status_code == 302
    nominee.refresh_from_db()
    assert nominee.subject == unit

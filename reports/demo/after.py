"""What follows the demo's first decision: register, correction, revocations, the fund, exemplars."""

from datetime import date

from awards.models import Award, Certificate, Decision, Fund, RevocationGround
from awards.workflow import award as after
from awards.workflow import certificate as registering
from awards.workflow import exemplar as writing
from awards.workflow import fund as keeping
from core import clock, files
from registrations.models import Campaign
from reports.demo.papers import content
from reports.demo.past import at
from reports.demo.texts import CONTENT_MARK, MARK, TEXTS
from reports.demo.world import World

SIGNER = f"Người ký mẫu {MARK}"
HANDED = 60


class Afterwards:
    """Played through the workflow, as everything else of the awards is."""

    def __init__(self, world: World):
        people = world.people
        self.world = world
        self.desk = {"by": people["demo.tdkt"], "acting": world.commendation_body}
        self.lead = {"by": people["demo.tdkt.ld"], "acting": world.commendation_body}
        self.writer = {"by": people["demo.stttt"], "acting": world.standing_body}
        self.publisher = {"by": people["demo.stttt.ld"], "acting": world.standing_body}

    def state_ceiling(self) -> None:
        """Before the decision is published, so that its prizes go into the ledger by themselves."""
        with clock.played_at(at(date(2025, 1, 15), 9)):
            keeping.state_ceiling(
                Fund.objects.get(code="QUY-TDKT-TINH"),
                year=2025,
                ceiling=600_000_000,
                warn_percent=80,
                basis=f"Quyết định giao dự toán năm 2025 {MARK}",
                **self.desk,
            )

    def play(self) -> None:
        decision = Decision.objects.get(state="published")
        self._register(decision)
        self._pay(decision)
        people = list(decision.awards.filter(kind="individual").order_by("pk")[:4])
        self._correct(people[1])
        self._revoke(people[2])
        self._propose_revocation(people[3])

    def _register(self, decision: Decision) -> None:
        with clock.played_at(at(date(2025, 12, 22), 9)):
            registering.enter(decision, **self.desk)
        with clock.played_at(at(date(2025, 12, 30), 15)):
            first = Certificate.objects.order_by("number").values("pk")[:HANDED]
            registering.hand_out(
                Certificate.objects.filter(pk__in=first),
                handed_on=date(2025, 12, 30),
                handed_to="",
                note=f"Hội nghị tổng kết phong trào {MARK}",
                **self.desk,
            )
        with clock.played_at(at(date(2026, 1, 6), 9)):
            spoilt = Certificate.objects.order_by("number")[4]
            registering.note_reprint(spoilt, reason=f"Phôi bị nhòe mực {MARK}", **self.desk)

    def _pay(self, decision: Decision) -> None:
        year = decision.fund_entries.get().fund_year
        with clock.played_at(at(date(2026, 1, 8), 10)):
            keeping.enter(
                year,
                kind="payment",
                amount=decision.fund_entries.get().amount * 2 // 3,
                on=date(2026, 1, 8),
                note=f"Chi trả đợt 1 theo Quyết định số {decision.number}",
                decision=decision,
                **self.desk,
            )
            keeping.enter(
                year,
                kind="other",
                amount=38_000_000,
                on=date(2026, 1, 8),
                note=f"Làm phôi, khung Bằng khen {MARK}",
                **self.desk,
            )

    def _correct(self, award: Award) -> None:
        with clock.played_at(at(date(2026, 1, 12), 9)):
            position = f"Phó {award.position[0].lower()}{award.position[1:]}"
            after.draft_correction(
                award, {"position": position}, reason="Danh sách in thiếu chữ “Phó”.", **self.desk
            )
        with clock.played_at(at(date(2026, 1, 20), 10)):
            after.correct(award, **self._act("112", date(2026, 1, 19)), **self.lead)

    def _revoke(self, award: Award) -> None:
        unit = award.nominee.dossier.unit
        with clock.played_at(at(date(2026, 3, 3), 9)):
            self._ask(award, by=self.world.filer(unit), acting=unit)
        with clock.played_at(at(date(2026, 3, 18), 14)):
            after.revoke(
                award,
                public_reason="Báo cáo thành tích có số liệu không đúng, cá nhân không còn đủ tiêu chuẩn.",
                **self._act("640", date(2026, 3, 17)),
                **self.desk,
            )
        with clock.played_at(at(date(2026, 3, 30), 9)):
            after.return_items(
                award,
                returned_on=date(2026, 3, 30),
                money=award.prize_amount,
                note=f"Đã nhận Bằng khen bản gốc {MARK}",
                **self.desk,
            )

    def _propose_revocation(self, award: Award) -> None:
        with clock.played_at(at(date(2026, 10, 12), 9)):
            self._ask(award, **self.writer)

    def _ask(self, award: Award, **who) -> None:
        after.propose_revocation(
            award,
            ground=RevocationGround.objects.get(code="93-2-a"),
            explanation=f"Kiểm tra lại thấy số liệu khai không khớp hồ sơ gốc. {CONTENT_MARK}",
            document=self._paper("to-trinh.pdf"),
            **who,
        )

    def _act(self, number: str, signed_on: date) -> dict:
        return {
            "number": f"{number}/QĐ-UBND {MARK}",
            "signed_on": signed_on,
            "signer": SIGNER,
            "signed_file": self._paper("quyet-dinh.pdf"),
        }

    def _paper(self, name: str):
        return files.store_bytes(content(name), name=name, content_type=files.PDF, by=None)

    def tell_of_exemplars(self) -> None:
        """Articles on exemplars: three published, one of them of an award, and a draft."""
        awarded = Award.objects.filter(kind="collective", state="published").order_by("pk")[1]
        campaign = Campaign.objects.get(code="2022-2025")
        for place, text in enumerate(TEXTS["exemplars"]):
            values = text | {"campaign": campaign, "title": f"{text['title']} {MARK}"}
            values["body"] = f"{text['body']}\n\n{CONTENT_MARK}"
            if place == 0:
                values |= {"name": awarded.name, "unit": awarded.unit, "award_reference": awarded.reference}
            with clock.played_at(at(date(2026, 4, 2 + place), 9)):
                exemplar = writing.start(values, **self.writer)
            if place < 3:
                with clock.played_at(at(date(2026, 4, 7 + place), 9)):
                    writing.publish(exemplar, **self.publisher)

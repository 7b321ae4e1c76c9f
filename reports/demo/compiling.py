"""What the demo shows of compiling: a time opened, one person put forward twice, a hold, paper, Giấy khen."""

from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from awards.enums import DocumentKind, HoldKind, NomineeKind
from awards.models import AwardForm, Dossier, Nominee
from awards.workflow import compiling, recording
from awards.workflow import dossier as submitting
from awards.workflow import hold as holding
from awards.workflow.opening import open_form
from core import clock, files
from registrations.enums import Channel
from reports.demo.awards import Commendation
from reports.demo.papers import content, uid
from reports.demo.past import at
from reports.demo.texts import MARK, TEXTS


def open_second_batch(commendation: Commendation) -> None:
    """The review year is over: a lead of the standing body takes dossiers for some months more."""
    lead = {"by": commendation.world.people["demo.stttt.ld"], "acting": commendation.world.standing_body}
    first = date(commendation.campaign.final_review_year + 1, 1, 1)
    today = clock.local_date(commendation.now)
    if today < first:
        return
    with clock.played_at(at(first, 9)):
        open_form(
            commendation.form,
            commendation.campaign,
            opens_on=first,
            closes_on=today + timedelta(days=180),
            basis=f"Công văn số 12/UBND-MH về đợt xét bổ sung {MARK}",
            **lead,
        )


class Compiling:
    """Played after the dossiers of the second batch, which it looks at and adds to."""

    def __init__(self, commendation: Commendation):
        self.of, self.world = commendation, commendation.world
        self.desk = {"by": self.world.people["demo.stttt"], "acting": self.world.standing_body}

    def work(self) -> None:
        waiting = Dossier.objects.on_desk().order_by("submitted_at", "pk")
        people = Nominee.objects.filter(
            dossier__in=waiting, kind=NomineeKind.INDIVIDUAL, duplicate_of__isnull=True
        )
        first, second = people.order_by("dossier__submitted_at", "pk").select_related("unit", "dossier")[:2]
        self._put_forward_again(first)
        self._hold(second)
        self._record(second.dossier.unit, [second.name], second.sex)
        self._record(self.world.units["SYT"], ["Nguyễn Thị Mẫu Hằng"], "female")
        self._on_paper()
        self._write()

    def _put_forward_again(self, person) -> None:
        """A district puts forward someone whom a body has put forward too."""
        unit = self.of.districts[2]
        again = {
            "uid": uid("nominee", "again", person.name),
            "kind": NomineeKind.INDIVIDUAL,
            "unit": unit,
            "name": person.name,
            "sex": person.sex,
            "position": f"Công chức, {unit.name} {MARK}",
            "achievement": person.achievement,
        }
        self.of._submit(unit, [again], at(self.of.day(1), 8, 40), "second")

    def _hold(self, person) -> None:
        with clock.played_at(at(self.of.day(1), 10)):
            holding.hold(
                person,
                kind=HoldKind.COMPLAINT,
                reason=f"Đang xác minh đơn phản ánh {MARK}",
                document_number="15/TB-MH",
                document_on=self.of.day(2),
                file=_kept("thong-bao.pdf"),
                **self.desk,
            )

    def _record(self, unit, names, sex) -> None:
        """A Giấy khen that the unit gave itself in the last year of the campaign."""
        filer, year = self.world.filer(unit), self.of.campaign.last_year
        with clock.played_at(at(self.of.day(1), 11)):
            decision = recording.record(
                unit,
                by=filer,
                form=AwardForm.objects.recorded().get(issuer_kinds__contains=[unit.kind]),
                upload=_upload("giay-khen.pdf"),
                number=f"{len(unit.code)}{year}/QĐ-MH",
                signed_on=date(year, 12, 5),
                title=f"Tặng Giấy khen thành tích chuyển đổi số năm {year} {MARK}",
                achievement_from=date(year, 1, 1),
                achievement_to=date(year, 12, 31),
                acting=unit,
            )
            for name in names:
                values = {"kind": "individual", "name": name, "sex": sex, "position": unit.name}
                recording.add_award(decision, by=filer, values=values, acting=unit)

    def _on_paper(self) -> None:
        unit, clerk = self.of.firms[8], self.desk["by"]
        with clock.played_at(at(self.of.day(1), 14)):
            dossier = submitting.enter_on_paper(self.of.campaign, self.of.form, unit, **self.desk)
            words = {
                "summary": TEXTS["summaries"]["second"],
                "channel": Channel.POST,
                "paper_number": "268/Đ-MH",
                "received_on": self.of.day(3),
            }
            submitting.save_dossier(dossier, by=clerk, version=dossier.version, words=words)
            for values in (self.of.casting.unit(unit), self.of.casting.individual(unit)):
                report = _upload("bao-cao-thanh-tich.pdf")
                submitting.add_nominee(dossier, by=clerk, values=values, report=report, is_certified=True)
            for kind in (DocumentKind.SUBMISSION, DocumentKind.MINUTES, DocumentKind.PAPER):
                submitting.attach(dossier, by=clerk, kind=kind, upload=_upload(f"{kind.value}.pdf"))
            key = uid("dossier", unit.code, "paper")
            submitting.submit(dossier, version=dossier.version, request_key=key, **self.desk)

    def _write(self) -> None:
        """The health department's draft has a report written here and an initiative."""
        unit = self.world.units["SYT"]
        dossier = Dossier.objects.filter(unit=unit, state="draft").latest("pk")
        nominee, filer = dossier.nominees.get(), self.world.filer(unit)
        with clock.played_at(at(self.of.day(1), 16, 30)):
            words = {
                "overview": f"Công tác tại {unit.name} từ năm 2012. {MARK}",
                "results": nominee.achievement,
                "influence": f"Áp dụng trong toàn ngành. {MARK}",
            }
            compiling.write_report(nominee, by=filer, version=dossier.version, words=words)
            values = {
                "name": f"Phiếu khám điện tử dùng chung {MARK}",
                "effect": "Giảm thời gian chờ của người bệnh",
                "recognised_by": unit.name,
                "recognition_number": "45/QĐ-MH",
                "recognised_on": date(self.of.campaign.last_year, 6, 20),
            }
            compiling.add_initiative(nominee, by=filer, values=values)


def _upload(name: str) -> SimpleUploadedFile:
    known = name if name in ("to-trinh.pdf", "bien-ban.pdf", "bao-cao-thanh-tich.pdf") else "to-trinh.pdf"
    return SimpleUploadedFile(name, content(known), content_type=files.PDF)


def _kept(name: str):
    return files.store_bytes(content("to-trinh.pdf"), name=name, content_type=files.PDF)

"""The standing body's desk today: dossiers given out, opinions asked, feedback, a list posted."""

from datetime import timedelta

from awards.enums import NomineeKind
from awards.models import AwardForm, ConsultationRule, Dossier, Nominee, Posting, Proposal, Quota, RuleSet
from awards.workflow import assignment, feedback, posting
from awards.workflow import consultation as consulting
from awards.workflow import proposal as proposing
from core import clock
from reports.demo.awards import Commendation
from reports.demo.papers import uid
from reports.demo.past import at
from reports.demo.texts import MARK, TEXTS

QUOTAS = {NomineeKind.COLLECTIVE: 70, NomineeKind.HOUSEHOLD: 10, NomineeKind.INDIVIDUAL: 90}
POSTED_DAYS = 10


class AppraisalDesk:
    def __init__(self, commendation: Commendation):
        self.play = commendation
        people, world = commendation.world.people, commendation.world
        self.desk = {"by": people["demo.stttt"], "acting": world.standing_body}
        self.lead = {"by": people["demo.stttt.ld"], "acting": world.standing_body}

    def work(self) -> None:
        self._set_quotas()
        self._write_feedback()
        self._share_out()
        self._ask_for_opinions()
        self._post_a_list()

    def _set_quotas(self) -> None:
        for kind, number in QUOTAS.items():
            Quota.objects.create(
                campaign=self.play.campaign,
                form=self.play.form,
                nominee_kind=kind,
                number=number,
                basis=f"Số lượng minh họa {MARK}",
            )

    def _write_feedback(self) -> None:
        """One word on each who was not taken in the first batch; two of three are released."""
        words = TEXTS["feedback"]
        refused = Nominee.objects.filter(state__in=["not_recommended", "not_selected"]).order_by("pk")
        for nominee in refused.select_related("dossier__unit", "unit"):
            with clock.played_at(nominee.dossier.appraised_at + timedelta(days=1)):
                feedback.write_feedback(nominee, text=words[nominee.state], **self.desk)
        for nominee in refused[:2]:
            with clock.played_at(nominee.dossier.appraised_at + timedelta(days=2)):
                feedback.release_feedback(nominee, **self.lead)
        with clock.played_at(at(self.play.first_published_on, 10)):
            feedback.tell_feedback()

    def _share_out(self) -> None:
        with clock.played_at(at(self.play.day(1), 16)):
            assignment.share_out(**self.lead)

    def _ask_for_opinions(self) -> None:
        """Of a firm on the desk: the tax office has not answered yet, the police have."""
        dossier = Dossier.objects.on_desk().filter(unit__is_invented=True).order_by("pk").first()
        asked = {}
        for topic in ("tax", "police"):
            rule = ConsultationRule.objects.get(topic=topic, validity__contains=clock.today())
            with clock.played_at(at(self.play.day(1), 16, 10)):
                asked[topic] = consulting.ask(
                    dossier,
                    list(consulting.askable(dossier)),
                    rule=rule,
                    office=f"{rule.office} {MARK}",
                    question=rule.question,
                    **self.desk,
                )
            with clock.played_at(at(self.play.day(1), 16, 20)):
                consulting.send(
                    asked[topic],
                    number=f"{40 + len(asked)}/STTTT {MARK}",
                    sent_on=self.play.day(1),
                    **self.desk,
                )
        with clock.played_at(at(self.play.day(1), 16, 50)):
            views = {n.uid: ("agrees", "") for n in asked["police"].nominees.all()}
            consulting.answer(
                asked["police"],
                number=f"88/CAT {MARK}",
                replied_on=self.play.day(1),
                views=views,
                **self.desk,
            )

    def _post_a_list(self) -> None:
        """Three of one dossier, posted for ten working days; one comment has its answer, one waits."""
        dossier = self.play.another_ready_dossier()
        with clock.played_at(at(self.play.day(1), 14)):
            rule_set = RuleSet.objects.get(pk=dossier.rule_set_id)
            title = f"Đề nghị tặng Bằng khen tổng kết phong trào giai đoạn 2022–2025, đợt 3 {MARK}"
            form = AwardForm.objects.get(pk=dossier.form_id)
            proposal: Proposal = proposing.start(self.play.campaign, form, rule_set, title=title, **self.desk)
            gathered = Nominee.objects.filter(dossier=dossier)
            proposing.gather(proposal, gathered, request_key=uid("gather", "3"), **self.desk)
        with clock.played_at(at(self.play.day(1), 15)):
            opened = posting.post(proposal, working_days=POSTED_DAYS, **self.lead)
            self._comment(opened)

    def _comment(self, opened: Posting) -> None:
        first, second = TEXTS["comments"]
        name = opened.names.filter(kind=NomineeKind.INDIVIDUAL).first()
        said = posting.comment(
            opened, author=f"Lý Thị Mẫu {MARK}", contact="0900 000 000", text=first, name=name
        )
        posting.settle(said, "answer", text=TEXTS["comment_answer"], **self.desk)
        posting.comment(opened, author=f"Trần Văn Mẫu {MARK}", contact="gop-y@vi-du.example", text=second)

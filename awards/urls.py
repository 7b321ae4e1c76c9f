from django.urls import path

from awards.views import appraisal, criteria, decision, dossier, draft, package, proposal

app_name = "awards"
urlpatterns = [
    path("ho-so/", dossier.dossiers, name="dossiers"),
    path("ho-so/bat-dau/", dossier.start, name="start"),
    path("ho-so/<uuid:uid>/", dossier.dossier, name="dossier"),
    path("ho-so/<uuid:uid>/sua/", draft.edit, name="edit"),
    path("ho-so/<uuid:uid>/doi-tuong/moi/", draft.nominee_new, name="add_nominee"),
    path("ho-so/<uuid:uid>/doi-tuong/<uuid:nominee>/", draft.nominee_edit, name="change_nominee"),
    path("ho-so/<uuid:uid>/doi-tuong/<uuid:nominee>/bo/", draft.nominee_remove, name="remove_nominee"),
    path("ho-so/<uuid:uid>/doi-tuong/<uuid:nominee>/ket-luan/", appraisal.verdict, name="verdict"),
    path(
        "ho-so/<uuid:uid>/doi-tuong/<uuid:nominee>/tieu-chi/",
        criteria.judge_criterion,
        name="judge_criterion",
    ),
    path("ho-so/<uuid:uid>/tep/<uuid:file>/", dossier.dossier_file, name="dossier_file"),
    path("ho-so/<uuid:uid>/tep/<uuid:file>/bo/", draft.document_remove, name="remove_document"),
    path("ho-so/<uuid:uid>/nop/", dossier.submit, name="submit"),
    path("ho-so/<uuid:uid>/bien-nhan/<int:number>/", dossier.receipt, name="receipt"),
    path(
        "ho-so/<uuid:uid>/yeu-cau-bo-sung/",
        dossier.act,
        {"action": "request_supplement"},
        name="request_supplement",
    ),
    path("ho-so/<uuid:uid>/tu-choi/", dossier.act, {"action": "reject"}, name="reject"),
    path("ho-so/<uuid:uid>/tham-dinh/", dossier.act, {"action": "appraise"}, name="appraise"),
    path("ho-so/<uuid:uid>/mo-lai/", dossier.act, {"action": "reopen"}, name="reopen"),
    path("ho-so/<uuid:uid>/rut/", dossier.act, {"action": "withdraw"}, name="withdraw"),
    path("to-trinh/", proposal.proposals, name="proposals"),
    path("to-trinh/<uuid:uid>/", proposal.proposal, name="proposal"),
    path("to-trinh/<uuid:uid>/chon/", proposal.gather, name="gather"),
    path("to-trinh/<uuid:uid>/doi-tuong/<uuid:nominee>/bo/", proposal.drop, name="drop"),
    path("to-trinh/<uuid:uid>/doi-tuong/<uuid:nominee>/len/", proposal.move, {"up": True}, name="move_up"),
    path(
        "to-trinh/<uuid:uid>/doi-tuong/<uuid:nominee>/xuong/", proposal.move, {"up": False}, name="move_down"
    ),
    path("to-trinh/<uuid:uid>/doi-tuong/<uuid:nominee>/xet/", proposal.judge, name="judge"),
    path("to-trinh/<uuid:uid>/chot/", proposal.act, {"action": "finalise"}, name="finalise"),
    path("to-trinh/<uuid:uid>/ky/", proposal.sign, name="sign"),
    path("to-trinh/<uuid:uid>/chuyen-trinh/", proposal.act, {"action": "forward"}, name="forward"),
    path("to-trinh/<uuid:uid>/tra-lai/", proposal.act, {"action": "return"}, name="return_proposal"),
    path("to-trinh/<uuid:uid>/duyet/", proposal.act, {"action": "approve"}, name="approve"),
    path("to-trinh/<uuid:uid>/can-cu/<slug:code>/", package.cite_anyway, name="cite_anyway"),
    path("to-trinh/<uuid:uid>/van-ban/", package.package, name="package"),
    path("to-trinh/<uuid:uid>/van-ban/tao-lai/", package.retry_package, name="retry_package"),
    path("to-trinh/<uuid:uid>/tep/van-ban/", package.package_file, name="package_file"),
    path(
        "to-trinh/<uuid:uid>/tep/van-ban/word/", package.package_file, {"format": "docx"}, name="package_word"
    ),
    path("to-trinh/<uuid:uid>/tep/van-ban/<int:part>/", package.package_file, name="package_part"),
    path("to-trinh/<uuid:uid>/tep/ban-ky/", proposal.signed_file, name="signed_file"),
    path("quyet-dinh-khen-thuong/", decision.decisions, name="decisions"),
    path("quyet-dinh-khen-thuong/<uuid:uid>/", decision.decision, name="decision"),
    path(
        "quyet-dinh-khen-thuong/<uuid:uid>/trinh/", decision.act, {"action": "submit"}, name="submit_decision"
    ),
    path(
        "quyet-dinh-khen-thuong/<uuid:uid>/tra-lai/",
        decision.act,
        {"action": "return"},
        name="return_decision",
    ),
    path("quyet-dinh-khen-thuong/<uuid:uid>/ban-hanh/", decision.issue, name="issue"),
    path("quyet-dinh-khen-thuong/<uuid:uid>/cong-bo/", decision.act, {"action": "publish"}, name="publish"),
    path("quyet-dinh-khen-thuong/<uuid:uid>/tep/", decision.decision_file, name="decision_file"),
]

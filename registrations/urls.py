from django.urls import path

from registrations.views import board, registration, report

app_name = "registrations"
urlpatterns = [
    path("dang-ky/", registration.registrations, name="registrations"),
    path("dang-ky/bat-dau/", registration.start, name="start"),
    path("dang-ky/<uuid:uid>/", registration.registration, name="registration"),
    path("dang-ky/<uuid:uid>/sua/", registration.edit, name="edit"),
    path("dang-ky/<uuid:uid>/nop/", registration.file, name="file"),
    path("dang-ky/<uuid:uid>/bien-nhan/<int:number>/", registration.receipt, name="receipt"),
    path("dang-ky/<uuid:uid>/tep/<uuid:file>/", registration.attachment, name="attachment"),
    path("dang-ky/<uuid:uid>/xac-nhan/", registration.act, {"action": "confirm"}, name="confirm"),
    path("dang-ky/<uuid:uid>/tra-lai/", registration.act, {"action": "return"}, name="return"),
    path("dang-ky/<uuid:uid>/rut/", registration.act, {"action": "withdraw"}, name="withdraw"),
    path("dang-ky/<uuid:uid>/mo-lai/", registration.act, {"action": "reopen"}, name="reopen"),
    path("bao-cao/", report.reports, name="reports"),
    path("bao-cao/bat-dau/", report.start, name="start_report"),
    path("bao-cao/<uuid:uid>/", report.report, name="report"),
    path("bao-cao/<uuid:uid>/sua/", report.edit, name="edit_report"),
    path("bao-cao/<uuid:uid>/nop/", report.submit, name="submit_report"),
    path("bao-cao/<uuid:uid>/so-lieu/<str:code>/", report.judge, name="judge_figure"),
    path("bao-cao/<uuid:uid>/chap-nhan/", report.act, {"action": "accept_rest"}, name="accept_rest"),
    path("bao-cao/<uuid:uid>/tham-dinh/", report.act, {"action": "verify"}, name="verify_report"),
    path("bao-cao/<uuid:uid>/tra-lai/", report.act, {"action": "return"}, name="return_report"),
    path("bao-cao/<uuid:uid>/minh-chung/<uuid:file>/", report.evidence, name="evidence"),
    path("theo-doi/", board.board, name="board"),
]

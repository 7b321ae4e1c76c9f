from django.urls import path

from units.views import acting, bloc, people, request, spreadsheet, token

app_name = "units"

urlpatterns = [
    path("don-vi-dang-lam/", acting.act_for, name="act_for"),
    path("don-vi/<uuid:uid>/nguoi/", people.unit_people, name="people"),
    path("don-vi/<uuid:uid>/nguoi/<uuid:user>/giao/", people.grant, name="grant"),
    path("don-vi/<uuid:uid>/nguoi/<uuid:user>/ket-thuc/", people.end, name="end"),
    path("loi-moi/<uuid:uid>/", people.invitation, name="invitation"),
    path("loi-moi/<uuid:uid>/nhan/", people.accept, name="accept"),
    path("loi-moi/<uuid:uid>/gui-lai/", people.answer, {"action": "resend"}, name="resend"),
    path("loi-moi/<uuid:uid>/thu-hoi/", people.answer, {"action": "revoke"}, name="revoke"),
    path("xin-tai-khoan/", request.ask, name="ask"),
    path("xin-tai-khoan/tra-cuu/", request.state, name="request_state"),
    path("yeu-cau-tai-khoan/", request.account_requests, name="account_requests"),
    path("yeu-cau-tai-khoan/<uuid:uid>/", request.account_request, name="account_request"),
    path("yeu-cau-tai-khoan/<uuid:uid>/giay-to/", request.document, name="request_document"),
    path("yeu-cau-tai-khoan/<uuid:uid>/cap/", request.decide, {"action": "approve"}, name="approve"),
    path("yeu-cau-tai-khoan/<uuid:uid>/tu-choi/", request.decide, {"action": "refuse"}, name="refuse"),
    path("du-lieu-excel/", spreadsheet.spreadsheets, name="spreadsheets"),
    path("du-lieu-excel/don-vi/", spreadsheet.units, name="export_units"),
    path("du-lieu-excel/don-vi/mau/", spreadsheet.units_template, name="units_template"),
    path("du-lieu-excel/don-vi/nhap/", spreadsheet.import_units, name="import_units"),
    path("du-lieu-excel/nguoi-dung/", spreadsheet.people, name="export_people"),
    path("du-lieu-excel/nguoi-dung/mau/", spreadsheet.people_template, name="people_template"),
    path("du-lieu-excel/nguoi-dung/nhap/", spreadsheet.import_people, name="import_people"),
    path("ma-truy-cap/", token.tokens, name="tokens"),
    path("ma-truy-cap/<uuid:uid>/thu-hoi/", token.revoke, name="revoke_token"),
    path("khoi-thi-dua/", bloc.emulation_blocs, name="blocs"),
    path("khoi-thi-dua/<uuid:uid>/", bloc.bloc, name="bloc"),
    path("khoi-thi-dua/<uuid:uid>/sua/", bloc.edit, name="edit_bloc"),
    path("khoi-thi-dua/<uuid:uid>/khoi-truong/", bloc.appoint, name="appoint_head"),
    path("khoi-thi-dua/<uuid:uid>/ra/<uuid:unit>/", bloc.remove, name="leave_bloc"),
]

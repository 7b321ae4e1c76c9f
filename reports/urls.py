from django.urls import path

from reports.views import exports, home, mail, public, reorganisation, seals, summaries, unit

app_name = "reports"
urlpatterns = [
    path("", public.public_home, name="public_home"),
    path("ket-qua/", public.results, name="results"),
    path("ket-qua/<slug:reference>/", public.result, name="result"),
    path("quyet-dinh/", public.decisions, name="decisions"),
    path("quyet-dinh/<uuid:uid>/", public.decision, name="decision"),
    path("niem-phong/", seals.seals, name="seals"),
    path("ban-lam-viec/", home.home, name="home"),
    path("bao-cao-tong-hop/", summaries.summaries, name="summaries"),
    path("nhat-ky-xuat/", exports.export_log, name="exports"),
    path("don-vi/", unit.units, name="units"),
    path("don-vi/<uuid:uid>/", unit.unit, name="unit"),
    path("sap-xep/", reorganisation.reorganisations, name="reorganisations"),
    path("sap-xep/moi/", reorganisation.record, name="record_reorganisation"),
    path("sap-xep/<uuid:uid>/", reorganisation.reorganisation, name="reorganisation"),
    path("sap-xep/<uuid:uid>/ap-dung/", reorganisation.apply, name="apply_reorganisation"),
    path("sap-xep/<uuid:uid>/huy/", reorganisation.cancel, name="cancel_reorganisation"),
    path("sap-xep/<uuid:uid>/van-ban/", reorganisation.document, name="reorganisation_document"),
    path("thu/", mail.mails, name="mails"),
    path("thu/<uuid:uid>/", mail.mail, name="mail"),
    path("thu/<uuid:uid>/gui-lai/", mail.retry, name="retry_mail"),
    path("thu/<uuid:uid>/bi-tra-lai/", mail.note_bounce, name="note_bounce"),
]

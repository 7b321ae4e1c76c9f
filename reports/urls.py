from django.urls import path

from reports.views import exports, home, mail, public, seals

app_name = "reports"
urlpatterns = [
    path("", public.public_home, name="public_home"),
    path("ket-qua/", public.results, name="results"),
    path("ket-qua/<str:reference>/", public.result, name="result"),
    path("quyet-dinh/", public.decisions, name="decisions"),
    path("quyet-dinh/<uuid:uid>/", public.decision, name="decision"),
    path("niem-phong/", seals.seals, name="seals"),
    path("ban-lam-viec/", home.home, name="home"),
    path("nhat-ky-xuat/", exports.export_log, name="exports"),
    path("thu/", mail.mails, name="mails"),
    path("thu/<uuid:uid>/", mail.mail, name="mail"),
    path("thu/<uuid:uid>/gui-lai/", mail.retry, name="retry_mail"),
]

from datetime import date

from django.urls import path, register_converter

from reports.views import (
    dashboards,
    discovery,
    exemplars,
    exports,
    help,
    home,
    mail,
    open_data,
    progress,
    public,
    reorganisation,
    seals,
    summaries,
    unit,
)


class IsoDay:
    """A day as 2025-12-31; one that is no day is no address."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value):
        return date.fromisoformat(value)

    def to_url(self, value):
        return value.isoformat()


register_converter(IsoDay, "iso_day")
app_name = "reports"
urlpatterns = [
    path("", public.public_home, name="public_home"),
    path("ket-qua/", public.results, name="results"),
    path("ket-qua/<slug:reference>/", public.result, name="result"),
    path("quyet-dinh/", public.decisions, name="decisions"),
    path("quyet-dinh/atom.xml", discovery.feed, name="feed"),
    path("sitemap.xml", discovery.sitemap_index, name="sitemap_index"),
    path("sitemap-trang.xml", discovery.sitemap_pages, name="sitemap_pages"),
    path("sitemap-quyet-dinh.xml", discovery.sitemap_decisions, name="sitemap_decisions"),
    path("sitemap-ket-qua-<int:number>.xml", discovery.sitemap_results, name="sitemap_results"),
    path("robots.txt", discovery.robots, name="robots"),
    path("gioi-thieu/", public.movement, name="movement"),
    path("tien-do/", public.progress, name="progress"),
    path("cong-bo-tien-do/", progress.publishing, name="publish_progress"),
    path("cong-bo-tien-do/<uuid:uid>/", progress.publish, name="publish_progress_of"),
    path("du-lieu-mo/", open_data.open_data, name="open_data"),
    path("du-lieu-mo/<iso_day:day>/", open_data.release, name="open_data_release"),
    path("du-lieu-mo/<iso_day:day>/<str:name>", open_data.file, name="open_data_file"),
    path("quyet-dinh/<uuid:uid>/", public.decision, name="decision"),
    path("dien-hinh/", exemplars.exemplars, name="exemplars"),
    path("dien-hinh/<uuid:uid>/", exemplars.exemplar, name="exemplar"),
    path("dien-hinh/<uuid:uid>/anh/", exemplars.image, name="exemplar_image"),
    path("niem-phong/", seals.seals, name="seals"),
    path("ban-lam-viec/", home.home, name="home"),
    path("tro-giup/", help.index, name="help"),
    path("tro-giup/tu-ngu/", help.glossary, name="glossary"),
    path("tro-giup/lien-he/", help.ask, name="ask"),
    path("tro-giup/lien-he/da-gui/", help.asked, name="asked"),
    path("tro-giup/huong-dan-da-doc/", help.read_guide, name="read_guide"),
    path("tro-giup/<slug:slug>/", help.show_manual, name="manual"),
    path("cau-hoi/", help.enquiries, name="enquiries"),
    path("cau-hoi/<uuid:uid>/", help.enquiry, name="enquiry"),
    path("cau-hoi/<uuid:uid>/tra-loi/", help.answer, name="answer_enquiry"),
    path("bang-theo-doi/", dashboards.dashboards, name="dashboards"),
    path("bang-theo-doi/thuong-truc/", dashboards.standing_dashboard, name="standing_dashboard"),
    path(
        "bang-theo-doi/thi-dua-khen-thuong/",
        dashboards.commendation_dashboard,
        name="commendation_dashboard",
    ),
    path("bang-theo-doi/lanh-dao/", dashboards.leader_dashboard, name="leader_dashboard"),
    path("bang-theo-doi/ho-so/", dashboards.dossier_list, name="dossier_list"),
    path("bang-theo-doi/tieu-chi/", dashboards.criteria_list, name="criteria_list"),
    path("bao-cao-tong-hop/", summaries.summaries, name="summaries"),
    path("tep-toi-da-xuat/", exports.my_exports, name="my_exports"),
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

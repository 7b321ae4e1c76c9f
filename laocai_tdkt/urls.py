from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

from core import views as core
from reports.gallery import gallery
from reports.views.api_docs import api_docs

admin.autodiscover()
admin.site.login = secure_admin_login(admin.site.login)
admin.site.site_header = "Quản trị cổng thi đua chuyển đổi số"
admin.site.site_title = "Quản trị"
admin.site.index_title = "Dữ liệu của cổng"

handler400 = "core.views.bad_request"
handler403 = "core.views.permission_denied"
handler404 = "core.views.page_not_found"
handler500 = "core.views.server_error"

urlpatterns = [
    # Asked far more often than any page, so it is looked for first.
    path("api/v1/", include("laocai_tdkt.api")),
    path("", include("reports.urls")),
    path("", include("criteria.urls")),
    path("", include("registrations.urls")),
    path("", include("awards.urls")),
    path("", include("units.urls")),
    path("tai-khoan/", include("laocai_tdkt.accounts")),
    path("quan-tri/", admin.site.urls),
    path("api/schema/", SpectacularAPIView.as_view(), name="api_schema"),
    path("api/docs/", api_docs, name="api_docs"),
    path("van-ban/", include("core.press.urls")),
    path("tep/<uuid:uid>/do-mat/", core.answer_about_secrecy, name="answer_about_secrecy"),
    path("tep/<uuid:uid>/xac-minh/", core.make_extract, name="make_extract"),
    path("bo-loc/", core.save_filter, name="save_filter"),
    path("bo-loc/<uuid:uid>/bo/", core.remove_filter, name="remove_filter"),
    path("xac-minh/chung-thu-cua-cong/", core.portal_certificate, name="portal_certificate"),
    path("xac-minh/", core.verify, name="verify"),
    path("xac-minh/<str:code>/", core.verify_code, name="verify_code"),
    path("song/", core.alive, name="alive"),
    path("song/san-sang/", core.ready, name="ready"),
    path("song/khoi-dong/", core.started, name="started"),
    path("song/so-do/", core.measures, name="measures"),
    path("song/viec-dinh-ky/", core.jobs, name="jobs_alive"),
]
if settings.DEMO_MODE:
    urlpatterns.append(path("_gallery/", login_not_required(gallery), name="gallery"))

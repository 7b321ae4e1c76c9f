"""The account pages of allauth under Vietnamese addresses; only the pages we use."""

from allauth.account import views
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from allauth.usersessions import views as sessions
from django.urls import path, re_path

from units.views import support

urlpatterns = [
    path("dang-nhap/", views.login, name="account_login"),
    path("dang-xuat/", views.logout, name="account_logout"),
    path("dang-ky/", views.signup, name="account_signup"),
    path("khong-hoat-dong/", views.account_inactive, name="account_inactive"),
    path("xac-nhan-lai/", views.reauthenticate, name="account_reauthenticate"),
    path("thu-dien-tu/", views.email, name="account_email"),
    path("thu-xac-nhan/", views.email_verification_sent, name="account_email_verification_sent"),
    path("doi-mat-khau/", views.password_change, name="account_change_password"),
    path("dat-mat-khau/", views.password_set, name="account_set_password"),
    path("quen-mat-khau/", views.password_reset, name="account_reset_password"),
    path("quen-mat-khau/da-gui/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^quen-mat-khau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "quen-mat-khau/xong/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"
    ),
    path("hai-lop/", mfa.index, name="mfa_index"),
    path("hai-lop/nhap-ma/", mfa.authenticate, name="mfa_authenticate"),
    path("hai-lop/xac-nhan-lai/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("hai-lop/ung-dung/bat/", totp.activate_totp, name="mfa_activate_totp"),
    path("hai-lop/ung-dung/tat/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("hai-lop/ma-du-phong/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("hai-lop/ma-du-phong/tao/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("hai-lop/ma-du-phong/tai/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("hai-lop/khoa/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("hai-lop/khoa/them/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("hai-lop/khoa/xac-nhan-lai/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("hai-lop/khoa/<int:pk>/bo/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("hai-lop/khoa/<int:pk>/sua/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("phien/", sessions.list_usersessions, name="usersessions_list"),
    path("lien-ket/", social.connections, name="socialaccount_connections"),
    path("lien-ket/dang-ky/", social.signup, name="socialaccount_signup"),
    path("lien-ket/da-huy/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("lien-ket/loi/", social.login_error, name="socialaccount_login_error"),
    path("lien-ket/<str:provider_id>/", openid_connect.login, name="openid_connect_login"),
    path("lien-ket/<str:provider_id>/ve/", openid_connect.callback, name="openid_connect_callback"),
    path("ho-tro/", support.people, name="support"),
    path("ho-tro/thoat/", support.leave, name="leave_support"),
    path("ho-tro/<uuid:uid>/", support.enter, name="enter_support"),
]

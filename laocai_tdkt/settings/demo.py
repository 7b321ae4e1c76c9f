"""The played-through demo: production behaviour, invented data, mail kept in a folder."""

from laocai_tdkt.settings.base import *
from laocai_tdkt.settings.base import LOCAL_DIR, env

DEMO_MODE = True
# The demo alone waives the second factor; its banner says so.
SECOND_FACTOR_REQUIRED = False
SECRET_KEY = env("SECRET_KEY", default="demo-only-demo-only-demo-only-demo-only-demo-only-demo-only")
IDENTITY_KEYS = {"demo": "ZGVtby1rZXktZGVtby1rZXktZGVtby1rZXktZGVtbyE="}
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = env("MAIL_DIR", default=str(LOCAL_DIR / "mail"))
SIGNING_KEY_FILE = env("SIGNING_KEY_FILE", default=str(LOCAL_DIR / "chu-ky-cua-cong.pem"))
SIGNING_KEY_FILE = env("SIGNING_KEY_FILE", default=str(LOCAL_DIR / "chu-ky-cua-cong.pem"))
CLOCK_SHIFT_SECONDS = env.int("CLOCK_SHIFT_SECONDS", default=0)

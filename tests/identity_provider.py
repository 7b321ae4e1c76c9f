"""A real OpenID Connect provider in a process of its own: allauth's, with people of the test's choosing.

`python -m tests.identity_provider PORT FOLDER CALLBACK PEOPLE` serves it; `running()` starts and stops it.
It is not the portal: it has settings and a small database of its own.
"""

import json
import os
import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

PASSWORD = "mat-khau-o-noi-cap"
CLIENT = {"client_id": "cong-thi-dua", "secret": "bi-mat-giua-hai-ben"}


@contextmanager
def running(folder: Path, callback: str, people: dict[str, bool]):
    """The address of a provider that knows `people` ({address: verified}) and leads back to `callback`."""
    from laocai_tdkt.embedded import free_port
    from laocai_tdkt.process import wait_until

    port = free_port()
    # Its settings are its own: nothing of the portal's environment may reach it.
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("DJANGO_", "PYTEST_"))}
    command = [sys.executable, "-m", __name__, str(port), str(folder), callback, json.dumps(people)]
    log = (folder / "provider.log").open("wb")
    process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        wait_until(lambda: _answers(port), seconds=30)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)
        log.close()


def _answers(port) -> bool:
    import requests

    try:
        return requests.get(f"http://127.0.0.1:{port}/.well-known/openid-configuration", timeout=5).ok
    except requests.ConnectionError:
        return False


def go_through(address: str, person: str) -> str:
    """Log `person` in at the provider, from the `address` the portal led to; where he is sent back to."""
    import requests

    browser = requests.Session()
    page = browser.get(address, timeout=10)
    form = {"login": person, "password": PASSWORD, "next": _hidden(page.text, "next")}
    form["csrfmiddlewaretoken"] = _hidden(page.text, "csrfmiddlewaretoken")
    answer = browser.post(page.url, form, allow_redirects=False, timeout=10)
    answer = browser.get(requests.compat.urljoin(page.url, answer.headers["Location"]), allow_redirects=False)
    return answer.headers["Location"]


def _hidden(page, name) -> str:
    from html import unescape

    return unescape(re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)[1])


def _serve(port, folder, callback, people) -> None:
    import django
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from django.conf import settings

    key = rsa.generate_private_key(65537, 2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    settings.configure(
        SECRET_KEY="only-for-the-test",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF="tests.identity_provider_urls",
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            "allauth",
            "allauth.account",
            "allauth.idp.oidc",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
            }
        ],
        AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": f"{folder}/provider.sqlite3"}},
        ACCOUNT_LOGIN_METHODS={"email"},
        ACCOUNT_SIGNUP_FIELDS=["email*", "password1*"],
        ACCOUNT_EMAIL_VERIFICATION="none",
        ACCOUNT_RATE_LIMITS=False,
        IDP_OIDC_PRIVATE_KEY=key.decode(),
        USE_TZ=True,
    )
    django.setup()

    from wsgiref.simple_server import make_server

    from allauth.account.models import EmailAddress
    from allauth.idp.oidc.models import Client
    from django.contrib.auth.hashers import make_password
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    call_command("migrate", verbosity=0)
    for address, verified in people.items():
        user = User.objects.create_user(address.partition("@")[0], address, PASSWORD)
        EmailAddress.objects.create(user=user, email=address, verified=verified, primary=True)
    Client.objects.create(
        id=CLIENT["client_id"],
        name="Cổng thi đua",
        secret=make_password(CLIENT["secret"]),
        scopes="openid\nprofile\nemail",
        redirect_uris=callback,
        skip_consent=True,
    )
    make_server("127.0.0.1", port, get_wsgi_application()).serve_forever()


if __name__ == "__main__":
    _serve(int(sys.argv[1]), sys.argv[2], sys.argv[3], json.loads(sys.argv[4]))

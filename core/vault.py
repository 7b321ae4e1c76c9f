"""Short secrets at rest, such as the key of an app that makes codes: encrypted, read by the portal alone.

The keys are those of identity numbers (`settings.IDENTITY_KEYS`), derived apart for each purpose; the first
one encrypts, the others still read.
"""

import base64
import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_NONCE_BYTES = 12


def lock(text: str, purpose: str) -> str:
    """`text` encrypted with the first key: key id, a dot, base64. Twice the same text gives two."""
    key = next(iter(settings.IDENTITY_KEYS))
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = nonce + _cipher(key, purpose).encrypt(nonce, text.encode(), key.encode())
    return f"{key}.{base64.b64encode(sealed).decode()}"


def unlock(locked: str, purpose: str) -> str:
    """What was locked; raises KeyError if the key is gone, InvalidTag if the text was altered."""
    key, _, sealed = locked.rpartition(".")
    data = base64.b64decode(sealed)
    cipher = _cipher(key, purpose)
    return cipher.decrypt(data[:_NONCE_BYTES], data[_NONCE_BYTES:], key.encode()).decode()


def _cipher(key: str, purpose: str) -> AESGCM:
    secret = base64.b64decode(settings.IDENTITY_KEYS[key], validate=True)
    info = f"laocai-tdkt {purpose}".encode()
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret))

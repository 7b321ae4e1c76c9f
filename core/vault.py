"""Secrets at rest: encrypted by keys of the environment, read by the portal alone.

The keys are `settings.IDENTITY_KEYS`, {key id: base64 of 32 bytes}, derived apart for each purpose; the first
one encrypts, the others still read.
"""

import base64
import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

KEY_BYTES = 32
_NONCE_BYTES = 12


def first_key() -> str:
    return next(iter(settings.IDENTITY_KEYS))


def derived(key: str, purpose: str) -> bytes:
    secret = base64.b64decode(settings.IDENTITY_KEYS[key], validate=True)
    info = f"laocai-tdkt {purpose}".encode()
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(secret)


def encrypt(text: str, key: str, purpose: str) -> bytes:
    """The nonce, then the ciphertext; the id of the key is sealed along, so that it cannot be swapped."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(derived(key, purpose)).encrypt(nonce, text.encode(), key.encode())


def decrypt(data: bytes, key: str, purpose: str) -> str:
    """What was encrypted; raises KeyError if the key is gone, InvalidTag or ValueError if it was altered."""
    nonce, sealed = data[:_NONCE_BYTES], data[_NONCE_BYTES:]
    return AESGCM(derived(key, purpose)).decrypt(nonce, sealed, key.encode()).decode()


def lock(text: str, purpose: str) -> str:
    """`text` encrypted with the first key: key id, a dot, base64. Twice the same text gives two."""
    key = first_key()
    return f"{key}.{base64.b64encode(encrypt(text, key, purpose)).decode()}"


def unlock(locked: str, purpose: str) -> str:
    """What was locked; raises KeyError if the key is gone, InvalidTag if the text was altered."""
    key, _, sealed = locked.rpartition(".")
    return decrypt(base64.b64decode(sealed), key, purpose)


def key_of(locked: str) -> str:
    return locked.rpartition(".")[0]

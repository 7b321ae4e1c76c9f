"""Identity numbers: stored encrypted, found by a blind index, never in the clear.

The keys are `settings.IDENTITY_KEYS`, {key id: base64 of 32 bytes}; the first one encrypts and
indexes, the others still read. After a change of keys the rows are sealed anew, one by one;
until then `indexes_of` finds them under every key.
"""

import base64
import binascii
import hmac
import re
import secrets
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

KEY_BYTES = 32
_NONCE_BYTES = 12
#: set apart what one secret is used for
_ENCRYPTION, _INDEX = b"laocai-tdkt identity encryption", b"laocai-tdkt identity index"


class IdentityRefused(ValueError):
    """Not an identity number, or one that cannot be read; the message says why, in Vietnamese."""


@dataclass(frozen=True)
class Sealed:
    """What is stored of a number: `ciphertext`, nonce first; the id of its `key`; the blind `index`, hex."""

    ciphertext: bytes
    key: str
    index: str


def normalised(number: str) -> str:
    """The bare digits of a CMND (9) or CCCD (12) number; blanks and dots between them are dropped."""
    digits = re.sub(r"[ .]", "", number)
    # [0-9], not \d, which takes the digits of every script.
    if not re.fullmatch(r"[0-9]{9}|[0-9]{12}", digits):
        raise IdentityRefused("Số định danh gồm 12 chữ số (CCCD) hoặc 9 chữ số (CMND). Hãy kiểm tra lại.")
    return digits


def seal(number: str) -> Sealed:
    """Encrypt with the first key; raises IdentityRefused. Sealing twice gives two ciphertexts, one index."""
    digits = normalised(number)
    key = next(iter(settings.IDENTITY_KEYS))
    nonce = secrets.token_bytes(_NONCE_BYTES)
    # The id of the key is sealed along, so that it cannot be swapped in the row.
    encrypted = AESGCM(_derived(key, _ENCRYPTION)).encrypt(nonce, digits.encode(), key.encode())
    return Sealed(nonce + encrypted, key, _index(digits, key))


def unseal(ciphertext: bytes, key: str) -> str:
    """The number that was sealed; raises IdentityRefused if the key is gone or the row was altered."""
    if key not in settings.IDENTITY_KEYS:
        raise IdentityRefused(f"Không còn khóa “{key}” để đọc số định danh. Hãy báo quản trị viên.")
    data = bytes(ciphertext)
    try:
        digits = AESGCM(_derived(key, _ENCRYPTION)).decrypt(
            data[:_NONCE_BYTES], data[_NONCE_BYTES:], key.encode()
        )
    except (InvalidTag, ValueError) as error:
        raise IdentityRefused("Không đọc được số định danh: dữ liệu đã bị thay đổi.") from error
    return digits.decode()


def index_of(number: str) -> str:
    """The blind index of a number under the first key: equal numbers have equal indexes."""
    return _index(normalised(number), next(iter(settings.IDENTITY_KEYS)))


def indexes_of(number: str) -> list[str]:
    """The indexes under every key, to find rows that are not yet sealed with the first one."""
    digits = normalised(number)
    return [_index(digits, key) for key in settings.IDENTITY_KEYS]


def _index(digits: str, key: str) -> str:
    return hmac.new(_derived(key, _INDEX), digits.encode(), sha256).hexdigest()


def _derived(key: str, purpose: bytes) -> bytes:
    secret = base64.b64decode(settings.IDENTITY_KEYS[key], validate=True)
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose).derive(secret)


def wrong_keys(keys) -> list[str]:
    """What is wrong with a value of the setting, in English for the operator; [] when it is sound."""
    if not isinstance(keys, dict) or not keys:
        return ["it must name at least one key"]
    wrong = []
    for key, secret in keys.items():
        try:
            size = len(base64.b64decode(secret, validate=True))
        except (TypeError, ValueError, binascii.Error):
            wrong.append(f"key {key!r} is not base64")
            continue
        if size != KEY_BYTES:
            wrong.append(f"key {key!r} has {size} bytes instead of {KEY_BYTES}")
        if not 0 < len(key) <= 20:
            wrong.append(f"the id {key!r} must have 1 to 20 characters")
    if not wrong and len(set(keys.values())) < len(keys):
        wrong.append("two ids name the same key")
    return wrong

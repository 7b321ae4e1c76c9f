"""Identity numbers: stored encrypted, found by a blind index, never in the clear.

The keys are `settings.IDENTITY_KEYS`, {key id: base64 of 32 bytes}; the first one encrypts and
indexes, the others still read. After a change of keys the rows are sealed anew, one by one;
until then `indexes_of` finds them under every key.
"""

import base64
import binascii
import hmac
import re
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from django.apps import apps
from django.conf import settings
from django.db import transaction

from core import vault

#: set apart what one secret is used for
_ENCRYPTION, _INDEX = "identity encryption", "identity index"


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
    key = vault.first_key()
    return Sealed(vault.encrypt(digits, key, _ENCRYPTION), key, _index(digits, key))


def unseal(ciphertext: bytes, key: str) -> str:
    """The number that was sealed; raises IdentityRefused if the key is gone or the row was altered."""
    if key not in settings.IDENTITY_KEYS:
        raise IdentityRefused(f"Không còn khóa “{key}” để đọc số định danh. Hãy báo quản trị viên.")
    try:
        return vault.decrypt(bytes(ciphertext), key, _ENCRYPTION)
    except (InvalidTag, ValueError) as error:
        raise IdentityRefused("Không đọc được số định danh: dữ liệu đã bị thay đổi.") from error


def index_of(number: str) -> str:
    """The blind index of a number under the first key: equal numbers have equal indexes."""
    return _index(normalised(number), vault.first_key())


def indexes_of(number: str) -> list[str]:
    """The indexes under every key, to find rows that are not yet sealed with the first one."""
    digits = normalised(number)
    return [_index(digits, key) for key in settings.IDENTITY_KEYS]


def _index(digits: str, key: str) -> str:
    return hmac.new(vault.derived(key, _INDEX), digits.encode(), sha256).hexdigest()


def sealed_with_old_keys() -> dict[str, int]:
    """How many rows of each table are sealed with another key than the first."""
    return {str(model._meta.verbose_name): _stale(model).count() for model in _tables()}


def seal_anew() -> int:
    """Seal every number with the first key, row by row under its lock; returns how many."""
    count = 0
    for model in _tables():
        for pk in list(_stale(model).values_list("pk", flat=True)):
            with transaction.atomic():
                row = _stale(model).select_for_update().filter(pk=pk).first()
                if row is None:
                    continue
                sealed = seal(unseal(row.identity_ciphertext, row.identity_key))
                model._base_manager.filter(pk=pk).update(
                    identity_ciphertext=sealed.ciphertext,
                    identity_key=sealed.key,
                    identity_index=sealed.index,
                )
                count += 1
    return count


def _tables():
    """Every table that stores numbers has the three columns of `Sealed`."""
    return [
        m
        for m in apps.get_models()
        if {"identity_ciphertext", "identity_key"} <= {f.name for f in m._meta.fields}
    ]


def _stale(model):
    return model._base_manager.exclude(identity_key__in=["", vault.first_key()]).order_by("pk")


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
        if size != vault.KEY_BYTES:
            wrong.append(f"key {key!r} has {size} bytes instead of {vault.KEY_BYTES}")
        if not 0 < len(key) <= 20:
            wrong.append(f"the id {key!r} must have 1 to 20 characters")
    if not wrong and len(set(keys.values())) < len(keys):
        wrong.append("two ids name the same key")
    return wrong

import base64
import hmac

import pytest
from django.core import checks

from core import identity, vault
from core.apps import identity_keys_are_sound
from core.identity import IdentityRefused

OLD = base64.b64encode(bytes(range(32))).decode()
NEW = base64.b64encode(bytes(range(32, 64))).decode()
CCCD = "010099001234"


@pytest.fixture(autouse=True)
def keys(settings):
    settings.IDENTITY_KEYS = {"2026": OLD}
    return settings


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("010099001234", "010099001234"),
        (" 010.099 001.234 ", "010099001234"),
        ("063123456", "063123456"),
        ("000000000", "000000000"),
    ],
)
def test_nine_or_twelve_digits_are_read_whatever_separates_them(typed, digits):
    assert identity.normalised(typed) == digits
    sealed = identity.seal(typed)
    assert identity.unseal(sealed.ciphertext, sealed.key) == digits


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "12345678",
        "1234567890",
        "12345678901",
        "1234567890123",
        "01009900123a",
        "０１００９９００１２３４",
        "٠١٠٠٩٩٠٠١٢٣٤",
        "010-099-001-234",
        "010099001234\n",
        "+10099001234",
    ],
)
def test_anything_else_is_refused_in_words(typed):
    with pytest.raises(IdentityRefused, match=r"^Số định danh gồm 12 chữ số \(CCCD\) hoặc 9 chữ số"):
        identity.seal(typed)
    with pytest.raises(IdentityRefused):
        identity.index_of(typed)


def test_sealing_hides_the_number_and_sealing_again_hides_that_it_is_the_same():
    first, second = identity.seal(CCCD), identity.seal(CCCD)

    assert first.ciphertext != second.ciphertext
    assert CCCD.encode() not in first.ciphertext
    assert len(first.ciphertext) == 12 + 12 + 16
    assert first.index == second.index == identity.index_of("010 099 001 234")
    assert identity.index_of("010099001235") != first.index


def test_the_index_is_the_same_in_every_process_and_year():
    """A stored index must be found again: worked out by hand from RFC 5869 (HKDF) and RFC 2104 (HMAC)."""
    extracted = hmac.digest(bytes(32), bytes(range(32)), "sha256")
    expanded = hmac.digest(extracted, b"laocai-tdkt identity index\x01", "sha256")

    assert identity.index_of(CCCD) == hmac.digest(expanded, CCCD.encode(), "sha256").hex()
    assert identity.index_of(CCCD) == "6c82074e50c307686f89d0f30b7f2f7bfc9eda0d6e76c2ec66b21b693fd091ec"


def test_the_index_key_is_none_that_encrypts():
    assert len({vault.derived("2026", p) for p in (identity._ENCRYPTION, identity._INDEX)}) == 2
    assert base64.b64decode(OLD) not in {
        vault.derived("2026", p) for p in (identity._ENCRYPTION, identity._INDEX)
    }


def test_a_new_key_encrypts_and_the_old_one_still_reads(keys):
    before = identity.seal(CCCD)
    keys.IDENTITY_KEYS = {"2027": NEW, "2026": OLD}
    after = identity.seal(CCCD)

    assert (before.key, after.key) == ("2026", "2027")
    assert [identity.unseal(s.ciphertext, s.key) for s in (before, after)] == [CCCD, CCCD]
    assert identity.indexes_of(CCCD) == [after.index, before.index]


def test_a_row_that_was_altered_or_whose_key_is_gone_is_told_in_words(keys):
    sealed = identity.seal(CCCD)
    flipped = bytes([sealed.ciphertext[0] ^ 1]) + sealed.ciphertext[1:]
    for broken in (flipped, sealed.ciphertext[:-1], b"", bytes(27)):
        with pytest.raises(IdentityRefused, match="dữ liệu đã bị thay đổi"):
            identity.unseal(broken, sealed.key)
    keys.IDENTITY_KEYS = {"2027": OLD}  # the same secret under another name reads nothing
    with pytest.raises(IdentityRefused, match="Không còn khóa “2026”"):
        identity.unseal(sealed.ciphertext, "2026")
    with pytest.raises(IdentityRefused, match="dữ liệu đã bị thay đổi"):
        identity.unseal(sealed.ciphertext, "2027")


def test_the_database_gives_back_bytes_in_its_own_type():
    sealed = identity.seal(CCCD)

    assert identity.unseal(memoryview(sealed.ciphertext), sealed.key) == CCCD


@pytest.mark.parametrize(
    ("keys", "wrong"),
    [
        ({"2026": OLD}, []),
        ({"2027": NEW, "2026": OLD}, []),
        ({}, ["it must name at least one key"]),
        ([OLD], ["it must name at least one key"]),
        ({"a": "không"}, ["key 'a' is not base64"]),
        ({"a": 5}, ["key 'a' is not base64"]),
        ({"a": "YWJj"}, ["key 'a' has 3 bytes instead of 32"]),
        ({"a" * 21: OLD}, [f"the id '{'a' * 21}' must have 1 to 20 characters"]),
        ({"": OLD}, ["the id '' must have 1 to 20 characters"]),
        ({"a": [OLD]}, ["key 'a' is not base64"]),
        ({"a": OLD, "b": OLD}, ["two ids name the same key"]),
    ],
)
def test_wrong_keys_are_told_to_the_operator(settings, keys, wrong):
    settings.IDENTITY_KEYS = keys

    assert [error.msg for error in identity_keys_are_sound(None)] == [f"IDENTITY_KEYS: {w}." for w in wrong]


def test_a_wrong_key_is_an_error_of_the_system_check(settings):
    settings.IDENTITY_KEYS = {}

    assert [error.id for error in checks.run_checks(tags=[checks.Tags.security])] == ["core.E001"]

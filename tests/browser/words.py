"""What on a page is no Vietnamese: words no Vietnamese syllable can be, and codes of the house."""

import re
import unicodedata

_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ch|nh|ng|[cmnpt])?"
)
_PASSED_OVER = (
    re.compile(r"https?://\S+|\S+@\S+|/[\w./?=&%#-]+/\S*"),
    re.compile(r"\S+\.(?:pdf|docx|xlsx|csv|json|jsonl|zip|txt)\b"),
    re.compile(r"\bdemo\.[a-z.]+|\{[a-z_]+\}"),
    # codes and signs of papers: TTr-STTTT, QĐ-UBND
    re.compile(r"\b[A-ZĐ0-9][A-ZĐ0-9a-z]*(?:[/.-][A-ZĐ0-9]+)+\b|\b[A-ZĐ]{2,}\b"),
    re.compile(r"\b\w*\d\w*\b"),
)
_WORD = re.compile(r"[^\W\d_]+(?:_[^\W\d_]+)*")
#: English that could be a syllable; "in" is left out, for it means to print
ENGLISH = {"the", "that", "this", "then", "not", "get", "set", "put", "see", "one", "use", "due", "met"}
#: what Vietnamese offices say as it is: names of formats, things and firms
KNOWN = {
    *(
        "api",
        "atom",
        "byte",
        "csv",
        "docx",
        "excel",
        "json",
        "jsonl",
        "mb",
        "kb",
        "pdf",
        "png",
        "jpg",
        "sha",
        "url",
    ),
    *(
        "word",
        "xlsx",
        "zip",
        "txt",
        "csdl",
        "lgsp",
        "email",
        "web",
        "internet",
        "online",
        "homestay",
        "logistics",
    ),
    *(
        "camera",
        "video",
        "apatit",
        "chrome",
        "edge",
        "firefox",
        "safari",
        "opera",
        "linux",
        "windows",
        "macos",
    ),
    *(
        "android",
        "iphone",
        "creative",
        "commons",
        "schema",
        "lines",
        "ctrl",
        "enter",
        "tab",
        "sheet",
        "file",
        "mm",
    ),
}


def _plain(word: str) -> str:
    bare = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def foreign(text: str) -> set[str]:
    """The words of `text` that are not Vietnamese. Addresses, hashes, names of files, codes in capitals,
    single letters and what carries a digit are passed over."""
    text = unicodedata.normalize("NFC", text)
    for passed in _PASSED_OVER:
        text = passed.sub(" ", text)
    return {word for word in _WORD.findall(text) if len(word) > 1 and _is_foreign(word)}


def _is_foreign(word: str) -> bool:
    plain = _plain(word)
    if plain in KNOWN:
        return False
    return "_" in word or not _SYLLABLE.fullmatch(plain) or (word.isascii() and plain in ENGLISH)

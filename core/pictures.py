"""Pictures are kept as what is seen of them: without the place and camera they tell of, and without what
else may hang on them. Read by their outer structure alone; nothing is decoded."""

import struct
import zlib

JPEG, PNG = "image/jpeg", "image/png"
#: a page scanned at 600 dpi has 35 megapixels; far above, a small file becomes gigabytes when it is opened
MEGAPIXELS = 80
_PNG_HEAD = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND",
    b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs",
}  # fmt: skip
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
#: JFIF, colour profile, colour transform; all others tell of place, camera, hand or program
_JPEG_APPS_KEPT = {0xE0, 0xE2, 0xEE}
_EXIF, _ORIENTATION = b"Exif\0\0", 0x0112


class Broken(ValueError):
    """Not a whole picture of its kind."""


class TooLarge(ValueError):
    """More pixels than anybody's paper has."""


def bare(content: bytes, content_type: str) -> bytes:
    """The picture alone; raises `Broken` or `TooLarge`."""
    try:
        return _bare_jpeg(content) if content_type == JPEG else _bare_png(content)
    except (struct.error, IndexError) as error:
        raise Broken from error


def _measure(width: int, height: int) -> None:
    if not width or not height:
        raise Broken
    if width * height > MEGAPIXELS * 1_000_000:
        raise TooLarge


def _bare_png(content: bytes) -> bytes:
    kept, at, kind = [_PNG_HEAD], len(_PNG_HEAD), b""
    while kind != b"IEND":
        length, kind = struct.unpack_from("!I4s", content, at)
        end = at + 12 + length
        (checksum,) = struct.unpack_from("!I", content, end - 4)
        if zlib.crc32(content[at + 4 : end - 4]) != checksum or (kind == b"IHDR") != (len(kept) == 1):
            raise Broken
        if kind == b"IHDR":
            _measure(*struct.unpack_from("!II", content, at + 8))
        if kind in _PNG_KEPT:
            kept.append(content[at:end])
        at = end
    if not any(chunk[4:8] == b"IDAT" for chunk in kept[1:]):
        raise Broken
    # What stands behind the end is no part of the picture.
    return b"".join(kept)


def _bare_jpeg(content: bytes) -> bytes:
    kept, at, is_measured = [b"\xff\xd8"], 2, False
    while True:
        mark, kind = content[at], content[at + 1]
        if mark != 0xFF:
            raise Broken
        if kind == 0xFF:
            at += 1
            continue
        if kind == 0xD9:
            break
        (length,) = struct.unpack_from("!H", content, at + 2)
        end = at + 2 + length
        if length < 2 or end > len(content):
            raise Broken
        segment = content[at:end]
        if kind in _FRAMES:
            _measure(*reversed(struct.unpack_from("!HH", segment, 5)))
            is_measured = True
        if kind == 0xE1 and (turned := _orientation(segment[4:])):
            kept.append(_only_orientation(turned))
        if not (0xE0 <= kind <= 0xEF or kind == 0xFE) or kind in _JPEG_APPS_KEPT:
            kept.append(segment)
        at = end
        if kind == 0xDA:
            end = _end_of_scan(content, at)
            kept.append(content[at:end])
            at = end
    if not is_measured or len(kept) < 3:
        raise Broken
    return b"".join(kept) + b"\xff\xd9"


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the next marker stands that is no byte of the scan and no restart."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0:
            raise Broken
        if content[at + 1] == 0 or 0xD0 <= content[at + 1] <= 0xD7 or content[at + 1] == 0xFF:
            at += 1 if content[at + 1] == 0xFF else 2
            continue
        return at


def _orientation(said: bytes) -> int:
    """How the camera was held, 2 to 8; 0 when it says nothing that matters."""
    if not said.startswith(_EXIF):
        return 0
    body = said[len(_EXIF) :]
    order = {b"II": "<", b"MM": ">"}.get(body[:2])
    if order is None:
        return 0
    try:
        (first,) = struct.unpack_from(f"{order}I", body, 4)
        (count,) = struct.unpack_from(f"{order}H", body, first)
        for number in range(min(count, 100)):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", body, first + 2 + 12 * number)
            if (tag, kind) == (_ORIENTATION, 3):
                return value if 2 <= value <= 8 else 0
    except struct.error:
        return 0
    return 0


def _only_orientation(value: int) -> bytes:
    entry = struct.pack("<HHIHH", _ORIENTATION, 3, 1, value, 0)
    body = _EXIF + b"II*\0" + struct.pack("<IH", 8, 1) + entry + struct.pack("<I", 0)
    return b"\xff\xe1" + struct.pack("!H", len(body) + 2) + body

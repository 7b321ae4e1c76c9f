"""The manuals of `docs/huong-dan`, read as they are written and shown under /tro-giup/.

A chapter is `## Tên {#ma}`; its code is what pages link to. Raw HTML in a manual is shown as text.
"""

import itertools
import re
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

FOLDER = settings.BASE_DIR / "docs" / "huong-dan"
#: in the order in which they are offered: the file's name, and for whom it is
MANUALS = {
    "nguoi-lap-ho-so": "Người lập hồ sơ của đơn vị",
    "thu-truong": "Thủ trưởng đơn vị",
    "co-quan-thuong-truc": "Cơ quan thường trực phong trào",
    "co-quan-thi-dua-khen-thuong": "Cơ quan thi đua - khen thưởng",
    "quan-tri": "Quản trị cổng",
    "nguoi-dan": "Người dân, doanh nghiệp, báo chí",
}
_CODE = re.compile(r"\s*\{#([a-z0-9-]+)\}$")


@dataclass(frozen=True)
class Chapter:
    code: str
    title: str


@dataclass(frozen=True)
class Manual:
    slug: str
    title: str
    chapters: tuple[Chapter, ...]
    html: SafeString

    def has(self, code: str) -> bool:
        return any(chapter.code == code for chapter in self.chapters)


@cache
def manual(slug: str) -> Manual:
    """One manual; KeyError when there is none of this name."""
    title = MANUALS[slug]
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse((FOLDER / f"{slug}.md").read_text("utf-8"))
    chapters = []
    for token, after in itertools.pairwise(tokens):
        if token.type == "heading_open" and token.tag == "h2":
            code = _CODE.search(after.content).group(1)
            after.children[-1].content = _CODE.sub("", after.children[-1].content)
            token.attrSet("id", code)
            chapters.append(Chapter(code, _CODE.sub("", after.content)))
        elif token.type == "table_open":
            token.attrSet("class", "table")
        for child in token.children or ():
            if child.type == "image":
                _place(child)
    # The page has its own heading: the manual's first one is left out.
    html = reader.renderer.render(tokens[3:], reader.options, {})
    return Manual(slug, title, tuple(chapters), mark_safe(html))


def _place(image) -> None:
    """A picture beside the text becomes a static file, fetched only when it comes into sight."""
    name = image.attrs["src"].removeprefix("hinh/")
    width, height = _size(FOLDER / "hinh" / name)
    image.attrs |= {
        "src": static(f"huong-dan/{name}"),
        "loading": "lazy",
        "width": str(width),
        "height": str(height),
        "class": "manual-picture",
    }


def _size(path) -> tuple[int, int]:
    """Of a WebP file, by its first bytes: the page keeps the place free before the picture comes."""
    head = path.read_bytes()[:30]
    if head[12:16] == b"VP8X":
        return (
            int.from_bytes(head[24:27], "little") + 1,
            int.from_bytes(head[27:30], "little") + 1,
        )
    return int.from_bytes(head[26:28], "little") & 0x3FFF, int.from_bytes(head[28:30], "little") & 0x3FFF

"""Lists of names as tagged PDF/A, against plain WeasyPrint: untagged, its own table layout, no style of ours.

python -m bench.documents [names] [rounds]
"""

import multiprocessing
import sys

from bench.portal import race, tell

ONE_LIST, PACKAGE = 0.9, 0.6
#: how the names of a package are shared out: collectives, households, individuals
SHARES = 8, 5, 7


def main(names=1000, rounds=3) -> bool:
    document = package(2 * names)
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        one = race(
            lambda: render_part((names, 0, True)), lambda: render_plainly(rows_of(names)), rounds=rounds
        )
        tasks = [(2 * names, part, False) for part in range(len(document.annexes) + 1)]
        two = race(
            lambda: pool.map(render_part, tasks, chunksize=1),
            lambda: render_plainly(rows_of(2 * names)),
            rounds=rounds,
        )
    met = tell(f"one list of {names} names, one worker", one, ONE_LIST)
    return tell(f"package of {2 * names} names in three annexes, two workers", two, PACKAGE) and met


def annexes_of(names: int) -> list[int]:
    """How many names stand in each annex of a package."""
    *first, _ = (names * share // sum(SHARES) for share in SHARES)
    return [*first, names - sum(first)]


def rows_of(names: int) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            str(number),
            f"Tổ công nghệ số cộng đồng thôn Nậm Chảy {number}",
            "Xã Nậm Chảy, huyện Mường Khương",
            "Hướng dẫn 100% hộ trong thôn nộp hồ sơ dịch vụ công trực tuyến toàn trình năm 2025",
        )
        for number in range(1, names + 1)
    )


def package(names: int, *, in_one=False):
    """A Tờ trình with its list, in one annex or in three."""
    from core.documents import Annex, Column, Document, Paragraph, Signature, Table

    ready()
    columns = (
        Column("STT", 11, "center"),
        Column("Tên", 52),
        Column("Địa chỉ", 47),
        Column("Thành tích", 62),
    )
    lists = [names] if in_one else annexes_of(names)
    return Document(
        parent_body="UBND TỈNH LÀO CAI",
        issuing_body="SỞ THÔNG TIN VÀ TRUYỀN THÔNG",
        symbol="TTr-STTTT",
        place="Lào Cai",
        kind="TỜ TRÌNH",
        abstract="Về việc đề nghị tặng Bằng khen",
        body=(Paragraph(f"Kính trình tặng Bằng khen cho {names} đối tượng."),),
        signature=Signature(("GIÁM ĐỐC",)),
        recipients=("Như trên",),
        annexes=tuple(
            Annex(f"DANH SÁCH {position}", (Table(columns, rows_of(count)),))
            for position, count in enumerate(lists, 1)
        ),
    )


def ready() -> None:
    """Templates without a portal: rendering knows no database."""
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


def render_part(task: tuple[int, int, bool]) -> int:
    """Render part 0, the text, or n, an annex, of a package; or all of it `in_one`. Returns its bytes."""
    from core.documents import render_annex, render_main, render_pdf

    names, part, in_one = task
    document = package(names, in_one=in_one)
    if in_one:
        return len(render_pdf(document).pdf)
    return len((render_annex(document, part - 1) if part else render_main(document)).pdf)


def render_plainly(rows: tuple[tuple[str, ...], ...]) -> int:
    from weasyprint import HTML

    lines = "".join("<tr>" + "".join(f"<td>{value}</td>" for value in row) + "</tr>" for row in rows)
    return len(HTML(string=f"<table>{lines}</table>").write_pdf())


if __name__ == "__main__":
    sys.exit(not main(*map(int, sys.argv[1:])))

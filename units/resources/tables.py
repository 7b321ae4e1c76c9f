"""Reading one CSV file: its shape, before anyone asks what the cells say."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Fault:
    file: str
    line: int
    column: str
    reason: str

    def __str__(self):
        return f"{self.file}, dòng {self.line}, cột {self.column}: {self.reason}"


class RegisterInvalid(Exception):
    def __init__(self, faults: list[Fault]):
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


def read(path: Path, columns) -> tuple[list[str], list[int], list[list[str]]]:
    """Headers, the line each row stands on, and the rows."""
    text = _text_of(path)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    headers, lines, rows, faults = None, [], [], []
    try:
        for row in reader:
            if headers is None:
                headers = [header.strip() for header in row]
                missing = sorted(columns - set(headers))
                faults = [Fault(path.name, 1, column, "thiếu cột này") for column in missing]
            elif row and len(row) != len(headers):
                reason = f"có {len(row)} ô, phải có {len(headers)}"
                faults.append(
                    Fault(path.name, reader.line_num, headers[min(len(row), len(headers)) - 1], reason)
                )
            elif row:
                lines.append(reader.line_num)
                rows.append(row)
    except csv.Error as error:
        faults.append(Fault(path.name, reader.line_num, "tệp", f"không đọc được: {error}"))
    if headers is None:
        faults.append(Fault(path.name, 1, "tệp", "tệp trống"))
    if faults:
        raise RegisterInvalid(faults)
    return headers, lines, rows


def _text_of(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError:
        raise RegisterInvalid([Fault(path.name, 1, "tệp", "không tìm thấy tệp này")]) from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise RegisterInvalid([Fault(path.name, line, "tệp", "tệp phải ở dạng UTF-8")]) from None

from collections import Counter
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from units.enums import Kind
from units.models import Reorganisation, Unit, UnitSuccession

BODIES = "provincial_bodies_2022.csv"
OLD = "units_2020_2025.csv"
NEW = "units_from_2025_07_01.csv"
MERGERS = "reorganisation_2025_bodies.csv"
SUCCESSIONS = "unit_successors.csv"

NO_PARENT = "(cấp trên phải đứng trước trong tệp)"
BAD_CODE = "không đúng: cấp huyện có 3 chữ số, cấp xã có 5 chữ số, kể cả số 0 đứng đầu"

SMALL_REGISTER = {
    BODIES: """\
code,name_vi,abbrev,kind,parent,valid_from,valid_to,successors,certainty
SNV,Sở Nội vụ,SNV,department,,,,,found
BTDKT,Ban Thi đua - Khen thưởng,BTĐKT,section,SNV,,,,found
STTTT,Sở Thông tin và Truyền thông,STTTT,department,,,,,found
SKHCN,Sở Khoa học và Công nghệ,SKHCN,department,,,,,found
SVHTTDL,"Sở Văn hóa, Thể thao và Du lịch",,department,,,2022-04-21,SDL,found
SDL,Sở Du lịch,SDL,department,,2022-04-21,,,found
""",
    OLD: """\
kind,code,name_vi,type_vi,parent_code
district,085,Huyện Bắc Hà,huyện,10
commune,02839,Thị trấn Bắc Hà,thị trấn,085
commune,02872,Xã Tà Chải,xã,085
""",
    NEW: """\
kind,code,name_vi,type_vi,parent_code
commune,02839,Xã Bắc Hà,xã,15
""",
    MERGERS: """\
old_code,new_code,new_name_vi,effective_date,certainty
STTTT,SKHCN,Sở Khoa học và Công nghệ,2025-03-01,found
SDL,SVHTTDL2025,"Sở Văn hóa, Thể thao và Du lịch",2025-03-01,to be confirmed
""",
    SUCCESSIONS: """\
old_code,old_name,old_district,old_province_code,new_code,new_name,new_province_code,effective_date,legal_basis
02872,Xã Tà Chải,Huyện Bắc Hà,10,02839,Thị trấn Bắc Hà,10,2024-11-01,1197/NQ-UBTVQH15
02839,Thị trấn Bắc Hà,Huyện Bắc Hà,10,02839,Xã Bắc Hà,15,2025-07-01,1673/NQ-UBTVQH15
04771,Xã Vĩnh Kiên,Huyện Yên Bình,15,02839,Xã Bắc Hà,15,2025-07-01,1673/NQ-UBTVQH15
""",
}


def written(folder, **changed):
    for name, text in {**SMALL_REGISTER, **changed}.items():
        data = text if isinstance(text, bytes) else text.encode()
        (folder / name).write_bytes(data)
    return folder


def refusal(folder) -> list[str]:
    """What the command says about a register it refuses, line by line."""
    with pytest.raises(CommandError) as refused:
        call_command("import_units", folder)
    assert (Unit.objects.count(), UnitSuccession.objects.count(), Reorganisation.objects.count()) == (0, 0, 0)
    return str(refused.value).splitlines()


def imported(*folder) -> list[str]:
    out = StringIO()
    call_command("import_units", *folder, stdout=out)
    return out.getvalue().splitlines()


def communes_on(day) -> int:
    return Unit.objects.valid_on(day).filter(kind=Kind.COMMUNE, is_predecessor_stub=False).count()


def everything():
    return (
        list(Unit.objects.order_by("id").values()),
        list(UnitSuccession.objects.order_by("id").values()),
        list(Reorganisation.objects.order_by("id").values()),
    )


@pytest.mark.django_db
def test_the_shipped_register_is_imported_whole_and_only_once():
    assert imported() == [
        f"{BODIES}, đơn vị: thêm 60, sửa 0, không đổi 0",
        f"{OLD}, đơn vị: thêm 161, sửa 0, không đổi 0",
        f"{NEW}, đơn vị: thêm 99, sửa 0, không đổi 0",
        f"{MERGERS}, đơn vị: thêm 4, sửa 0, không đổi 5",
        f"{MERGERS}, kế thừa: thêm 9, sửa 0, không đổi 0",
        f"{SUCCESSIONS}, đơn vị: thêm 168, sửa 0, không đổi 152",
        f"{SUCCESSIONS}, kế thừa: thêm 320, sửa 0, không đổi 0",
    ]
    assert Counter(Unit.objects.values_list("kind", "province_code", "is_predecessor_stub")) == {
        ("district", "10", False): 9,
        ("commune", "10", False): 152,
        ("commune", "15", False): 99,
        ("commune", "15", True): 168,
        ("department", "10", False): 25,
        ("party", "10", False): 8,
        ("public_service", "10", False): 4,
        ("elected_body_office", "10", False): 1,
        ("mass_organisation", "10", False): 11,
        ("central_body", "10", False): 13,
        ("section", "10", False): 1,
        ("enterprise", "10", False): 1,
    }
    # 320 of communes, 9 of bodies in 2025, 2 of the split of 2022
    assert UnitSuccession.objects.count() == 331
    assert {
        day: communes_on(date.fromisoformat(day)) for day in ("2024-10-31", "2024-11-01", "2025-06-30")
    } == {
        "2024-10-31": 152,
        "2024-11-01": 151,
        "2025-06-30": 151,
    }
    assert communes_on(date(2025, 7, 1)) == 99
    assert Unit.objects.valid_on(date(2025, 7, 1)).filter(kind=Kind.DISTRICT).count() == 0

    before = everything()
    assert imported() == [
        f"{BODIES}, đơn vị: thêm 0, sửa 0, không đổi 60",
        f"{OLD}, đơn vị: thêm 0, sửa 0, không đổi 161",
        f"{NEW}, đơn vị: thêm 0, sửa 0, không đổi 99",
        f"{MERGERS}, đơn vị: thêm 0, sửa 0, không đổi 9",
        f"{MERGERS}, kế thừa: thêm 0, sửa 0, không đổi 9",
        f"{SUCCESSIONS}, đơn vị: thêm 0, sửa 0, không đổi 320",
        f"{SUCCESSIONS}, kế thừa: thêm 0, sửa 0, không đổi 320",
    ]
    assert everything() == before


@pytest.mark.django_db
def test_units_know_when_and_by_which_act_they_begin_and_end(tmp_path):
    imported(written(tmp_path))
    columns = ["code", "name", "parent__code", "valid_from", "valid_to", "begun_by__code", "ended_by__code"]
    start, communes, bodies = date(2020, 1, 1), "NQ-1673-2025", "SAP-XEP-2025-03"
    assert list(Unit.objects.order_by("code", "valid_from").values_list(*columns)) == [
        ("02839", "Thị trấn Bắc Hà", "085", start, date(2025, 6, 30), None, communes),
        ("02839", "Xã Bắc Hà", None, date(2025, 7, 1), None, communes, None),
        ("02872", "Xã Tà Chải", "085", start, date(2024, 10, 31), None, "NQ-1197-2024"),
        ("04771", "Xã Vĩnh Kiên", None, start, date(2025, 6, 30), None, communes),
        ("085", "Huyện Bắc Hà", None, start, date(2025, 6, 30), None, communes),
        ("BTDKT", "Ban Thi đua - Khen thưởng", "SNV", start, None, None, None),
        ("SDL", "Sở Du lịch", None, date(2022, 4, 21), date(2025, 2, 28), None, bodies),
        ("SKHCN", "Sở Khoa học và Công nghệ", None, start, None, None, None),
        ("SNV", "Sở Nội vụ", None, start, None, None, None),
        ("STTTT", "Sở Thông tin và Truyền thông", None, start, date(2025, 2, 28), None, bodies),
        ("SVHTTDL", "Sở Văn hóa, Thể thao và Du lịch", None, start, date(2022, 4, 20), None, None),
        ("SVHTTDL2025", "Sở Văn hóa, Thể thao và Du lịch", None, date(2025, 3, 1), None, bodies, None),
    ]
    columns = ["predecessor__code", "successor__name", "effective_on"]
    assert list(UnitSuccession.objects.order_by("predecessor__code").values_list(*columns)) == [
        ("02839", "Xã Bắc Hà", date(2025, 7, 1)),
        ("02872", "Thị trấn Bắc Hà", date(2024, 11, 1)),
        ("04771", "Xã Bắc Hà", date(2025, 7, 1)),
        ("SDL", "Sở Văn hóa, Thể thao và Du lịch", date(2025, 3, 1)),
        ("STTTT", "Sở Khoa học và Công nghệ", date(2025, 3, 1)),
        ("SVHTTDL", "Sở Du lịch", date(2022, 4, 21)),
    ]


@pytest.mark.django_db
def test_a_corrected_name_changes_one_unit_and_ends_nothing_again(tmp_path):
    imported(written(tmp_path))
    ends = set(Unit.objects.values_list("code", "valid_from", "valid_to", "ended_by"))
    corrected = SMALL_REGISTER[BODIES].replace("Sở Thông tin và Truyền thông", "Sở Thông tin - Truyền thông")
    assert (
        imported(written(tmp_path, **{BODIES: corrected}))[0]
        == f"{BODIES}, đơn vị: thêm 0, sửa 1, không đổi 5"
    )
    assert Unit.objects.get(code="STTTT").search_name == "so thong tin truyen thong"
    assert set(Unit.objects.values_list("code", "valid_from", "valid_to", "ended_by")) == ends


FAULTS = {
    "blank name": (OLD, "Xã Tà Chải", " ", ["dòng 4, cột name_vi: không được để trống"]),
    "name too long": (OLD, "Xã Tà Chải", "x" * 201, ["dòng 4, cột name_vi: dài 201 ký tự, tối đa 200"]),
    "formula": (OLD, "Xã Tà Chải", "=A1", ["dòng 4, cột name_vi: ô chứa công thức, phải là chữ"]),
    "unknown kind": (
        OLD,
        "commune,02872",
        "phuong,02872",
        ["dòng 4, cột kind: “phuong” không phải một trong: district, commune"],
    ),
    "unknown parent": (
        OLD,
        "Xã Tà Chải,xã,085",
        "Xã Tà Chải,xã,099",
        [f"dòng 4, cột parent_code: không có đơn vị cấp trên mã “099” {NO_PARENT}"],
    ),
    "lost leading zero": (
        OLD,
        "02872",
        "2872",
        [f"dòng 4, cột code: mã “2872” {BAD_CODE}"],
    ),
    "duplicate": (OLD, "02872", "02839", ["dòng 4, cột code: trùng với dòng 3"]),
    "a cell too many": (
        OLD,
        "Xã Tà Chải,xã",
        "Xã Tà Chải,xã,xã",
        ["dòng 4, cột parent_code: có 6 ô, phải có 5"],
    ),
    "a cell too few": (OLD, "Xã Tà Chải,xã,085", "Xã Tà Chải,xã", ["dòng 4, cột type_vi: có 4 ô, phải có 5"]),
    "missing column": (OLD, "name_vi", "ten", ["dòng 1, cột name_vi: thiếu cột này"]),
    "bad date": (
        BODIES,
        "2022-04-21,,,found",
        "21/04/2022,,,found",
        ["dòng 7, cột valid_from: “21/04/2022” không phải ngày có thật dạng năm-tháng-ngày"],
    ),
    "a day that does not exist": (
        BODIES,
        "2022-04-21,,,found",
        "2022-02-30,,,found",
        ["dòng 7, cột valid_from: “2022-02-30” không phải ngày có thật dạng năm-tháng-ngày"],
    ),
    "split without an end": (
        BODIES,
        ",2022-04-21,SDL",
        ",,SDL",
        ["dòng 6, cột valid_to: có đơn vị kế thừa thì phải có ngày kết thúc"],
    ),
    "split into an unknown body": (
        BODIES,
        ",2022-04-21,SDL",
        ",2022-04-21,SDL SXX",
        ["dòng 6, cột successors: không có đơn vị mã “SXX”"],
    ),
    "merger of an unknown body": (
        MERGERS,
        "STTTT,",
        "SXX,",
        ["dòng 2, cột old_code: không có đơn vị mã “SXX”"],
    ),
    "a day without an act": (
        MERGERS,
        "Công nghệ,2025-03-01",
        "Công nghệ,2025-03-02",
        ["dòng 2, cột effective_date: không có đợt sắp xếp nào có hiệu lực ngày 02/03/2025"],
    ),
    "unknown successor": (
        SUCCESSIONS,
        "02839,Xã Bắc Hà,15,2025-07-01,1673/NQ-UBTVQH15\n04771",
        "02838,Xã Bắc Hà,15,2025-07-01,1673/NQ-UBTVQH15\n04771",
        ["dòng 3, cột new_code: không có đơn vị mã “02838”"],
    ),
    "unknown predecessor": (
        SUCCESSIONS,
        "02872,Xã Tà Chải",
        "02873,Xã Tà Chải",
        ["dòng 2, cột old_code: không có đơn vị mã “02873”"],
    ),
    "code of another unit": (
        SUCCESSIONS,
        "02872,Xã Tà Chải",
        "02839,Xã Tà Chải",
        ["dòng 2, cột old_code: mã “02839” là Thị trấn Bắc Hà, không phải “Xã Tà Chải”"],
    ),
    "stub without a name": (SUCCESSIONS, "Xã Vĩnh Kiên", "", ["dòng 4, cột old_name: không được để trống"]),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("file", "right", "wrong", "told"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_told_with_its_place_and_nothing_is_imported(tmp_path, file, right, wrong, told):
    text = SMALL_REGISTER[file]
    assert text.count(right) == 1
    lines = refusal(written(tmp_path, **{file: text.replace(right, wrong)}))
    assert lines == [f"Không nhập dòng nào. {len(told)} lỗi:", *(f"{file}, {line}" for line in told)]


@pytest.mark.django_db
def test_all_faults_of_a_file_are_told_at_once_in_the_order_of_its_lines(tmp_path):
    wrong = """\
kind,code,name_vi,type_vi,parent_code
district,085,Huyện Bắc Hà,huyện,10

commune,02839,,thị trấn,088
commune,02839,Xã Tà Chải,xã,085
ward,2872,"Xã
Tà Chải",xã,085
"""
    assert refusal(written(tmp_path, **{OLD: wrong})) == [
        "Không nhập dòng nào. 5 lỗi:",
        f"{OLD}, dòng 4, cột name_vi: không được để trống",
        f"{OLD}, dòng 4, cột parent_code: không có đơn vị cấp trên mã “088” {NO_PARENT}",
        f"{OLD}, dòng 5, cột code: trùng với dòng 4",
        f"{OLD}, dòng 7, cột code: mã “2872” {BAD_CODE}",
        f"{OLD}, dòng 7, cột kind: “ward” không phải một trong: district, commune",
    ]


@pytest.mark.django_db
def test_files_that_cannot_be_read_are_all_told_at_once(tmp_path):
    old_encoding = SMALL_REGISTER[NEW].replace("Xã Bắc Hà", "Xa Bac Ha \xe0").encode("latin-1")
    folder = written(tmp_path, **{BODIES: b"", NEW: old_encoding, MERGERS: 'old_code\n"STTTT'})
    (folder / SUCCESSIONS).unlink()
    assert refusal(folder) == [
        "Không nhập dòng nào. 8 lỗi:",
        f"{BODIES}, dòng 1, cột tệp: tệp trống",
        f"{NEW}, dòng 2, cột tệp: tệp phải ở dạng UTF-8",
        f"{MERGERS}, dòng 1, cột certainty: thiếu cột này",
        f"{MERGERS}, dòng 1, cột effective_date: thiếu cột này",
        f"{MERGERS}, dòng 1, cột new_code: thiếu cột này",
        f"{MERGERS}, dòng 1, cột new_name_vi: thiếu cột này",
        f"{MERGERS}, dòng 2, cột tệp: không đọc được: unexpected end of data",
        f"{SUCCESSIONS}, dòng 1, cột tệp: không tìm thấy tệp này",
    ]


@pytest.mark.django_db
def test_a_file_written_by_a_spreadsheet_is_read(tmp_path):
    text = SMALL_REGISTER[OLD].replace("\n", "\r\n")
    assert imported(written(tmp_path, **{OLD: b"\xef\xbb\xbf" + text.encode()}))[1] == (
        f"{OLD}, đơn vị: thêm 3, sửa 0, không đổi 0"
    )


@pytest.mark.django_db
def test_files_with_headers_alone_are_an_empty_register(tmp_path):
    headers = {file: text.splitlines()[0] + "\n" for file, text in SMALL_REGISTER.items()}
    imported(written(tmp_path, **headers))
    assert (Unit.objects.count(), UnitSuccession.objects.count()) == (0, 0)

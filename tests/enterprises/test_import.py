"""Bringing lists into the register: each line's fate, and nothing guessed."""

from __future__ import annotations

import io
import json
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from qifu.enterprises.columns import find_table
from qifu.enterprises.models import Enterprise, EnterpriseStatus
from qifu.enterprises.sheets import Unreadable, read_table
from qifu.journal.models import Event
from qifu.journal.rebuild import differences, rebuild
from qifu.kernel.errors import NotAllowed
from tests.cast import COUNTY, NOW, OTHER_COUNTY, Cast
from tests.enterprises.lists import HEAD, as_csv, bring, code, row
from tests.firms import TEA_CODE, Firms


def as_xlsx(rows: list[list[object]]) -> bytes:
    book = Workbook()
    for line in rows:
        book.active.append(line)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def faults(content: bytes) -> list[str]:
    return [str(fault) for _, found in bring(content).rejected for fault in found]


def events() -> int:
    return Event.objects.in_county(COUNTY).filter(kind="enterprises.imported").count()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.django_db
def test_a_list_is_taken_in_whatever_encoding(cast: Cast, encoding: str) -> None:
    done = bring(as_csv([row(1), row(2)], encoding))

    assert done.counts() == {"created": 2, "updated": 0, "unchanged": 0, "rejected": 0}
    made = Enterprise.objects.in_county(COUNTY).get(uscc=code(1))
    assert (made.name, made.size, made.industry) == ("安徽虚构1号竹木有限公司", "SMALL", "2041")
    assert made.township == cast.township


@pytest.mark.django_db
def test_the_same_list_again_changes_nothing(cast: Cast) -> None:
    content = as_csv([row(1), row(2, uscc="123"), row(3, uscc="")])
    bring(content)
    before, written = list(Enterprise.objects.in_county(COUNTY).values()), events()

    done = bring(content)

    assert done.counts() == {"created": 0, "updated": 0, "unchanged": 2, "rejected": 1}
    assert list(Enterprise.objects.in_county(COUNTY).values()) == before
    assert events() == written


@pytest.mark.django_db
def test_what_differs_is_corrected_and_a_blank_cell_changes_nothing(firms: Firms) -> None:
    line = row(1, uscc=TEA_CODE, name=firms.tea.name, phone="", contact="-", address="")

    done = bring(as_csv([line]))

    firms.tea.refresh_from_db()
    assert done.counts() == {"created": 0, "updated": 1, "unchanged": 0, "rejected": 0}
    assert firms.tea.industry == "2041"
    assert (firms.tea.contact_name, firms.tea.address) == ("夏青", "油坊店乡街道18号")
    assert firms.tea.revision == 2


@pytest.mark.django_db
def test_an_address_never_moves_an_enterprise_that_has_its_place(firms: Firms) -> None:
    line = row(1, uscc=TEA_CODE, address="金寨县现代产业园区1号")
    bring(as_csv([line]))

    firms.tea.refresh_from_db()
    assert firms.tea.township == firms.cast.township


@pytest.mark.django_db
def test_without_a_sure_address_an_enterprise_waits_for_its_place(cast: Cast) -> None:
    done = bring(as_csv([row(1, address="合肥市金寨路1号")]))

    made = Enterprise.objects.in_county(COUNTY).get(uscc=code(1))
    assert made.township is None
    assert made.place_name == "未分配属地"
    assert done.unassigned == 1
    assert made in Enterprise.objects.visible_to(cast.zhou, NOW.date())
    assert made not in Enterprise.objects.visible_to(cast.qian, NOW.date())


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"uscc": code(1)[:-1]}, "B2：代码少1位"),
        ({"uscc": code(1)[:-1] + ("0" if code(1)[-1] != "0" else "1")}, "B2：代码的末位校验不符"),
        ({"uscc": "341524000012345"}, "B2：这是15位的旧注册号"),
        ({"uscc": "9.13415E+17"}, "B2：代码被Excel改成了科学计数"),
        ({"name": ""}, "A2：没有填企业名称"),
        ({"name": "=HYPERLINK(1)"}, "A2：这一格是公式"),
        ({"township": "油坊店"}, "C2：县里没有叫“油坊店”的乡镇"),
        ({"industry": "99"}, "D2：行业代码应是"),
        ({"industry": "A2041"}, "D2：行业代码的字母是A，数字却属于C门类"),
        ({"size": "中小"}, "E2：规模应是"),
        ({"contact": "长" * 41}, "F2：联系人太长"),
        ({"phone": "139000"}, "G2：号码少5位"),
        ({"address": "长" * 201}, "H2：地址太长"),
        ({"status": "良好"}, "I2：状态“良好”不认识"),
    ],
)
@pytest.mark.django_db
def test_a_fault_is_named_by_its_cell(cast: Cast, changes: dict[str, str], fault: str) -> None:
    (found,) = faults(as_csv([row(1, **changes)]))

    assert found.startswith(fault)
    assert not Enterprise.objects.in_county(COUNTY).exists()


@pytest.mark.django_db
def test_one_enterprise_twice_in_a_list_is_taken_once(cast: Cast) -> None:
    (found,) = faults(as_csv([row(1), row(2), row(1, phone="13900059999")]))

    assert found.startswith("B4：和第2行是同一个代码")


@pytest.mark.django_db
def test_a_name_alone_that_could_be_two_is_not_guessed(cast: Cast) -> None:
    bring(as_csv([row(1, name="同名商行有限公司"), row(2, name="同名商行有限公司")]))

    (found,) = faults(as_csv([row(3, name="同名商行有限公司", uscc="")]))

    assert found.startswith("A2：名录里有2家企业叫这个名字")


@pytest.mark.django_db
def test_a_code_is_not_given_to_a_namesake_without_one(cast: Cast) -> None:
    bring(as_csv([row(1, uscc="")]))

    (found,) = faults(as_csv([row(1)]))

    assert found.startswith("B2：名录里有一家同名、没有代码的企业")


@pytest.mark.django_db
def test_a_code_typed_small_and_full_width_is_the_same(firms: Firms) -> None:
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in TEA_CODE.lower())

    done = bring(as_csv([row(1, uscc=f" {wide[:9]} {wide[9:]} ")]))

    assert done.counts()["updated"] == 1


@pytest.mark.django_db
def test_two_counties_keep_their_own_lists(cast: Cast, other_firms: Firms) -> None:
    done = bring(as_csv([row(1, uscc=TEA_CODE)]))

    assert done.counts()["created"] == 1
    other_firms.tea.refresh_from_db()
    assert other_firms.tea.revision == 1
    assert Enterprise.objects.in_county(OTHER_COUNTY).count() == 2


@pytest.mark.django_db
def test_only_the_office_imports(cast: Cast) -> None:
    from qifu.enterprises.actions.importing import import_enterprises

    table = find_table(read_table(as_csv([row(1)])))
    for person in (cast.qian, cast.he):
        with pytest.raises(NotAllowed):
            import_enterprises(table, county=COUNTY, by=person, at=NOW)

    assert import_enterprises(table, county=COUNTY, by=cast.zhou, at=NOW).created == 1


@pytest.mark.django_db
def test_the_journal_rebuilds_what_an_import_wrote(firms: Firms) -> None:
    bring(as_csv([row(1, uscc=TEA_CODE, status="注销"), row(2), row(3)]))

    firms.tea.refresh_from_db()
    assert firms.tea.status == EnterpriseStatus.CANCELLED
    rows = rebuild(COUNTY, [Enterprise])[Enterprise]
    assert list(differences(COUNTY, Enterprise, rows)) == []


@pytest.mark.django_db
def test_an_excel_file_with_a_title_above_its_headings_is_read(cast: Cast) -> None:
    content = as_xlsx([["金寨县企业名录"], [], list(HEAD), [*row(1)], ["=1+1", *row(2)[1:]]])

    done = bring(content)

    assert done.created == 1
    assert str(done.rejected[0][1][0]).startswith("A5：这一格是公式")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "文件是空的"),
        (b"\xd0\xcf\x11\xe0rest", "旧版Excel文件"),
        (b"%PDF-1.4\x00\x01\xff", "不是表格"),
        (b"PK\x03\x04broken", "Excel文件已损坏"),
        ("甲,乙\n1,2\n".encode(), "没有“企业名称”这一列"),
    ],
)
def test_what_is_no_list_is_refused_by_its_content(content: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable, match=sentence):
        find_table(read_table(content))


def test_another_packed_file_is_no_workbook() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("word/document.xml", "x")

    with pytest.raises(Unreadable, match="不是Excel表格"):
        read_table(stream.getvalue())


@given(st.binary(max_size=200))
def test_no_bytes_bring_the_reader_down(content: bytes) -> None:
    with suppress(Unreadable):
        assert all(any(line.cells) for line in read_table(content))


@pytest.mark.django_db
def test_the_command_ends_with_its_counts_and_writes_the_rejected(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, rejected = tmp_path / "名单.csv", tmp_path / "未导入.xlsx"
    file.write_bytes(as_csv([row(1), row(2, name="=1+1")]))

    call_command("import_enterprises", str(file), rejected=rejected, county=COUNTY)

    last = capsys.readouterr().out.splitlines()[-1]
    assert json.loads(last) == {"created": 1, "updated": 0, "unchanged": 0, "rejected": 1}
    sheet = load_workbook(rejected).active
    assert [cell.value for cell in sheet[1]][-2:] == ["原行号", "未导入原因"]
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")
    assert sheet.cell(2, len(HEAD) + 2).value.startswith("A3：")


@pytest.mark.django_db
def test_the_command_says_what_it_cannot_read(cast: Cast, tmp_path: Path) -> None:
    picture = tmp_path / "名单.csv"
    picture.write_bytes(b"\x89PNG\x00")

    with pytest.raises(CommandError, match="不是表格"):
        call_command("import_enterprises", str(picture))
    with pytest.raises(CommandError, match="读不到文件"):
        call_command("import_enterprises", str(tmp_path / "没有.csv"))

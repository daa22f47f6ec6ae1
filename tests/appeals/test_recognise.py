"""粘贴登记: what was pasted is taken apart; nothing raises, and no line is lost."""

from __future__ import annotations

from datetime import date
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qifu.appeals.pasting.drafts import MOST, NOISE, SHORT, TOO_MANY, Draft, LeftOver
from qifu.appeals.pasting.recogniser import BREAK, recognise

TODAY = date(2026, 11, 24)


def drafts(text: str) -> tuple[Draft, ...]:
    return recognise(text, TODAY).drafts


def test_messages_of_a_group_become_drafts_with_who_said_it_and_when() -> None:
    first, second = drafts(
        "夏经理（立夏茶业） 11-20 09:12\n厂房漏水，设备淋湿了。\n电话13900001234\n"
        "丁明 2026/11/21 18:03:22\n皖西灯饰制造有限公司晚上老停电，请协调。\n"
    )

    assert (first.contact, first.phone, first.said_on) == (
        "夏经理", "13900001234", date(2026, 11, 20),
    )  # fmt: skip
    assert (first.problem, first.hints) == ("厂房漏水，设备淋湿了。", ("立夏茶业",))
    assert (second.firm, second.contact, second.said_on) == (
        "皖西灯饰制造有限公司", "丁明", date(2026, 11, 21),
    )  # fmt: skip


def test_time_may_stand_before_the_name_and_words_behind_it() -> None:
    (draft,) = drafts("[2026-11-20 09:12] 夏青: 门口的路坏了三个月\n")

    assert (draft.contact, draft.problem) == ("夏青", "门口的路坏了三个月")


def test_names_with_a_colon_are_who_said_it() -> None:
    first, second = drafts("立夏茶业-夏经理：贷款续不上\n13912345678\n皖西灯饰有限公司：电费太高了")

    assert (first.contact, first.phone, first.problem) == ("夏经理", "13912345678", "贷款续不上")
    assert second.firm == "皖西灯饰有限公司"


def test_what_somebody_sends_after_his_message_goes_with_it() -> None:
    (draft,) = drafts("陈老板 11-22 18:00\n招工难，缺20个缝纫工\n陈老板 11-22 18:01\n13955556666")

    assert draft.phone == "13955556666"


@pytest.mark.parametrize(
    "noise",
    [
        "收到",
        "好的，谢谢领导",
        "[图片]",
        "[表情][表情]",
        "OK",
        "@所有人 收到",
        "张三撤回了一条消息",
    ],
)
def test_noise_is_no_appeal_and_still_shown(noise: str) -> None:
    found = recognise(f"李四 11-20 09:12\n{noise}\n王五 11-20 09:13\n厂房漏水三天了", TODAY)

    assert [each.problem for each in found.drafts] == ["厂房漏水三天了"]
    assert [(each.source, each.why) for each in found.left_over] == [
        (f"李四 11-20 09:12\n{noise}", NOISE)
    ]


def test_a_numbered_list_is_one_draft_for_each_number() -> None:
    found = drafts("1、立夏茶业 夏经理 13900001234 厂房漏水\n仓库也漏\n2. 缺工20人，请帮忙招")

    assert [each.problem for each in found] == [
        "立夏茶业 夏经理 厂房漏水\n仓库也漏",
        "缺工20人，请帮忙招",
    ]
    assert (found[0].firm, found[0].contact) == ("立夏茶业", "夏经理")


def test_lines_with_labels_are_one_draft_until_a_label_comes_again() -> None:
    first, second = drafts(
        "企业：立夏茶业\n联系人：夏青\n电话：0564-7350001\n问题：厂房漏水三天\n"
        "企业：皖西灯饰\n问题：电费太高了"
    )

    assert (first.firm, first.contact, first.phone) == ("立夏茶业", "夏青", "0564-7350001")
    assert (first.problem, second.problem) == ("厂房漏水三天", "电费太高了")


def test_a_sheet_with_a_heading_is_read_by_its_heading() -> None:
    found = recognise(
        "序号\t企业名称\t联系人\t电话\t问题\t日期\n"
        '1\t立夏茶业\t夏青\t13900001234\t"厂房漏水，\n设备淋湿"\t2026年11月20日\n',
        TODAY,
    )

    (draft,) = found.drafts
    assert (draft.firm, draft.contact, draft.phone, draft.said_on) == (
        "立夏茶业", "夏青", "13900001234", date(2026, 11, 20),
    )  # fmt: skip
    assert (draft.problem, draft.lines) == ("厂房漏水，\n设备淋湿", (1, 2))
    assert found.left_over[0].lines == (0,)


def test_a_sheet_without_a_heading_is_read_by_what_its_cells_hold() -> None:
    found = drafts(
        "立夏茶业有限公司\t夏青\t13900001234\t厂房漏水，设备淋湿\t2026/11/20\n"
        "皖西灯饰制造厂\t丁明\t0564-7350099\t电费高，晚上还停电\t11-21\n"
    )

    assert [(each.firm, each.contact, each.phone, each.said_on) for each in found] == [
        ("立夏茶业有限公司", "夏青", "13900001234", date(2026, 11, 20)),
        ("皖西灯饰制造厂", "丁明", "0564-7350099", date(2026, 11, 21)),
    ]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("11-20", date(2026, 11, 20)),
        ("12-20", date(2025, 12, 20)),
        ("昨天", date(2026, 11, 23)),
        ("星期一", date(2026, 11, 23)),
        ("2-30", None),
        ("2027-01-01", None),
    ],
)
def test_a_day_without_a_year_is_the_last_one_and_never_one_to_come(
    written: str, meant: date | None
) -> None:
    (draft,) = drafts(f"张三 {written} 09:12\n厂房漏水三天了")

    assert draft.said_on == meant


def test_a_code_is_no_telephone_and_our_firm_is_no_name() -> None:
    (draft,) = drafts("我公司代码91341524MA8TEA0017，厂房漏水三天了")

    assert (draft.phone, draft.firm) == ("", "")


def test_a_wide_number_is_cut_out_of_the_words_with_what_it_is_called() -> None:
    (draft,) = drafts("厂房漏水三天了，电话：１３９ ００００ １２３４，请来看看")

    assert draft.problem == "厂房漏水三天了，请来看看"
    assert draft.phone == "13900001234"


def test_too_short_and_too_many_is_said() -> None:
    found = recognise("漏水\n" + "\n".join(f"厂房漏水第{day}天" for day in range(MOST + 2)), TODAY)

    assert len(found.drafts) == MOST
    assert [each.why for each in found.left_over] == [SHORT, TOO_MANY, TOO_MANY]


SIGNS = ("：", ":", " ", "\t", "\n", "\r\n", '"', "（", "）", "1、")
WORDS = ("张三", "11-20", "09:12", "电话", "13900001234", "收到", "立夏茶业有限公司", "厂房漏水")
SAID = ("[图片]", "企业：", "问题：", "2-30", "昨天", "谢谢")
PIECES = st.sampled_from((*SIGNS, *WORDS, *SAID))
# Signs that some rule looks for, and signs that none expects.
ODD = "张经理厂公司年月日周一今天：:，。、1390-/. \t\n\r\x00\x0b\u2028\u0661䃥😀(（[【@\"'=+%"
PASTES = st.one_of(st.text(ODD, max_size=300), st.lists(PIECES, max_size=60).map("".join))


@given(PASTES, st.dates(date(2000, 3, 1), date(2100, 1, 1)))
def test_every_line_is_in_exactly_one_heap_as_it_was(text: str, today: date) -> None:
    found = recognise(text, today)

    split = BREAK.split(text)
    heaps: list[Draft | LeftOver] = [*found.drafts, *found.left_over]
    assert sorted(at for each in heaps for at in each.lines) == [
        at for at, words in enumerate(split) if words.strip()
    ]
    for each in heaps:
        assert each.source == "\n".join(split[at] for at in each.lines)


@given(PASTES)
def test_no_sign_of_a_draft_is_made_up(text: str) -> None:
    for draft in recognise(text, TODAY).drafts:
        assert set("".join(draft.problem.split())) <= set(draft.source)
        assert draft.said_on is None or draft.said_on <= TODAY


@pytest.mark.parametrize(
    "sign", ["嗯", "谢谢", "1", "（", "张", " ", "@", "好的", '"', "\t", "年", "-"]
)
def test_a_long_paste_of_one_sign_takes_no_longer(sign: str) -> None:
    begun = process_time()
    recognise(sign * 20_000, TODAY)
    recognise(f"{sign * 55}。x\n" * 300, TODAY)

    assert process_time() - begun < 5

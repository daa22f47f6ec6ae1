"""A notice is read as it is printed; what cannot be read is handed back."""

from __future__ import annotations

from datetime import date

from qifu.workdays.named_days import NamedDay, shipped
from qifu.workdays.wording import read_notice

NOTICE_2026 = """
　　经国务院批准，现将2026年元旦、春节等放假调休日期的具体安排通知如下。
　　一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
　　二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。\
2月14日（周六）、2月28日（周六）上班。
　　三、清明节：4月4日（周六）至6日（周一）放假，共3天。
　　四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
　　五、端午节：6月19日（周五）至21日（周日）放假，共3天。
　　六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
　　七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。\
9月20日（周日）、10月10日（周六）上班。
　　节假日期间，各地区、各部门要妥善安排好值班工作。
"""
NOTICE_2023 = """
一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。
二、春节：1月21日至27日放假调休，共7天。1月28日（星期六）、1月29日（星期日）上班。
三、清明节：4月5日放假，共1天。
四、劳动节：4月29日至5月3日放假调休，共5天。4月23日（星期日）、5月6日（星期六）上班。
五、端午节：6月22日至24日放假调休，共3天。6月25日（星期日）上班。
六、中秋节、国庆节：9月29日至10月6日放假调休，共8天。\
10月7日（星期六）、10月8日（星期日）上班。
"""


def test_the_notices_of_two_years_are_read_whole() -> None:
    for year, text in ((2023, NOTICE_2023), (2026, NOTICE_2026)):
        wording = read_notice(text, year)

        assert wording.unread == ()
        assert wording.days == tuple(sorted(shipped()[year]))


def test_a_notice_pasted_under_the_wrong_year_is_not_read() -> None:
    wording = read_notice(NOTICE_2026, 2027)

    assert wording.days == ()
    assert len(wording.unread) == 7


def test_a_line_that_is_not_understood_is_handed_back_as_it_was() -> None:
    line = "二、春节：除夕至正月初七放假调休，共8天。"

    wording = read_notice(f"三、清明节：4月5日放假，共1天。\n{line}", 2027)

    assert wording.unread == (line,)
    assert wording.days == (NamedDay(date(2027, 4, 5), False, "清明节"),)


def test_a_date_that_does_not_exist_is_not_guessed_at() -> None:
    assert read_notice("一、元旦：2月30日放假，共1天。", 2027).unread
    assert read_notice("一、元旦：1月1日至12月31日放假，共365天。", 2027).unread
    assert read_notice("一、元旦：3日放假，共1天。", 2027).unread

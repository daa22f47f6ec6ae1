"""粘贴登记: what was pasted becomes slips, each slip a case; nothing is lost on the way."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

from qifu.appeals.lifecycle import State
from qifu.appeals.models import Appeal
from qifu.kernel.clock import local_date, now
from tests.firms import Firms
from tests.story import Story
from tests.web.desk.appeals.conftest import SeatOf
from tests.web.portal.reading import words

BOX, SLIPS = "/desk/appeals/pastes/", "/desk/appeals/pasted/"
CHAT = (
    "夏青 01-05 09:12\n安徽立夏茶业有限公司的厂房漏水，设备淋湿了。\n"
    "李四 01-05 09:13\n收到\n"
    "吴经理 01-05 09:14\n竹木厂门口的路坏了三个月，电话13900000077\n"
)
FIELD = re.compile(r'name="(d\d+-\w+|row|done|left)"[^>]*?value="([^"]*)"')


def cases(story: Story) -> list[Appeal]:
    rows = Appeal.objects.in_county(story.cast.county).select_related(
        "problem", "contact", "enterprise", "said_enterprise"
    )
    return list(rows.order_by("pk"))


def read(client: Client, raw: str = CHAT, channel: str = "WECHAT") -> Any:
    return client.post(BOX, {"raw": raw, "channel": channel})


def slip(place: int, **fields: str) -> dict[str, Any]:
    """Fill in a slip as the page sends it."""
    filled = {
        "firm": "竹木厂",
        "contact_name": "吴经理",
        "contact_phone": "13900000077",
        "problem": f"门口的路坏了{place + 3}个月。",
        "slip_key": f"key{place}",
        "source": f"原话{place}",
        **fields,
    }
    return {f"d{place}-{name}": value for name, value in filled.items()}


def send(client: Client, *slips: dict[str, Any], **more: Any) -> Any:
    rows = [next(iter(each)).partition("-")[0] for each in slips]
    form = {"row": rows, "channel": "WECHAT"}
    for each in slips:
        form |= each
    return client.post(SLIPS, {**form, **more})


def test_what_is_pasted_is_shown_as_slips_and_nothing_is_registered_yet(
    story: Story, firms: Firms, seat: SeatOf
) -> None:
    answer = read(seat(story.cast.zhou))

    page = answer.content.decode()
    fields = dict(FIELD.findall(page))
    assert answer.status_code == 200
    assert fields["d0-firm"] == firms.tea.name
    assert fields["d1-contact_phone"] == "13900000077"
    assert "认出 2条" in words(answer)
    assert "收到　　（不是诉求）" in page
    assert cases(story) == []


def test_all_slips_are_registered_with_one_button(story: Story, firms: Firms, seat: SeatOf) -> None:
    answer = send(seat(story.cast.zhou), slip(0, firm=firms.tea.name), slip(1))

    first, second = cases(story)
    assert answer.status_code == 303
    assert (first.enterprise, first.place) == (firms.tea, firms.tea.township)
    assert (second.enterprise_name, second.state) == ("竹木厂", State.SUBMITTED)
    assert {each.channel for each in (first, second)} == {"WECHAT"}
    assert first.due_on == second.due_on
    assert all(each.proxy for each in (first, second))


def test_one_refused_slip_keeps_the_others_from_nothing(story: Story, seat: SeatOf) -> None:
    zhou = seat(story.cast.zhou)

    answer = send(zhou, slip(0), slip(1, contact_phone="1390000007"), slip(2))

    page = words(answer)
    assert answer.status_code == 422
    assert len(cases(story)) == 2
    assert "已登记2件；1条没有登记" in page
    assert "号码少1位" in page
    assert "门口的路坏了4个月。" in answer.content.decode()
    assert "门口的路坏了5个月。" not in answer.content.decode()
    assert all(each.number in page for each in cases(story))


def test_the_same_page_sent_twice_registers_once(story: Story, seat: SeatOf) -> None:
    zhou = seat(story.cast.zhou)
    send(zhou, slip(0), slip(1))
    again = send(zhou, slip(0), slip(1))

    assert again.status_code == 303
    assert len(cases(story)) == 2


def test_one_slip_alone_answers_in_its_place(story: Story, seat: SeatOf) -> None:
    zhou = seat(story.cast.zhou)
    form = {"row": ["d0", "d1"], "channel": "WECHAT", "one": "d1", **slip(0), **slip(1)}

    answer = zhou.post(SLIPS, form, headers={"HX-Request": "true"})

    (case,) = cases(story)
    assert case.problem.body == "门口的路坏了4个月。"
    assert case.number in words(answer)
    assert "<html" not in answer.content.decode()


def test_a_refused_slip_alone_comes_back_with_its_error(story: Story, seat: SeatOf) -> None:
    form = {"row": "d0", "channel": "WECHAT", "one": "d0", **slip(0, firm="")}

    answer = seat(story.cast.zhou).post(SLIPS, form, headers={"HX-Request": "true"})

    assert answer.status_code == 422
    assert "没认出企业" in words(answer)
    assert 'id="d0"' in answer.content.decode()


def test_without_scripts_one_button_takes_one_slip_and_keeps_the_rest(
    story: Story, seat: SeatOf
) -> None:
    answer = send(seat(story.cast.zhou), slip(0), slip(1), one="d0")

    assert [each.problem.body for each in cases(story)] == ["门口的路坏了3个月。"]
    assert answer.status_code == 200
    assert "门口的路坏了4个月。" in answer.content.decode()


def test_a_dropped_slip_is_not_registered(story: Story, seat: SeatOf) -> None:
    answer = send(seat(story.cast.zhou), slip(0, drop="on"), slip(1, contact_phone="1"))

    assert cases(story) == []
    assert "原话0" in words(answer)


def test_checking_again_registers_nothing_and_looks_the_enterprise_up(
    story: Story, firms: Firms, seat: SeatOf
) -> None:
    answer = send(seat(story.cast.zhou), slip(0, firm=firms.tea.short_name), check="1")

    assert answer.status_code == 200
    assert "名录企业" in words(answer)
    assert cases(story) == []


def test_who_is_not_named_is_the_registers_contact_whose_number_stays_masked(
    story: Story, firms: Firms, seat: SeatOf
) -> None:
    zhou = seat(story.cast.zhou)
    page = read(zhou, f"张三 09:12\n{firms.lamps.name}晚上老停电，请协调。")
    assert firms.lamps.contact_phone not in page.content.decode()
    assert "用名录上的" in words(page)

    send(zhou, slip(0, firm=firms.lamps.name, contact_phone=""))

    assert cases(story)[0].contact.body == firms.lamps.contact_phone


def test_a_name_that_only_contains_a_registered_one_is_asked_after(
    story: Story, firms: Firms, seat: SeatOf
) -> None:
    zhou = seat(story.cast.zhou)
    name = f"{firms.tea.short_name}二厂"

    asked = send(zhou, slip(0, firm=name))
    assert (asked.status_code, cases(story)) == (422, [])
    assert "名录里有像的" in words(asked)
    send(zhou, slip(0, firm=name, listed="-"))
    send(zhou, slip(1, firm=name, listed=firms.tea.number))

    other, same = cases(story)
    assert (other.enterprise, other.enterprise_name) == (None, name)
    assert same.enterprise == firms.tea


def test_lines_that_were_registered_before_are_marked_and_not_taken_again(
    story: Story, seat: SeatOf
) -> None:
    zhou = seat(story.cast.zhou)
    raw = (
        "1、竹木厂门口的路坏了三个月，货车进不来，电话13900000077\n2、香菇厂缺冷库，电话13900000078"
    )
    page = read(zhou, raw).content.decode()
    fields = dict(FIELD.findall(page))
    send(
        zhou,
        slip(
            0,
            firm=fields["d0-firm"],
            contact_phone=fields["d0-contact_phone"],
            problem="竹木厂门口的路坏了三个月，货车进不来",
        ),
    )

    again = read(zhou, raw)

    (case,) = cases(story)
    assert f"已登记过 {case.number}" in words(again)
    assert re.search(r'name="d0-drop"[^>]*checked', again.content.decode())
    assert not re.search(r'name="d1-drop"[^>]*checked', again.content.decode())


def test_the_same_line_twice_in_one_paste_is_marked(story: Story, seat: SeatOf) -> None:
    page = words(read(seat(story.cast.zhou), "竹木厂门口的路坏了三个月\n" * 2))

    assert "与第1条一样" in page


def test_a_township_begins_at_once_in_its_own_place(story: Story, seat: SeatOf) -> None:
    send(seat(story.cast.qian), slip(0, said_on="2026-01-05"), channel="VISIT")

    (case,) = cases(story)
    assert (case.state, case.place, case.channel) == (State.LOCAL, story.cast.township, "VISIT")
    page = seat(story.cast.qian).get(f"/desk/appeals/{case.number}/")
    assert "企业1月5日说的，走访登记" in words(page)


def test_a_day_to_come_is_refused(story: Story, seat: SeatOf) -> None:
    answer = send(seat(story.cast.zhou), slip(0, said_on="2999-01-05"))

    assert "日期在今天之后" in words(answer)
    assert cases(story) == []


def test_what_holds_no_appeal_stays_in_the_box(story: Story, seat: SeatOf) -> None:
    answer = read(seat(story.cast.zhou), "李四 09:12\n收到")

    assert answer.status_code == 422
    assert "没有认出诉求" in words(answer)
    assert "李四 09:12\n收到" in answer.content.decode()


def test_a_mark_of_classified_papers_asks_for_a_second_look(story: Story, seat: SeatOf) -> None:
    zhou = seat(story.cast.zhou)
    secret = slip(0, problem="文件是机密★10年，请协调。")

    assert send(zhou, secret).status_code == 422
    assert cases(story) == []
    assert send(zhou, {**secret, "d0-checked": "on"}).status_code == 303


def test_a_reviewer_neither_pastes_nor_registers(story: Story, seat: SeatOf) -> None:
    wu = seat(story.cast.wu)

    assert (wu.get(BOX).status_code, send(wu, slip(0)).status_code) == (403, 403)
    assert cases(story) == []


def test_the_day_and_the_channel_are_told_in_the_history(story: Story, seat: SeatOf) -> None:
    zhou = seat(story.cast.zhou)
    send(zhou, slip(0, said_on=f"{local_date(now())}"), channel="MEETING")

    page = words(zhou.get(f"/desk/appeals/{cases(story)[0].number}/"))
    assert "座谈会登记" in page

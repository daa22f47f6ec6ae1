"""Twenty lines of a group, pasted and registered without a mouse; printed: what came out."""

from __future__ import annotations

import sys
import time

from playwright.sync_api import expect

from qifu.appeals.models import Appeal
from qifu.enterprises.actions import Particulars, register_enterprise
from qifu.kernel.clock import now
from tests.browser.people import House, Screen

LINES = (
    ("夏青（立夏茶业）", "厂房漏水，设备淋湿了，希望协调维修", "13900000101"),
    ("丁明", "皖西灯饰制造有限公司晚上老跳闸，变压器不够用", ""),
    ("李四", "收到", ""),
    ("青岭石料-廖经理", "运石料的路限重，绕行多出30公里", "13900000103"),
    ("云水民宿鲍总", "消防验收等了两个月没有人来", "13900000104"),
    ("王五", "[图片]", ""),
    ("南溪酒业 周传宝", "桑葚收购缺流动资金80万元", "13900000105"),
    ("翠岭茶叶合作社洪文斌", "茶园喷灌的电没有接通", "13900000106"),
    ("老刘", "我们厂门口的路坏了三个月，货车进不来", "13900000107"),
    ("面冲竹器厂詹木生", "招工难，缺10个编织工", "13900000108"),
    ("清泉饮品-龚经理", "取水许可到期，换证跑了三次", "13900000109"),
    ("夏青（立夏茶业）", "厂房漏水，设备淋湿了，希望协调维修", "13900000101"),
    ("梅山湖渔业陆总", "网箱清退的补偿款没有到账", "13900000110"),
    ("沙河蚕桑 秦玉成", "蚕种运不进来，卡在检疫", "13900000111"),
    ("桃岭新能源-顾经理", "并网验收排到了明年三月", "13900000112"),
    ("华岭光伏尹总", "仓库用地批了半年没有下文", "13900000113"),
    ("富东医药-刘经理", "医院欠货款一年没有结清", "13900000114"),
    ("古碑丝绸 杜秀兰", "锅炉煤改气的补贴怎么申请", "13900000115"),
    ("晨越电子-贺经理", "员工子女上不了附近的学校", "13900000116"),
    ("精工机械 马宏伟", "设备贷款贴息申请被退回两次", "13900000117"),
)
FIRMS = (
    "青岭石料", "云水民宿", "南溪酒业", "翠岭茶叶", "清泉饮品", "梅山湖渔业", "沙河蚕桑",
    "桃岭新能源", "华岭光伏", "富东医药", "古碑丝绸", "晨越电子", "精工机械",
)  # fmt: skip
# Nobody can tell whose the road is: 老刘 says 我们厂.
UNNAMED, NOISE, TWICE = 1, 2, 1
MOST_SECONDS = 120


def _message(place: int) -> str:
    sender, words, phone = LINES[place]
    number = f"，电话{phone}" if phone else ""
    return f"{sender} 01-05 09:{place:02}\n{words}{number}"


def _enter_firms(house: House) -> None:
    for name in FIRMS:
        made = Particulars(name=f"{name}有限公司", township=house.cast.township, short_name=name)
        register_enterprise(made, county=house.cast.county, by=None, at=now())


def test_twenty_pasted_lines_are_registered_by_keyboard_in_two_minutes(live: House) -> None:
    live.screen = Screen(1280)
    _enter_firms(live)
    zhou = live.staff(live.cast.zhou).opens("/desk/appeals/pastes/")
    page, presses = zhou.page, 0
    begun = time.monotonic()
    page.keyboard.insert_text("\n".join(map(_message, range(len(LINES)))))
    page.keyboard.press("Control+Enter")
    expect(page.locator(".slip")).to_have_count(len(LINES) - NOISE)
    left = page.locator(".slip")
    for turn in range(len(LINES) - NOISE):
        if page.evaluate("document.activeElement.name").endswith("-firm"):
            page.keyboard.insert_text("老刘石材厂")
        if page.evaluate("document.activeElement.name").endswith("-listed"):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        presses += 1
        expect(left).to_have_count(len(LINES) - NOISE - turn - 1)
    took = time.monotonic() - begun

    made = Appeal.objects.in_county(live.cast.county).select_related(
        "problem", "contact", "enterprise", "said_enterprise"
    )
    cases = list(made.order_by("pk"))
    sys.stdout.write(f"\n{len(LINES)} lines, {presses} times Enter, {took:.1f} s\n")
    for case in cases:
        firm = "register" if case.enterprise_id else "as said"
        told = (case.number, case.enterprise_name, firm, case.contact.heading, case.title)
        sys.stdout.write(" | ".join(told) + "\n")
    zhou.sees("再粘贴一批", "没有当诉求的")
    assert len(cases) == len(LINES) - NOISE - TWICE
    assert sum(case.enterprise_id is None for case in cases) <= UNNAMED + 1
    assert {case.channel for case in cases} == {"WECHAT"}
    assert took < MOST_SECONDS
    assert not zhou.faults

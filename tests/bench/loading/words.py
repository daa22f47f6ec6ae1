"""Fictional problems by the hundred thousand, put together from parts; no two need be alike.

One text in fifty speaks of a thing of which every other enterprise speaks seldom: that is
what a rare search finds. `COMMON` stands in about one text in eight.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

COMMON = "贷款"
RARE = "枇杷"
RARE_SHARE = 0.0002

WHEN = (
    "去年秋天", "今年开春", "上个月", "从三月起", "汛期以来", "年底前", "这两周", "国庆以后",
    "自从搬进园区", "新线投产以后", "换了租约以后", "旺季一到", "夜里十点以后", "雨天",
)  # fmt: skip
WHO = (
    "我们厂", "公司", "合作社", "我们车间", "仓库", "茶厂", "新厂区", "二期项目", "门店", "食堂",
    "物流队", "研发组", "养殖场", "冷库", "民宿", "石材场", "灯饰线", "木器厂", "药材基地",
)  # fmt: skip
WHAT = (
    "流动资金缺口{n}万元，三家银行都说抵押物不够，贷款批不下来",
    "有{n}万元贷款下月到期，续贷要的评估还没排上",
    "招工缺{n}人，自己招了一个月只来了几个",
    "用电增容排期等了{n}天，设备到了装不上",
    "厂门口的路塌了{n}米，大车绕行，每单运费涨了三成",
    "污水管堵了，外溢到隔壁，来看过{n}次没有结果",
    "土地证上少写了{n}平方米，银行不认",
    "消防验收卡在一扇门上，整改了{n}回还没过",
    "环评和安评先做哪个，两个中介说法不同，返工{n}次",
    "学校维修的工程款欠着{n}万元，一直说在走程序",
    "货车限行，每天只有{n}小时能进县城",
    "网络三天两头断，直播中断了{n}场",
    "社保补贴少发了{n}人，窗口说系统里查不到",
    "商标被人在网上冒用，一个月退货{n}单",
    "冷链车进景区要预约，{n}箱鲜笋放坏了",
    "孩子上学的名额没有着落，骨干{n}人想走",
    "水压不够，楼上{n}间车间用不上水",
    "出口退税晚了{n}天，报关行说材料要重做",
)
WISH = (
    "希望给个准日子", "请帮忙协调一次", "想知道找哪个科室", "能不能先用后补", "希望有人来现场看看",
    "盼着月底前解决", "请告诉我们还差什么材料", "希望和隔壁几家一起办", "想问有没有政策可以用",
    "希望别再来回跑了", "要是办不了也请早说", "请给我们一个联系人",
)  # fmt: skip
SIDE = (
    "订单已经签了，违约要赔", "工人有意见", "客户催了两次", "老板娘急得睡不着", "材料都是齐的",
    "来过的人态度都好", "隔壁两家也一样", "村里说归镇上，镇上说归县里", "电话打过，没人接",
    "之前反映过，没有下文", "损失算下来不小", "设备是借钱买的",
)  # fmt: skip
SELDOM = f"{RARE}基地的烘干线"


def problems(rng: random.Random, messages: Path | None = None) -> Iterator[str]:
    """Yield problems without end; from a file of messages, one a line, where there is one."""
    lines = messages.read_text(encoding="utf-8").splitlines() if messages else []
    told = [line.strip() for line in lines if len(line.strip()) >= 15]
    while True:
        said = rng.choice(told) if told else _made(rng)
        # What the copying writes is plain: one line, no sign that COPY would read.
        yield said.replace("\\", "＼").replace("\t", " ")[:2000]


def _made(rng: random.Random) -> str:
    who = SELDOM if rng.random() < RARE_SHARE else rng.choice(WHO)
    what = rng.choice(WHAT).format(n=rng.randint(2, 480))
    parts = [f"{rng.choice(WHEN)}，{who}{what}。", f"{rng.choice(SIDE)}。"]
    for _ in range(rng.choice((0, 0, 1, 1, 2, 4))):
        parts.append(f"另外{rng.choice(WHO)}{rng.choice(WHAT).format(n=rng.randint(2, 90))}。")
    parts.append(f"{rng.choice(WISH)}。")
    return "".join(parts)

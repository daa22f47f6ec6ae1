"""The fictional people of the demo county: two for each unit, the office, the rest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.contrib.auth.hashers import make_password

from qifu.journal.deed import deed
from qifu.kernel.clock import local_date
from qifu.organisations.demonstration import PASSWORD as PASSWORD
from qifu.organisations.models import Post, PostKind, Unit, UnitFiling, User, UserKind

SURNAMES = (
    "陈朱李赵孙钱周吴郑王冯唐范何许徐郭高林罗梁宋谢韩董萧程曹袁邓许傅"
    "沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊"
    "金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
GIVEN = "志明文静海涛晓岚立新国安建华敏桂兰永红春燕德全秀英家荣思齐雪梅长青宏伟小满一鸣玉成承业"

# login, name, unit code, post: one for each role, shown on the sign-in page.
ROLES = (
    ("wangzhuren", "王立群", "xianban", PostKind.OFFICE_DIRECTOR),
    ("zhoumin", "周敏", "xianban", PostKind.OFFICE_OPERATOR),
    ("wushen", "吴慎行", "xianban", PostKind.OFFICE_REVIEWER),
    ("xulan", "许岚", "xianban", PostKind.OFFICE_CALLBACK),
    ("zheng", "郑怀远", "xianzhengfu", PostKind.COUNTY_LEADER),
    ("feng", "冯守正", "jianwei", PostKind.SUPERVISOR),
    ("xitong", "系统管理员", "zhengfuban", PostKind.SYS_ADMIN),
    ("anquan", "安全管理员", "zhengfuban", PostKind.SEC_ADMIN),
    ("shenji", "审计管理员", "zhengfuban", PostKind.AUDITOR),
    ("zhukezhang", "朱文静", "jinrongban", PostKind.LIAISON),
    ("chenju", "陈志明", "jinrongban", PostKind.RESPONSIBLE_LEADER),
    ("liganshi", "李海涛", "renhang", PostKind.LIAISON),
    ("zhaohang", "赵立新", "renhang", PostKind.RESPONSIBLE_LEADER),
    ("qianzhuangan", "钱春燕", "341524202", PostKind.LIAISON),
    ("sunxiangzhang", "孙国安", "341524202", PostKind.RESPONSIBLE_LEADER),
    ("hebaolian", "何建华", "shangwuju", PostKind.PAIRED_OFFICER),
)
# Units that have not named their people yet, so that the office has somebody to chase.
UNFILED = {"341524209", "341524211"}


def make_people(county: str, at: datetime) -> dict[str, User]:
    """Make every account of the demo with its post, and the filings; return them by login."""
    there = User.objects.in_county(county).staff()
    if there.exists():
        return {str(user.login): user for user in there}
    today = local_date(at)
    units = [u for u in Unit.objects.in_county(county).by_pinyin() if u.is_in_force(today)]
    password = make_password(PASSWORD)
    wanted = list(_everybody(units))
    with deed("demo.people", county=county, by=None, at=at) as work:
        users = work.add_all(
            [
                User(
                    kind=UserKind.STAFF,
                    login=login,
                    name=name,
                    phone=f"1380000{place:04d}",
                    password=password,
                    created_at=at,
                )
                for place, (login, name, _, _) in enumerate(wanted)
            ]
        )
        posts = work.add_all(
            [
                Post(unit=unit, user=user, kind=kind, valid_from=today)
                for user, (_, _, unit, kind) in zip(users, wanted, strict=True)
            ]
        )
        work.add_all(_filings(posts, at))
    return {str(user.login): user for user in users}


def _everybody(units: list[Unit]) -> Iterator[tuple[str, str, Unit, PostKind]]:
    by_code = {unit.code: unit for unit in units}
    named = set()
    for login, name, code, kind in ROLES:
        named.add((code, kind))
        yield login, name, by_code[code], kind
    place = 0
    for unit in Unit.objects.in_county(units[0].county).owing_a_filing().by_pinyin():
        if unit.code not in by_code or unit.code in UNFILED:
            continue
        for kind, sign in ((PostKind.LIAISON, "z"), (PostKind.RESPONSIBLE_LEADER, "f")):
            place += 1
            if (unit.code, kind) not in named:
                yield f"{sign}{unit.code}", _name(place), unit, kind


def _name(place: int) -> str:
    given = place * 7 % (len(GIVEN) // 2) * 2
    return SURNAMES[place * 11 % len(SURNAMES)] + GIVEN[given : given + 2]


def _filings(posts: list[Post], at: datetime) -> list[UnitFiling]:
    held: dict[int, dict[str, Post]] = {}
    for post in posts:
        held.setdefault(post.unit_id, {})[post.kind] = post
    return [
        UnitFiling(
            unit=two[PostKind.LIAISON].unit,
            filed_at=at,
            filed_by=two[PostKind.LIAISON].user,
            leader_post=two[PostKind.RESPONSIBLE_LEADER],
            liaison_post=two[PostKind.LIAISON],
        )
        for two in held.values()
        if PostKind.LIAISON in two and PostKind.RESPONSIBLE_LEADER in two
    ]

"""What stands out in a message: telephone, day, names, and what is no message at all. Pure."""

from __future__ import annotations

import re
from datetime import date, timedelta

# One sign for one sign, so that places in the plain text are places in the typed one.
WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF5B))}
PLAIN = WIDE | dict.fromkeys(map(ord, "－—–‐‑"), "-") | dict.fromkeys(map(ord, "　\xa0\u2005"), " ")

MOBILE = "1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}"
LANDLINE = "0[0-9]{2,3}[ -]?[0-9]{7,8}"
PHONE = re.compile(rf"(?<![0-9A-Za-z])(?:\+?86[ -]?)?({MOBILE}|{LANDLINE})(?![0-9A-Za-z])")
PHONE_NAMES = "(?:联系电话|联系方式|电话号码|手机号码|手机号|电话|手机|座机|号码)"
# A number with what it is called and the brackets around it: cut out of the words together.
PHONE_WHOLE = re.compile(rf"[(（]?(?:{PHONE_NAMES}[是为]?[:： ]*)?{PHONE.pattern}[)）]?")

DATE = (
    "(?:(?:(?P<year>20[0-9]{2})[-/.年] ?)?(?P<month>1[0-2]|0?[1-9])[-/.月] ?"
    "(?P<day>3[01]|[12][0-9]|0?[1-9])日?|(?P<near>今天|昨天|前天)|"
    "(?:星期|周)(?P<week>[一二三四五六日天]))"
)
HALF = "(?:(?:上午|下午|早上|晚上|中午|凌晨) ?)?"
TIME = f"{HALF}(?:[01]?[0-9]|2[0-3])[:：][0-5][0-9](?:[:：][0-5][0-9])?"
WHEN = rf"(?:{DATE}(?: *{TIME})?|{TIME})"
DAY_ALONE = re.compile(rf"[-=·— ]*{WHEN}(?: *(?:星期|周)[一二三四五六日天])?(?: +{TIME})?[-=·— ]*")
DAY_FIRST = re.compile(rf"{DATE}(?: *{TIME})?(?=[ ,，、:：\t])")
WEEK = "一二三四五六日"
NEAR = {"今天": 0, "昨天": 1, "前天": 2}

FORMS = (
    "有限责任公司|股份有限公司|有限公司|分公司|公司|集团|专业合作社|合作社|家庭农场|农场|"
    "加工厂|工厂|厂(?![房里区长家商内子址])|酒店|宾馆|民宿|饭店|商行|超市|门市部|经营部|服务部|工作室|个体户"
)
FIRM = re.compile(rf"[\u3400-\u9fffA-Za-z0-9（）()·]{{2,28}}?(?:{FORMS})")
SAID_BEFORE = re.compile(
    "^(?:.*(?:我们是|我是|这里是|这边是|我们|来自|关于|反映|你好|您好|大家好|各位领导|领导好|领导)|@\\S*|[0-9]+)"
)
NO_NAME = re.compile(
    rf"(?:我|本|贵|该|这|那|哪|各|几|两|一|新|老|旧|某|个|家|的|建|办|开|进|到|去|在|{FORMS})*(?:{FORMS})"
)
SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎"
    "鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆"
    "萧尹姚邵汪祁毛狄米贝明臧计伏成戴谈宋庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄江童颜郭梅盛林刁钟徐"
    "邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉龚程嵇邢裴陆荣翁荀惠"
    "曲封储靳松井段富巫乌焦巴弓牧隗谷车侯全班秋仲伊宫宁仇栾甘厉祖武符刘景詹龙叶幸司黎白蒲卓蔺池乔"
    "温庄晏柴瞿阎连习容向古易廖文曾关查荆游权益桓公"
)
TITLES = "经理|老板|厂长|主任|会计|先生|女士|师傅|董事长|书记|社长|场长|总"
PERSON = re.compile(
    rf"(?<![\u3400-\u9fff])[{SURNAMES}][\u3400-\u9fff]{{0,2}}?(?:{TITLES})(?!是|的)"
)
# A name without a title: a surname and one or two signs, and nothing else.
NAMED = re.compile(rf"[{SURNAMES}][\u3400-\u9fff]{{1,2}}")
PERSON_NAMED = re.compile(r"(?:联系人|姓名|负责人)[:： ]*([\u3400-\u9fff·]{2,4})")
# A list often says whose it is first, and then whom to ask: 立夏茶业 吴经理 ….
FIRST = re.compile(
    rf"([\u3400-\u9fffA-Za-z0-9（）()]{{3,20}})[ ,，、]+(?:{PERSON.pattern}|{PHONE.pattern})"
)
# Parts a name in a chat into whose and who: 立夏茶业-吴经理, 吴经理（立夏茶业）.
NAME_SIGNS = re.compile(r"[-_ （）()\[\]【】|/·,，、:：]+")

# Each by itself and without repetition inside, so that no text makes the search long.
NOISE_WORDS = (
    "已?收到|好|的|滴|行|可以|谢谢|感谢|多谢|辛苦|了解|了|啊|哈|嗯|哦|您|你|大家|各位|关心|支持|明白|知道|"
    "OK|Ok|ok|\\+?1|同意|在|不客气|没问题|请?稍等|马上|再见|早上?|领导|主任|老师|@\\S{1,20}"
)
NOISE = re.compile(rf"(?:{NOISE_WORDS}|[!！。.~～,，?？ ])*")
# What the chat program writes itself: pictures, files, who came and what was taken back.
SHOWN = re.compile(
    r"\[[^\[\]]{1,12}\]|【(?:图片|表情|文件|语音|视频)】|<(?:图片|文件|语音|视频)>|\(表情\)"
)
PROGRAM = re.compile(
    r".{0,30}(?:撤回了一条消息|加入了?群聊|退出了?群聊|拍了拍.{0,20}|修改群名为.{0,30}|移出了?群聊|以下为新消息|以上是打招呼的内容).{0,20}"
)


def plain(text: str) -> str:
    """Return the text with wide digits, letters, dashes and blanks as narrow ones."""
    return text.translate(PLAIN)


def phone_in(text: str) -> tuple[str, str]:
    """Return the first telephone number and the words without it, or the words as they are."""
    found = PHONE_WHOLE.search(plain(text))
    if found is None:
        return "", text
    number = found[1].replace(" ", "")
    return number, tidy(f"{text[: found.start()]} {text[found.end() :]}")


def tidy(words: str) -> str:
    """Close the gap that something cut out has left."""
    words = re.sub(r"[(（][ ]*[)）]", "", words)
    words = re.sub(r"[ \t]*\n[ \t]*", "\n", re.sub(r"[ \t]{2,}", " ", words))
    words = re.sub(r"([,，、;；])(?:\s*[,，、;；])+", r"\1", words)
    words = re.sub(r" *([,，、;；。]) *", r"\1", words)
    return re.sub(r"[,，、;；]+(?=[。！？])", "", words).strip(" \t\n,，、;；:：")


def firm_in(text: str) -> str:
    """Return the first name of an enterprise in the text: 立夏茶业有限公司; not 我公司."""
    for found in FIRM.finditer(plain(text)):
        name = SAID_BEFORE.sub("", found[0]).lstrip("（）()·的是")
        if name and "的" not in name and not NO_NAME.fullmatch(name) and FIRM.fullmatch(name):
            return name
    first = FIRST.match(plain(text).strip())
    return first[1] if first else ""


def person_in(text: str) -> str:
    """Return whom to ask for: who is named as such, else a surname with a title."""
    named = PERSON_NAMED.search(text)
    found = PERSON.search(text)
    return named[1] if named else found[0] if found else ""


def parts_of(sender: str) -> tuple[str, ...]:
    """Return what a name in a chat consists of."""
    return tuple(part for part in NAME_SIGNS.split(sender) if part)


def is_noise(text: str) -> bool:
    """Tell whether nobody can have meant it as a problem: 收到, [图片], who came and went."""
    said = SHOWN.sub("", plain(text)).strip()
    return len(said) < 60 and bool(NOISE.fullmatch(said) or PROGRAM.fullmatch(said))


def day_of(found: re.Match[str], today: date) -> date | None:
    """Return the day that was written, the last one if it has no year; never one to come."""
    if near := found["near"]:
        return today - timedelta(days=NEAR[near])
    if week := found["week"]:
        back = today.weekday() - WEEK.index("日" if week == "天" else week)
        return today - timedelta(days=back % 7)
    if not found["month"]:
        return None
    month, day = int(found["month"]), int(found["day"])
    years = [int(found["year"])] if found["year"] else [today.year, today.year - 1]
    for year in years:
        try:
            written = date(year, month, day)
        except ValueError:
            continue
        if written <= today:
            return written
    return None


def day_in(cell: str, today: date) -> date | None:
    """Return the day that a cell holds, if it holds nothing else."""
    found = re.fullmatch(rf"{DATE}(?: +{TIME})?", plain(cell).strip())
    return day_of(found, today) if found else None

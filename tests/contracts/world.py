"""Two counties with a case in every state, for asking each address as each person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.test import Client

from qifu.appeals.actions import accepting, lodging
from qifu.appeals.links import token_of
from qifu.appeals.models import LinkStep, NumberSeries
from qifu.appeals.rules import Channel, DeclineReason
from qifu.attachments.actions import stage
from qifu.attachments.models import Attachment
from qifu.conduct import actions as conduct
from qifu.conduct.models import ComplaintSeries
from qifu.enterprises.actions import ask_binding, bind_by_phone, invite
from qifu.enterprises.models import Binding, Enterprise
from qifu.kernel.clock import local_date, now
from qifu.notices.models import Notice
from qifu.organisations.actions import handing_over
from qifu.organisations.actions.absences import Days, enter
from qifu.organisations.actions.accounts import create_user
from qifu.organisations.models import Post, PostKind, Unit, UnitKind, User, UserKind
from qifu.organisations.open_things import open_for
from tests.attachments.samples import picture, upload
from tests.cast import BEGINNING, PASSWORD, Cast
from tests.contracts.bends import BENDS
from tests.firms import Firms, make_firms
from tests.links import make_link, rating_link, token
from tests.story import SOLVED, Story, lay_rules

Args = dict[str, str]
# The steps to each state, the LEAD's unit being asked to do its own.
STATES = (
    "submitted",
    "to-dispatch",
    "dispatched",
    "handling",
    "approval",
    "review",
    "published",
)


@dataclass
class World:
    """The two counties, and the arguments by which an address names something of theirs."""

    cast: Cast
    other: Cast
    firms: Firms = field(init=False)
    targets: dict[str, Args] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    # The answer that a step on this case means.
    answers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for cast in (self.cast, self.other):
            lay_rules(cast.county)
        self.firms = make_firms(self.cast)
        other_firms = make_firms(self.other)
        at = now()
        # Numbers of two counties collide; here each case must be of one county only.
        NumberSeries(county=self.other.county, year=local_date(at).year, last=500).save()
        self._cases(other_firms, "there", self.other, at)
        self._cases(self.firms, "ours", self.cast, at)
        self._cases(self.firms, "foreign", self.cast, at)
        self._people(other_firms)
        self._places()
        for cast, owner in ((self.cast, "ours"), (self.other, "there")):
            self._leaving(cast, owner)
            self._conduct(cast, owner)

    def _cases(self, firms: Firms, owner: str, cast: Cast, at: datetime) -> None:
        foreign = owner == "foreign"
        firm = None if foreign else firms.lamps
        by = cast.clerk if foreign else cast.boss
        for state in STATES:
            story = Story(cast, at=at, enterprise=firm)
            _tell(story, state, by, foreign=foreign)
            self._note(f"{state} {owner}", story)
        for name, (state, bend) in BENDS.items():
            story = Story(cast, at=at, enterprise=firm)
            _tell(story, state, by, foreign=foreign)
            bend(story, cast.li if foreign else cast.zhu)
            self._note(f"{name} {owner}", story)
        old = Story(cast, at=at - timedelta(days=60), enterprise=firm)
        _tell(old, "published", by, foreign=foreign)
        self._note(f"over {owner}", old)
        declined = Story(cast, at=at, enterprise=firm).submitted(by)
        reason = DeclineReason.OUTSIDE
        accepting.decline(declined.appeal, reason, by=cast.zhou, at=at)
        self._note(f"declined {owner}", declined)
        self._note(f"local {owner}", _locally(Story(cast, at=at, enterprise=firm), foreign=foreign))

    def _note(self, target: str, story: Story) -> None:
        self.targets[target] = {"number": story.fresh().number}
        if hasattr(story, "answer"):
            self.answers[target] = str(story.reread().body_id)
            self.targets[f"link {target}"] = {
                "token": token(rating_link(story.answer, story.answer.published_at or now()))
            }
        for row in story.appeal.refusals.all():
            self.targets[f"letter {target}"] = self.targets[target] | {"letter": row.number}
        self._files(target, story)
        self._links(target, story)

    def _links(self, target: str, story: Story) -> None:
        """Name the link by which a unit's person signs, or its leader approves."""
        state, owner = target.rsplit(" ", 1)
        cast, foreign = story.cast, owner == "foreign"
        if state == "dispatched":
            (part,) = story.appeal.assignments.select_related("appeal__contact")
            liaison = cast.li if foreign else cast.zhu
            link = make_link(LinkStep.SIGN, part, liaison)
            self.targets[f"sign {target}"] = {"token": token_of(link)}
            number = {"number": story.appeal.number, "link": link.number}
            self.targets[f"link of {target}"] = number
        if state == "approval":
            link = make_link(LinkStep.APPROVE, story.answer, cast.zhao if foreign else cast.chen)
            proof = self.targets[f"proof {target}"]["code"]
            self.targets[f"approve {target}"] = {"token": token_of(link), "code": proof}

    def _files(self, target: str, story: Story) -> None:
        """Name the file of the case, and that of its answer."""
        answers = [story.answer] if hasattr(story, "answer") else []
        for row in Attachment.objects.kept_for(story.cast.county, story.appeal, *answers):
            args = {"number": story.appeal.number, "code": row.code, "name": row.name}
            own = row.subject_type == "appeals.appeal"
            self.targets[f"{'paper' if own else 'proof'} {target}"] = args

    def _people(self, other_firms: Firms) -> None:
        for cast, firms, owner in (
            (self.cast, self.firms, "ours"),
            (self.other, other_firms, "there"),
        ):
            at = now()
            (admin,) = bind_by_phone(cast.boss, at=at)
            invite(firms.tea, cast.clerk.phone, by=cast.zhou, at=at)
            (colleague,) = bind_by_phone(cast.clerk, at=at)
            photo = _file(cast.outsider, "执照.jpg")
            asked = ask_binding(firms.lamps, "灯饰厂会计", files=photo, by=cast.outsider, at=at)
            for name, firm in (("tea", firms.tea), ("lamps", firms.lamps)):
                self.targets[f"{name} {owner}"] = {"number": firm.number}
            self.targets[f"admin {owner}"] = _binding(firms.tea, admin)
            self.targets[f"colleague {owner}"] = _binding(firms.tea, colleague)
            self.targets[f"asked {owner}"] = {"number": asked.number}
            code = {"code": photo[0].code}
            self.targets[f"licence {owner}"] = {"number": asked.number} | code

    def _places(self) -> None:
        there = {"county": self.other.county, "created_at": now(), "password": "!"}
        User.objects.bulk_create(
            [User(kind=UserKind.STAFF, login="only-there", name="那边", **there)]
        )
        unit = Unit(
            county=self.other.county,
            code="only-there",
            kind=UnitKind.DEPARTMENT,
            name="县外局",
            short_name="县外局",
            valid_from=BEGINNING,
        )
        Unit.objects.bulk_create([unit])
        at = now()
        failed = Notice(
            county=self.cast.county,
            kind="E4",
            dedup="failed",
            address_kind="PHONE",
            address="1",
            made_at=at,
            hold_until=at,
            due_at=at,
            state="FAILED",
        )
        Notice.objects.bulk_create([failed])
        self.targets |= {
            "-": {},
            "2026": {"year": "2026"},
            "1949": {"year": "1949"},
            "to-accept": {"code": "to-accept"},
            "to-sign": {"code": "to-sign"},
            "zhu": {"login": "zhu"},
            "nobody": {"login": "only-there"},
            "finance": {"code": "jinrongban"},
            "nowhere": {"code": "only-there"},
            "idle": {"login": "idle"},
            "xu's post": {"login": "xu", "kind": "OFFICE_CALLBACK", "code": "xianban"},
            "zhu's post": {"login": "zhu", "kind": "LIAISON", "code": "jinrongban"},
            "a job": {"code": "notices-sweep"},
            "no job": {"code": "no-such-job"},
            "failed ours": {},
            "no link": {"token": f"341524-1-{'x' * 27}", "code": "none"},
        }

    def _leaving(self, cast: Cast, owner: str) -> None:
        """The liaison is away and going; the township's has been offered to the officer."""
        at = now()
        today = local_date(at)
        if owner == "ours":
            create_user(cast.county, login="idle", name="闲", password=PASSWORD, by=cast.sys, at=at)
        week = Days(today, today + timedelta(days=6), "TRIP")
        away = enter(cast.zhu, cast.finance, week, deputy=None, by=cast.zhu, at=at)
        self.targets[f"away {owner}"] = {"number": away.number}
        for name, leaver in (("paper", cast.zhu), ("offered", cast.qian)):
            paper = handing_over.start(leaver, "TRANSFER", today, by=cast.zhou, at=at)
            found = [each.family.code for each in open_for(leaver, today)]
            receivers = dict.fromkeys(found, cast.he)
            handing_over.name_receivers(paper, receivers, by=cast.zhou, at=at)
            self.targets[f"{name} {owner}"] = {"number": paper.number}
        handing_over.give(paper, by=cast.zhou, at=at)

    def _conduct(self, cast: Cast, owner: str) -> None:
        """Two complaints of the finance office; and one that names the supervisor himself."""
        at, by = now(), cast.boss
        # Numbers of two counties collide here, too.
        first = 1 if owner == "ours" else 500
        ComplaintSeries(county=cast.county, year=local_date(at).year, last=first).save()
        for name in ("complaint", "taken-up"):
            row = conduct.complain(cast.finance, "推了三次。", by=by, at=at)
            self.targets[f"{name} {owner}"] = {"number": row.number}
        conduct.take_up(row, by=cast.feng, at=at)
        other = {"county": cast.county, "unit": cast.government, "user": cast.zheng}
        post = Post(kind=PostKind.SUPERVISOR, valid_from=BEGINNING, **other)
        post.save()
        row = conduct.complain(cast.finance, "推了三次。", officer="冯监察", by=by, at=at)
        if owner == "ours":
            self.targets["complaint named"] = {"number": row.number}
        # He was needed for a moment only.
        Post.objects.in_county(cast.county).filter(pk=post.pk).delete()

    def sign_in(self, role: str, user: User | None) -> None:
        """Keep a session for the role; nobody is the anonymous one."""
        client = Client()
        if user is not None:
            client.force_login(user)
            self.sessions[role] = client.cookies[settings.SESSION_COOKIE_NAME].value

    def client(self, role: str) -> Client:
        """Return the role at a screen of its own, as if it had done nothing yet."""
        client = Client()
        if role in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role]
        return client


@contextmanager
def undone() -> Iterator[None]:
    """Let something happen, and then not have happened."""
    block = transaction.atomic()
    # Deeds insist on being outermost, except in the transactions of tests.
    block._from_testcase = True  # type: ignore[attr-defined]
    with block:
        yield
        transaction.set_rollback(True)


def _binding(firm: Enterprise, binding: Binding) -> Args:
    return {"number": firm.number, "binding": binding.number}


def _tell(story: Story, state: str, by: User, *, foreign: bool) -> None:
    cast = story.cast
    unit, liaison, leader = (
        (cast.labour, cast.li, cast.zhao) if foreign else (cast.finance, cast.zhu, cast.chen)
    )
    steps: tuple[Callable[[], object], ...] = (
        lambda: story.submitted(by, files=_file(by, "现场.jpg")),
        story.accepted,
        lambda: story.dispatched(lead=unit),
        lambda: story.signed(unit, liaison),
        lambda: story.replied(
            replace(SOLVED, files=_file(liaison, "凭证.jpg")), unit=unit, by=liaison
        ),
        lambda: story.approved(leader),
        # A moment ahead, so that the minute of undoing lasts as long as the test.
        lambda: story.wait(minutes=5).published(),
    )
    for step in steps[: STATES.index(state) + 1]:
        step()


def _file(by: User, name: str) -> list[Attachment]:
    sent = upload(picture(), name)
    return stage([sent], county=by.county, by=by, at=now()).rows


def _locally(story: Story, *, foreign: bool) -> Story:
    cast = story.cast
    unit, liaison = (cast.park, cast.fan) if foreign else (cast.township, cast.qian)
    said = story.said(channel=Channel.VISIT, place=unit)
    story.appeal = lodging.register(said, unit=unit, by=liaison, at=story.at)
    return story

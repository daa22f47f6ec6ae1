"""An enterprise wants its case kept from others: who sees it then, and under which number."""

from __future__ import annotations

from datetime import timedelta

import pytest

from qifu.appeals.actions import accepting, confiding, dispatching, noting, working
from qifu.appeals.actions.digesting import send_digests
from qifu.appeals.actions.lodging import register
from qifu.appeals.actions.viewing import name_viewer
from qifu.appeals.models import Appeal, Confidentiality
from qifu.appeals.queries import number_now
from qifu.appeals.rules import Channel, Nature
from qifu.appeals.veil import TO_STAFF
from qifu.enterprises.actions import bind_by_phone, invite
from qifu.kernel.clock import local_date
from qifu.kernel.errors import AlreadyDone, InvalidInput, NotAllowed, StaleState
from qifu.notices.models import Notice
from qifu.organisations.models import User
from tests.cast import PEOPLE, PERSONS
from tests.firms import make_firms
from tests.story import Story


def sees(story: Story) -> set[str]:
    """Name everybody who sees the case."""
    found = set()
    for name in (*PEOPLE, *PERSONS):
        user = User.objects.in_county(story.cast.county).get(pk=getattr(story.cast, name).pk)
        rows = Appeal.objects.visible_to(user, local_date(story.at))
        if rows.filter(pk=story.appeal.pk).exists():
            found.add(name)
    return found


def confided(story: Story) -> Story:
    return story.submitted(confidential=True)


def handed_out(story: Story) -> Story:
    """The director does what clerks do with other cases."""
    accepting.accept(story.fresh(), story.category, by=story.cast.wang, at=story.at)
    story.dispatch = dispatching.dispatch(
        story.fresh(), story.cast.finance, nature=Nature.GENERAL, by=story.cast.wang, at=story.at
    )
    story.fresh()
    return story


def test_only_who_said_it_the_director_and_oversight_see_it(story: Story) -> None:
    confided(story)

    assert sees(story) == {"boss", "wang", "feng"}


def test_after_dispatch_the_leader_sees_it_and_whom_he_names(story: Story) -> None:
    handed_out(confided(story))
    assert sees(story) == {"boss", "wang", "feng", "chen"}

    part = story.part(story.cast.finance)
    noting.sub_assign(part, story.cast.he, by=story.cast.chen, at=story.at)
    assert sees(story) == {"boss", "wang", "feng", "chen", "he"}

    noting.sub_assign(part, story.cast.zhu, by=story.cast.chen, at=story.at)
    assert sees(story) == {"boss", "wang", "feng", "chen", "zhu"}
    working.sign(story.part(story.cast.finance), by=story.cast.zhu, at=story.at)


def test_a_colleague_of_the_enterprise_sees_it_only_when_he_is_named(story: Story) -> None:
    firms = make_firms(story.cast)
    story.enterprise = firms.tea
    bind_by_phone(story.cast.boss, at=story.at)
    invite(firms.tea, story.cast.clerk.phone, by=story.cast.zhou, at=story.at)
    bind_by_phone(story.cast.clerk, at=story.at)
    confided(story)
    assert "clerk" not in sees(story)

    name_viewer(story.appeal, story.cast.clerk, "由会计跟进", by=story.cast.wang, at=story.at)

    assert "clerk" in sees(story)
    with pytest.raises(InvalidInput, match="这家企业的人员"):
        name_viewer(story.appeal, story.cast.outsider, "看看", by=story.cast.wang, at=story.at)


def test_what_the_office_wrote_down_is_confided_to_the_number_that_was_left(story: Story) -> None:
    firms = make_firms(story.cast)
    story.enterprise = firms.tea
    bind_by_phone(story.cast.boss, at=story.at)
    said = story.said(channel=Channel.PHONE, confidential=True, confidential_words="电话里说的")
    story.appeal = register(said, unit=story.cast.office, by=story.cast.zhou, at=story.at)

    assert sees(story) == {"boss", "wang", "feng"}


def test_a_unit_does_not_write_down_what_is_kept_from_its_own_people(story: Story) -> None:
    said = story.said(channel=Channel.VISIT, confidential=True, confidential_words="怕打击报复")

    with pytest.raises(InvalidInput, match="由县办登记"):
        register(said, unit=story.cast.township, by=story.cast.qian, at=story.at)


@pytest.mark.parametrize("who", ["sys", "sec", "auditor"])
def test_no_administrator_is_named_a_viewer(story: Story, who: str) -> None:
    confided(story)

    with pytest.raises(InvalidInput, match="不看诉求"):
        name_viewer(story.appeal, getattr(story.cast, who), "看看", by=story.cast.wang, at=story.at)


def test_a_number_is_left_out_now_and_then_and_taken_by_a_confidential_case(story: Story) -> None:
    common = [story.submitted().appeal.number for _ in range(40)]
    places = [int(number[5:]) for number in common]
    assert places == sorted(set(places))
    left_out = set(range(1, places[-1])) - set(places)

    secret = confided(story).appeal.number

    assert int(secret[5:]) in left_out
    assert int(story.submitted().appeal.number[5:]) > places[-1]


def test_what_is_kept_later_gets_another_number_and_the_old_one_leads_nowhere(
    story: Story,
) -> None:
    story.submitted().accepted().dispatched(story.cast.labour).signed()
    name_viewer(story.appeal, story.cast.he, "会商", by=story.cast.wang, at=story.at)
    old = story.appeal.number

    confiding.keep_confidential(story.fresh(), "老板来电", by=story.cast.zhou, at=story.at)

    case, on = story.fresh(), local_date(story.at)
    assert case.number != old
    # The liaison has it in hand; who helped and who was named see it no more.
    assert sees(story) == {"boss", "wang", "feng", "chen", "zhu"}
    assert number_now(story.cast.boss, old, on) == case.number
    assert number_now(story.cast.zhou, old, on) is None
    assert story.part(story.cast.labour).state == "CALLED_OFF"
    assert not Notice.objects.in_county(case.county).filter(body__contains=old).exists()
    row = Confidentiality.objects.in_county(case.county).get()
    assert (row.old_number, row.kept) == (old, True)


def test_the_director_names_anew_whoever_saw_it_before(story: Story) -> None:
    story.submitted()
    name_viewer(story.appeal, story.cast.he, "会商", by=story.cast.wang, at=story.at)
    confiding.keep_confidential(story.fresh(), by=story.cast.boss, at=story.at)
    assert "he" not in sees(story)

    name_viewer(story.fresh(), story.cast.he, "还要会商", by=story.cast.wang, at=story.at)

    assert "he" in sees(story)


def test_it_is_lifted_by_the_enterprise_or_the_director_and_nobody_else(story: Story) -> None:
    confided(story)
    case = story.fresh()
    with pytest.raises(NotAllowed):
        confiding.lift_confidence(case, "不用了", by=story.cast.zhou, at=story.at)
    with pytest.raises(InvalidInput, match="没有写原因"):
        confiding.lift_confidence(case, by=story.cast.wang, at=story.at)

    confiding.lift_confidence(case, by=story.cast.boss, at=story.at, key="1")

    assert "zhou" in sees(story)
    with pytest.raises(AlreadyDone):
        confiding.lift_confidence(case, by=story.cast.boss, at=story.at, key="1")
    with pytest.raises(StaleState):
        confiding.lift_confidence(story.fresh(), by=story.cast.boss, at=story.at)


def test_a_clerk_says_why_and_a_unit_keeps_nothing_from_others(story: Story) -> None:
    story.submitted().accepted().dispatched()

    with pytest.raises(InvalidInput, match="没有写原因"):
        confiding.keep_confidential(story.fresh(), by=story.cast.zhou, at=story.at)
    with pytest.raises(NotAllowed):
        confiding.keep_confidential(story.fresh(), "别看", by=story.cast.zhu, at=story.at)


def test_whoever_was_slower_learns_that_it_is_kept_already(story: Story) -> None:
    story.submitted()
    slow = story.fresh()
    confiding.keep_confidential(story.fresh(), by=story.cast.boss, at=story.at)

    with pytest.raises(StaleState):
        confiding.keep_confidential(slow, "老板来电", by=story.cast.zhou, at=story.at)


def test_it_is_confided_to_one_unit(story: Story) -> None:
    confided(story)
    accepting.accept(story.fresh(), story.category, by=story.cast.wang, at=story.at)

    with pytest.raises(InvalidInput, match="只交一个单位"):
        dispatching.dispatch(
            story.fresh(), story.cast.finance, [story.cast.labour], nature=Nature.GENERAL,
            by=story.cast.wang, at=story.at,
        )  # fmt: skip


def test_a_message_says_that_there_is_something_and_nothing_else(story: Story) -> None:
    handed_out(confided(story))

    bodies = set(Notice.objects.in_county(story.cast.county).values_list("body", flat=True))

    assert TO_STAFF in bodies
    assert all("编号" not in body and "金融办" not in body for body in bodies)
    roles = Notice.objects.in_county(story.cast.county).exclude(role="").values_list("role")
    assert {role for (role,) in roles} == {"RESPONSIBLE_LEADER"}


def test_whom_the_unit_gave_it_to_hears_that_there_is_something(story: Story) -> None:
    handed_out(confided(story))

    noting.sub_assign(
        story.part(story.cast.finance), story.cast.he, by=story.cast.chen, at=story.at
    )

    told = Notice.objects.in_county(story.cast.county).get(kind="U1H")
    assert (told.person, told.body) == (story.cast.he.pk, TO_STAFF)


def test_no_word_finds_for_oversight_what_its_lists_mask(story: Story) -> None:
    confided(story)
    cast, number = story.cast, story.appeal.number

    def found(user: User, words: str) -> bool:
        rows = Appeal.objects.visible_to(user, local_date(story.at))
        return rows.search(words, user).exists()

    assert found(cast.feng, number)
    assert not found(cast.feng, "立夏茶业")
    assert not found(cast.feng, story.appeal.problem.body[:6])
    assert found(cast.wang, "立夏茶业")


def test_no_digest_names_it(story: Story) -> None:
    handed_out(confided(story))
    part = story.part(story.cast.finance)
    noting.sub_assign(part, story.cast.zhu, by=story.cast.chen, at=story.at)
    story.at += timedelta(days=6)

    send_digests(story.cast.county, at=story.at)

    number = story.fresh().number
    assert (
        not Notice.objects.in_county(number and story.cast.county)
        .filter(body__contains=number)
        .exists()
    )

"""免登链接, attacked: whatever is not this person's one step on this one case opens nothing."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from django.test import Client

from qifu.appeals import links
from qifu.appeals.actions import linking, noting
from qifu.appeals.lifecycle import Work
from qifu.appeals.models import Appeal, LinkStep, Means, Rating, StepLink
from qifu.journal.models import Event
from qifu.kernel.clock import now
from qifu.kernel.errors import NotAllowed, StaleState
from qifu.notices.models import Notice
from tests.cast import COUNTY, OTHER_COUNTY, Cast
from tests.links import make_link, token
from tests.story import PROBLEM, Story, lay_rules
from tests.web.links.reading import shut, state
from tests.web.portal.reading import words

FIVE_MINUTES = timedelta(minutes=5)


def test_the_link_of_the_message_signs_once(
    story: Story, to_sign: StepLink, client: Client
) -> None:
    path = links.path_of(to_sign)

    page = client.get(path)
    answer = client.post(path)

    assert PROBLEM in words(page)
    assert (answer.status_code, answer.headers["Location"]) == (303, path)
    assert state(story) == Work.HANDLING
    assert story.part(story.cast.finance).handler == story.cast.zhu


@pytest.mark.parametrize("place", range(-27, 0, 5))
def test_one_sign_altered_and_there_is_no_such_link(
    to_sign: StepLink, client: Client, place: int
) -> None:
    good = links.token_of(to_sign)
    other = "A" if good[place] != "A" else "B"
    forged = f"{good[:place]}{other}{good[place:][1:]}"

    answer = client.get(f"/desk/links/{forged}/")

    assert answer.status_code == 404
    assert "这个链接打不开" in shut(answer)
    assert client.post(f"/desk/links/{forged}/").status_code == 404


@pytest.mark.parametrize(
    "guess",
    ["x", "341524-1-", "341524-1-AAAA", "999999-1-" + "A" * 27, "341524-" + "9" * 40, "%00", "一"],
)
def test_what_looks_like_no_link_is_none(story: Story, client: Client, guess: str) -> None:
    for face in ("", "/desk"):
        assert client.get(f"{face}/links/{guess}/").status_code == 404


def test_the_signature_of_one_case_opens_no_other(
    story: Story, to_sign: StepLink, client: Client
) -> None:
    other = Story(story.cast, at=story.at).submitted().accepted().dispatched()
    part = other.part(other.cast.finance)
    second = make_link(LinkStep.SIGN, part, story.cast.zhu)
    county, _, signature = links.token_of(to_sign).split("-", 2)

    answer = client.post(f"/desk/links/{county}-{second.pk}-{signature}/")

    assert answer.status_code == 404
    assert other.part(other.cast.finance).state == Work.DISPATCHED


def test_a_link_for_one_step_takes_no_other(
    story: Story, to_sign: StepLink, client: Client
) -> None:
    given = {"agreed": "yes", "outcome": "SOLVED", "body": "办好了", "words": "x", "reached": "no"}
    client.post(links.path_of(to_sign), given)

    assert state(story) == Work.HANDLING
    assert story.appeal.answers.count() == story.appeal.notes.count() == 0
    # Nor does the face of the enterprise open what is a unit's, or the other way round.
    assert client.get(f"/links/{links.token_of(to_sign)}/").status_code == 404


def test_sent_again_it_writes_nothing_and_shows_nothing(
    story: Story, to_sign: StepLink, client: Client
) -> None:
    path = links.path_of(to_sign)
    client.post(path)
    before = Event.objects.in_county(COUNTY).count()

    again, look = client.post(path), client.get(path)

    assert again.status_code == 409
    shut(again)
    assert "已办好：签收" in shut(look)
    assert Event.objects.in_county(COUNTY).count() == before


def test_a_note_is_written_once_however_often_it_is_sent(story: Story, client: Client) -> None:
    story.submitted().accepted().dispatched().signed()
    link = make_link(LinkStep.INTERIM, story.part(story.cast.finance), story.cast.zhu)
    path = links.path_of(link)

    first = client.post(path, {"words": "银行下周到厂里。", "once_key": "a"})
    double = client.post(path, {"words": "银行下周到厂里。", "once_key": "a"})
    other = client.post(path, {"words": "换一句话，再发给企业一次。", "once_key": "b"})

    assert (first.status_code, double.status_code, other.status_code) == (303, 303, 409)
    assert "换一句话，再发给企业一次。" in words(other)
    assert story.appeal.notes.count() == 1


def test_two_at_the_same_moment_spend_it_once(story: Story) -> None:
    story.submitted().accepted().dispatched().signed()
    link = make_link(LinkStep.NOTE, story.part(story.cast.finance), story.cast.zhu)
    stale = StepLink.objects.in_county(COUNTY).select_related("person", "appeal").get(pk=link.pk)
    part = story.part(story.cast.finance)

    def note(one: StepLink, said: str) -> None:
        linking.use(one, lambda **given: noting.note(part, said, **given), at=now())

    note(link, "第一条")
    with pytest.raises(StaleState):
        note(stale, "第二条")

    assert story.appeal.notes.count() == 1


def test_taken_back_it_is_dead_and_only_the_office_or_its_holder_takes_it_back(
    story: Story, to_sign: StepLink, client: Client
) -> None:
    with pytest.raises(NotAllowed):
        linking.revoke(to_sign, by=story.cast.li, at=now())

    linking.revoke(to_sign, by=story.cast.zhou, at=now())

    assert "已经作废" in shut(client.get(links.path_of(to_sign)))
    assert client.post(links.path_of(to_sign)).status_code == 409
    assert state(story) == Work.DISPATCHED


def test_a_second_device_sees_nothing_once_the_first_has_used_it(
    story: Story, to_sign: StepLink
) -> None:
    one, other = Client(), Client()
    one.get(links.path_of(to_sign))
    other.get(links.path_of(to_sign))

    first, second = one.post(links.path_of(to_sign)), other.post(links.path_of(to_sign))

    assert (first.status_code, second.status_code) == (303, 409)
    shut(second)
    shut(other.get(links.path_of(to_sign)))


@pytest.mark.parametrize(
    ("method", "headers"),
    [("HEAD", {}), ("GET", {"Sec-Purpose": "prefetch;prerender"}), ("GET", {"Purpose": "preview"})],
)
def test_a_machine_that_looks_ahead_reads_nothing_and_counts_for_nothing(
    story: Story, to_sign: StepLink, client: Client, method: str, headers: dict[str, str]
) -> None:
    before = Event.objects.in_county(COUNTY).count()

    answer = client.generic(method, links.path_of(to_sign), headers=headers)

    assert (answer.status_code, answer.content) == (200, b"")
    assert Event.objects.in_county(COUNTY).count() == before


def test_opening_changes_nothing_but_is_in_the_journal(
    story: Story, to_sign: StepLink, client: Client
) -> None:
    client.get(links.path_of(to_sign))
    client.get(links.path_of(to_sign))

    assert state(story) == Work.DISPATCHED
    opened = Event.objects.in_county(COUNTY).filter(kind="link.opened")
    assert opened.count() == 2
    client.post(links.path_of(to_sign))
    used = Event.objects.in_county(COUNTY).get(kind="appeal.signed")
    assert (used.actor, used.data["link"]) == (story.cast.zhu.pk, to_sign.number)


def test_the_token_is_nowhere_to_be_read(
    story: Story, to_sign: StepLink, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    # The signature itself may have hyphens: what is after the county and the number.
    secret = links.token_of(to_sign).split("-", 2)[2]
    with caplog.at_level(logging.DEBUG):
        answer = client.get(links.path_of(to_sign))

    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "strict-origin"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    rows = [str(StepLink.objects.in_county(COUNTY).values().get(pk=to_sign.pk))]
    rows += [each.body for each in Notice.objects.in_county(COUNTY)]
    rows += [f"{each.data}{each.rows}" for each in Event.objects.in_county(COUNTY)]
    assert not [row for row in rows if secret in row]


def test_the_log_keeps_no_token() -> None:
    from qifu.config.reticence import Reticent

    said = logging.LogRecord("x", 30, "", 0, "Not Found: %s", ("/desk/links/341524-1-Ab_9/",), None)

    assert Reticent().filter(said)
    assert said.getMessage() == "Not Found: /desk/links/…/"


def test_a_link_of_one_county_acts_in_no_other(
    story: Story, to_sign: StepLink, other_cast: Cast, client: Client
) -> None:
    lay_rules(OTHER_COUNTY)
    there = links.token_of(to_sign).replace(COUNTY, OTHER_COUNTY)

    assert client.get(f"/desk/links/{there}/").status_code == 404
    assert not Appeal.objects.in_county(OTHER_COUNTY).exists()


def test_a_worker_of_a_unit_with_the_enterprises_link_is_turned_away(
    story: Story, client: Client
) -> None:
    story.walked()
    link = make_link(LinkStep.RATE, story.reread(), None, story.reread().published_at)
    client.force_login(story.cast.zhu)

    assert client.post(links.path_of(link), {"grade": "5"}).status_code == 403
    assert not Rating.objects.in_county(COUNTY).exists()


def test_a_contact_on_the_desk_kills_the_link_for_it(story: Story, client: Client) -> None:
    story.submitted().accepted().dispatched().signed()
    part = story.part(story.cast.finance)
    link = make_link(LinkStep.CONTACT, part, story.cast.zhu, now() - timedelta(minutes=1))
    noting.contact(part, now(), Means.PHONE, reached=True, by=story.cast.zhu, at=now())

    assert "已经办过了" in shut(client.get(links.path_of(link)))
    assert token(links.path_of(link)) == links.token_of(link)

"""Two at once: one of them does it, the other is told, and nothing is overwritten."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from qifu.appeals.actions import accepting, dispatching, rating, working
from qifu.appeals.models import Acceptance, Appeal, Dispatch, Rating, Signature
from qifu.appeals.rules import Nature
from qifu.kernel.errors import AlreadyDone, DomainError, StaleState
from tests.story import GOOD, Story

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds: Callable[[], object]) -> list[str]:
    """Let all begin at the same moment and return how each ended."""
    start, ends = Barrier(len(deeds)), []

    def run(one: Callable[[], object]) -> None:
        try:
            start.wait()
            one()
            ends.append("done")
        except DomainError as error:
            ends.append(type(error).__name__)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(one,)) for one in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends)


def test_two_clerks_dispatch_at_once_and_the_second_is_told(story: Story) -> None:
    story.submitted().accepted()
    cast = story.cast

    def dispatch(lead: object, by: object) -> Callable[[], object]:
        seen = Appeal.objects.in_county(cast.county).select_related("contact").get()
        return lambda: dispatching.dispatch(
            seen,
            lead,  # type: ignore[arg-type]
            nature=Nature.GENERAL,
            by=by,  # type: ignore[arg-type]
            at=story.at,
        )

    ends = at_once(dispatch(cast.finance, cast.zhou), dispatch(cast.labour, cast.wang))

    assert ends == [StaleState.__name__, "done"]
    assert Dispatch.objects.in_county(cast.county).count() == 1


def test_one_form_sent_twice_at_once_is_accepted_once_and_nobody_sees_an_error(
    story: Story,
) -> None:
    story.submitted()
    category = story.category

    def accept() -> object:
        seen = Appeal.objects.in_county(story.cast.county).get()
        return accepting.accept(seen, category, by=story.cast.zhou, at=story.at, key="f")

    ends = at_once(accept, accept)

    assert ends == [AlreadyDone.__name__, "done"]
    assert Acceptance.objects.in_county(story.cast.county).count() == 1


def test_a_clerk_takes_back_while_the_unit_signs_and_one_of_them_wins(story: Story) -> None:
    story.submitted().accepted().dispatched()
    part, order = story.part(story.cast.finance), story.dispatch

    ends = at_once(
        lambda: working.sign(part, by=story.cast.zhu, at=story.at),
        lambda: dispatching.take_back(order, by=story.cast.zhou, at=story.at),
    )

    assert ends == [StaleState.__name__, "done"]
    signed = Signature.objects.in_county(story.cast.county).count()
    assert story.fresh().state == ("HANDLING" if signed else "TO_DISPATCH")


def test_a_link_and_an_account_rate_at_once_and_one_rating_stays(story: Story) -> None:
    story.walked()

    def rate(by: object) -> Callable[[], object]:
        answer = story.reread()
        return lambda: rating.rate(answer, GOOD, by=by, at=story.at)  # type: ignore[arg-type]

    ends = at_once(rate(None), rate(story.cast.boss))

    assert ends == [StaleState.__name__, "done"]
    assert Rating.objects.in_county(story.cast.county).count() == 1

"""Two at once: one of them does it, the other is told, and nothing is overwritten."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from qifu.appeals.actions import accepting, dispatching, merging, rating, splitting, working
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


def test_two_cases_merged_into_each_other_at_once_make_no_ring(story: Story) -> None:
    first = story.submitted().appeal
    second = Story(story.cast, at=story.at).submitted().appeal
    cases = Appeal.objects.in_county(story.cast.county)

    def merge(child: Appeal, parent: Appeal) -> Callable[[], object]:
        seen, into = cases.get(pk=child.pk), cases.get(pk=parent.pk)
        return lambda: merging.merge(seen, into, "同一件事", by=story.cast.zhou, at=story.at)

    ends = at_once(merge(first, second), merge(second, first))

    assert ends == [StaleState.__name__, "done"]
    assert cases.filter(state="MERGED").count() == 1
    assert cases.filter(followers=1, merged_into=None).count() == 1


def test_a_case_is_merged_into_one_that_is_being_merged_and_there_is_no_chain(
    story: Story,
) -> None:
    first, second, third = (Story(story.cast, at=story.at).submitted().appeal for _ in range(3))
    cases = Appeal.objects.in_county(story.cast.county)

    def merge(child: Appeal, parent: Appeal) -> Callable[[], object]:
        seen, into = cases.get(pk=child.pk), cases.get(pk=parent.pk)
        return lambda: merging.merge(seen, into, "同一件事", by=story.cast.zhou, at=story.at)

    ends = at_once(merge(first, second), merge(second, third))

    assert ends == [StaleState.__name__, "done"]
    assert not cases.filter(merged_into__merged_into__isnull=False).exists()


def test_while_two_join_one_parent_none_is_lost_count_of(story: Story) -> None:
    first, second, parent = (Story(story.cast, at=story.at).submitted().appeal for _ in range(3))
    cases = Appeal.objects.in_county(story.cast.county)

    def merge(child: Appeal) -> Callable[[], object]:
        seen, into = cases.get(pk=child.pk), cases.get(pk=parent.pk)
        return lambda: merging.merge(seen, into, "同一件事", by=story.cast.zhou, at=story.at)

    ends = at_once(merge(first), merge(second))

    merged = cases.filter(merged_into=parent).count()
    assert ends.count("done") == merged == cases.get(pk=parent.pk).followers


def test_two_split_at_once_and_one_accepts_meanwhile(story: Story) -> None:
    story.submitted(problem="流动资金缺300万元。茶园那条路塌了。")
    said = splitting.Parting("茶园那条路塌了。", "流动资金缺300万元。", "两个单位")

    def seen() -> Appeal:
        rows = Appeal.objects.in_county(story.cast.county)
        return rows.select_related("contact", "problem", "said_enterprise").get()

    cases = [seen(), seen()]
    ends = at_once(
        lambda: splitting.split(cases[0], said, by=story.cast.zhou, at=story.at),
        lambda: splitting.split(cases[1], said, by=story.cast.wang, at=story.at),
    )

    assert ends == [StaleState.__name__, "done"]
    assert Appeal.objects.in_county(story.cast.county).count() == 2
    first = Appeal.objects.in_county(story.cast.county).order_by("pk")
    stale = first.select_related("contact", "problem", "said_enterprise")[0]
    accepting.accept(story.fresh(), story.category, by=story.cast.zhou, at=story.at)
    with pytest.raises(StaleState):
        splitting.split(stale, said, by=story.cast.wang, at=story.at)

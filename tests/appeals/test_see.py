"""Who sees a case: one policy, and what it does not show does not exist."""

from datetime import timedelta

import pytest

from qifu.appeals.actions.viewing import name_viewer
from qifu.appeals.actions.working import hand_up
from qifu.appeals.models import Appeal
from qifu.enterprises.models import Binding, BindingState, Enterprise, Tie, TieKind, Via
from qifu.kernel.clock import local_date
from qifu.kernel.errors import InvalidInput, NotAllowed
from qifu.organisations.models import Unit, User
from tests.story import Story


def sees(user: User, story: Story) -> bool:
    # The reach is read once for an account; a test changes posts under its feet.
    user = User.objects.in_county(user.county).get(pk=user.pk)
    return Appeal.objects.visible_to(user, local_date(story.at)).exists()


@pytest.mark.parametrize("who", ["wang", "zhou", "wu", "xu", "zheng", "feng"])
def test_office_leader_and_oversight_see_every_case(story: Story, who: str) -> None:
    story.submitted()

    assert sees(getattr(story.cast, who), story)


@pytest.mark.parametrize("who", ["sys", "sec", "auditor"])
def test_no_administrator_sees_a_case(story: Story, who: str) -> None:
    story.walked()

    assert not sees(getattr(story.cast, who), story)


def test_a_unit_sees_what_it_has_a_part_in(story: Story) -> None:
    story.submitted().accepted()
    assert not sees(story.cast.zhu, story)

    story.dispatched(story.cast.labour)

    assert sees(story.cast.zhu, story)
    assert sees(story.cast.chen, story)
    assert sees(story.cast.li, story)
    assert not sees(story.cast.qian, story)


def test_a_township_goes_on_seeing_what_it_handed_up(story: Story) -> None:
    story.lodged_locally()
    part = story.part(story.cast.township)
    hand_up(part, "FUND", "试过", by=story.cast.qian, at=story.at)

    assert sees(story.cast.qian, story)


def test_a_successor_sees_what_its_predecessors_had(story: Story) -> None:
    story.submitted().accepted().dispatched()
    heir, old = story.cast.park, story.cast.finance
    Unit._base_manager.filter(pk=heir.pk).update(absorbed=[old.pk])

    assert sees(story.cast.fan, story)


def test_a_person_sees_what_he_submitted_and_nothing_else(story: Story) -> None:
    story.submitted()

    assert sees(story.cast.boss, story)
    assert not sees(story.cast.outsider, story)


@pytest.fixture
def firm(story: Story) -> Enterprise:
    firm = Enterprise(
        county=story.cast.county,
        uscc="91341524MA2EW64345",
        name="立夏茶业有限公司",
        registered_at=story.at,
        township=story.cast.township,
    )
    firm.save()
    story.enterprise = firm
    return firm


def test_whoever_is_bound_to_the_enterprise_sees_its_cases(story: Story, firm: Enterprise) -> None:
    story.submitted()
    binding = Binding(
        county=story.cast.county,
        enterprise=firm,
        person=story.cast.clerk,
        via=Via.OFFICE,
        state=BindingState.ACTIVE,
        made_at=story.at,
        valid_from=local_date(story.at),
    )
    binding.save()
    assert sees(story.cast.clerk, story)

    Binding._base_manager.update(state=BindingState.ENDED)
    assert not sees(story.cast.clerk, story)


def test_the_paired_officer_sees_his_enterprises_cases_while_he_is_paired(
    story: Story, firm: Enterprise
) -> None:
    story.submitted()
    assert not sees(story.cast.he, story)

    today = local_date(story.at)
    Tie(
        county=story.cast.county,
        enterprise=firm,
        user=story.cast.he,
        kind=TieKind.PAIRING,
        valid_from=today - timedelta(days=30),
    ).save()
    assert sees(story.cast.he, story)

    Tie._base_manager.update(valid_to=today)
    assert not sees(story.cast.he, story)


def test_somebody_named_by_the_director_sees_the_one_case(story: Story) -> None:
    story.submitted()
    assert not sees(story.cast.li, story)

    name_viewer(story.appeal, story.cast.li, "参与会商", by=story.cast.wang, at=story.at)

    assert sees(story.cast.li, story)


def test_only_the_director_names_a_viewer_and_only_a_colleague(story: Story) -> None:
    story.submitted()

    with pytest.raises(NotAllowed):
        name_viewer(story.appeal, story.cast.li, "看看", by=story.cast.zhou, at=story.at)
    with pytest.raises(InvalidInput, match="本县的工作人员"):
        name_viewer(story.appeal, story.cast.outsider, "看看", by=story.cast.wang, at=story.at)


def test_nothing_of_one_county_is_seen_in_the_other(story: Story, other_story: Story) -> None:
    story.walked()

    for who in vars(other_story.cast).values():
        if isinstance(who, User):
            assert not Appeal.objects.visible_to(who, local_date(story.at)).exists()

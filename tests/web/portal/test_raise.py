"""说一说难处: three short steps, kept from the first on, sent once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.test import Client

from qifu.appeals.models import Appeal
from qifu.appeals.promises import handed_out_by
from qifu.kernel.clock import now
from qifu.web.ui.dates import letter_date
from qifu.web.ui.middleware import CLICKED
from tests.cast import COUNTY, OTHER_COUNTY
from tests.firms import Firms
from tests.story import PROBLEM, Story, lay_rules
from tests.web.portal.reading import last_code, read, words

PROBLEM_STEP, ENTERPRISE_STEP = "/raise/problem/", "/raise/enterprise/"
CONTACT_STEP, CHECK_STEP = "/raise/contact/", "/raise/check/"
PHONE = "13955550123"


def said(client: Client, problem: str = PROBLEM, **more: str) -> Any:
    return client.post(PROBLEM_STEP, {"problem": problem, **more})


def named(client: Client, name: str = "天堂寨竹木加工厂", **more: str) -> Any:
    return client.post(ENTERPRISE_STEP, {"name": name, **more})


def reached(client: Client, **more: str) -> Any:
    given = {"contact_name": "吴经理", "contact_way": "PHONE"}
    return client.post(CONTACT_STEP, {**given, **more})


def checked(client: Client) -> str:
    """Return the one-time key on the last page before sending."""
    return str(client.get(CHECK_STEP).context["draft"].key)


def ready(client: Client) -> str:
    said(client), named(client), reached(client)
    return checked(client)


def cases() -> list[Appeal]:
    rows = Appeal.objects.in_county(COUNTY).select_related("problem", "contact", "category")
    return list(rows.order_by("pk"))


def test_somebody_unknown_says_it_signs_in_on_the_way_and_sends_it(
    story: Story, client: Client
) -> None:
    assert said(client, category="finance").headers["Location"] == ENTERPRISE_STEP
    assert named(client, place="341524202").headers["Location"] == CONTACT_STEP
    there = reached(client, contact_phone="139-5555 0123").headers["Location"]
    assert there.startswith("/sign-in/code/")
    answer = client.post(there, {"code": last_code(PHONE), "next": CHECK_STEP})
    assert answer.headers["Location"] == CHECK_STEP
    page = read(client, CHECK_STEP)
    for word in (PROBLEM, "融资金融", "天堂寨竹木加工厂", "油坊店乡", "吴经理", "139****0123"):
        assert word in page
    assert letter_date(handed_out_by(COUNTY, now())) in page

    answer = client.post(CHECK_STEP, {"once_key": checked(client)})

    (case,) = cases()
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith(f"/appeals/{case.number}/next/")
    assert (case.problem.body, case.contact.body) == (PROBLEM, PHONE)
    assert (case.place, case.category and case.category.code) == (story.cast.township, "finance")
    assert case.number in read(client, answer.headers["Location"])


def test_who_is_signed_in_is_not_asked_for_his_phone(story: Story, boss: Client) -> None:
    said(boss), named(boss)
    assert "139****0001" in read(boss, CONTACT_STEP)

    reached(boss)

    assert "139****0001" in read(boss, CHECK_STEP)


def test_who_is_signed_in_may_be_reached_elsewhere(story: Story, boss: Client) -> None:
    said(boss), named(boss)
    boss.post(
        f"{CONTACT_STEP}?phone=another",
        {"contact_name": "吴经理", "contact_phone": "05647350001", "contact_way": "VISIT"},
    )

    boss.post(CHECK_STEP, {"once_key": checked(boss)})

    (case,) = cases()
    assert (case.contact.body, case.contact_way) == ("0564-7350001", "VISIT")


def test_ones_own_enterprise_is_a_card_to_pick(tea: Story, boss: Client, firms: Firms) -> None:
    said(boss)
    assert "安徽立夏茶业有限公司" in read(boss, ENTERPRISE_STEP)

    boss.post(ENTERPRISE_STEP, {"own": firms.tea.number})
    reached(boss)
    boss.post(CHECK_STEP, {"once_key": checked(boss)})

    (case,) = cases()
    assert (case.enterprise, case.place) == (firms.tea, tea.cast.township)


def test_who_speaks_for_enterprises_picks_one_or_writes_another(tea: Story, boss: Client) -> None:
    said(boss)
    answer = boss.post(ENTERPRISE_STEP, {"name": ""})
    assert answer.status_code == 422
    assert "还差1处没填好" in words(answer)
    assert "还没选是哪家企业的事" in words(answer)
    assert "还没写企业名称" not in words(answer)

    answer = boss.post(ENTERPRISE_STEP, {"own": "another", "name": " "})
    assert "企业名称" in words(answer)
    assert answer.status_code == 422

    assert named(boss).status_code == 303
    assert checked_name(boss) == ("", "天堂寨竹木加工厂")


def test_a_name_of_the_register_is_offered_and_not_forced(
    story: Story, firms: Firms, outsider: Client
) -> None:
    said(outsider)
    answer = named(outsider, "立夏")
    assert answer.status_code == 422
    assert "安徽立夏茶业有限公司" in words(answer)
    assert 'value="立夏"' in answer.content.decode()

    assert named(outsider, "立夏", match="as-typed").status_code == 303
    assert checked_name(outsider) == ("", "立夏")
    assert named(outsider, "立夏", match=firms.tea.number).status_code == 303
    assert checked_name(outsider) == (firms.tea.number, "安徽立夏茶业有限公司")
    assert named(outsider, "皖西灯饰制造有限公司").status_code == 303
    assert checked_name(outsider)[0] == firms.lamps.number


def checked_name(client: Client) -> tuple[str, str]:
    draft = client.session["draft"]
    return draft["enterprise"], draft["enterprise_name"]


def test_names_are_looked_up_while_typing_and_only_of_this_county(
    story: Story, firms: Firms, other_firms: Firms, outsider: Client
) -> None:
    said(outsider)
    by_script = {"HX-Request": "true"}

    part = outsider.get(ENTERPRISE_STEP, {"name": "灯饰"}, headers=by_script)

    assert words(part).count("皖西灯饰制造有限公司") == 1
    assert "<html" not in part.content.decode()
    assert firms.lamps.number in part.content.decode()
    assert "立夏" not in words(outsider.get(ENTERPRISE_STEP, {"name": "夏"}, headers=by_script))


def test_sent_twice_it_is_one_and_both_times_the_same_is_shown(story: Story, boss: Client) -> None:
    key = ready(boss)

    first = boss.post(CHECK_STEP, {"once_key": key})
    again = boss.post(CHECK_STEP, {"once_key": key})

    assert first.headers["Location"] == again.headers["Location"]
    assert len(cases()) == 1


def test_an_answer_that_never_arrived_loses_nothing(story: Story, boss: Client) -> None:
    boss.post(CHECK_STEP, {"once_key": ready(boss)})

    # The page that shows the result was never opened, so all is still there to be sent.
    answer = boss.post(CHECK_STEP, {"once_key": checked(boss)})
    assert len(cases()) == 1

    boss.get(answer.headers["Location"])
    assert boss.get(CHECK_STEP).headers["Location"] == PROBLEM_STEP


def test_a_result_looked_at_again_does_not_throw_a_new_draft_away(
    story: Story, boss: Client
) -> None:
    answer = boss.post(CHECK_STEP, {"once_key": ready(boss)})
    boss.get(answer.headers["Location"])
    said(boss, "厂门口的路塌了，货车进不来。")

    boss.get(answer.headers["Location"])

    assert "厂门口的路塌了" in read(boss, PROBLEM_STEP)


def test_changed_words_are_another_submission(story: Story, boss: Client) -> None:
    key = ready(boss)
    said(boss, "厂门口的路塌了，货车进不来。")

    assert checked(boss) != key


def test_steps_cannot_be_skipped(story: Story, client: Client, boss: Client) -> None:
    assert client.get(CHECK_STEP).headers["Location"] == PROBLEM_STEP
    assert client.get(CONTACT_STEP).headers["Location"] == PROBLEM_STEP
    said(client)
    assert client.get(CONTACT_STEP).headers["Location"] == ENTERPRISE_STEP
    assert client.post(CHECK_STEP, {"once_key": "k"}).headers["Location"] == ENTERPRISE_STEP
    named(client)
    assert client.get(CHECK_STEP).headers["Location"] == CONTACT_STEP
    assert not cases()


def test_without_a_proved_phone_nothing_is_sent(story: Story, client: Client) -> None:
    said(client), named(client), reached(client, contact_phone=PHONE)

    answer = client.post(CHECK_STEP, {"once_key": "k"})

    assert answer.headers["Location"] == CONTACT_STEP
    assert not cases()


def test_half_a_sentence_is_kept_and_taken_up_again(story: Story, client: Client) -> None:
    answer = client.post(PROBLEM_STEP, {"problem": "缺钱", "later": "1"})
    assert answer.headers["Location"] == "/"
    page = read(client, "/")
    assert "已经存着" in page
    assert "接着说难处" in page
    assert "缺钱" in read(client, PROBLEM_STEP)

    client.post(PROBLEM_STEP, {"discard": "1"})
    assert "接着说难处" not in read(client, "/")


def test_a_draft_outlives_being_signed_out_for_idleness_and_is_nobody_elses(
    story: Story, boss: Client
) -> None:
    said(boss)
    session = boss.session
    session[CLICKED] = int((now() - timedelta(hours=2)).timestamp())
    session.save()

    page = read(boss, PROBLEM_STEP)
    assert PROBLEM not in page
    assert "登录后接着写" in page

    boss.force_login(story.cast.outsider)
    assert PROBLEM not in read(boss, PROBLEM_STEP)


def test_a_draft_is_there_again_for_whoever_wrote_it(story: Story, boss: Client) -> None:
    said(boss)
    session = boss.session
    session[CLICKED] = int((now() - timedelta(hours=2)).timestamp())
    session.save()
    boss.get("/")

    boss.post("/sign-in/", {"phone": story.cast.boss.phone})
    boss.post("/sign-in/code/", {"code": last_code(story.cast.boss.phone)})

    assert PROBLEM in read(boss, PROBLEM_STEP)


def test_a_clerk_at_the_screen_is_shown_to_the_desk(story: Story, client: Client) -> None:
    client.force_login(story.cast.zhou)
    said(client), named(client)

    assert "回工作台" in read(client, "/")
    assert client.get(CHECK_STEP).headers["Location"] == CONTACT_STEP
    assert "手机号" in read(client, CONTACT_STEP)


def test_what_is_said_in_one_county_is_not_in_the_other(
    story: Story, boss: Client, other_cast: object
) -> None:
    lay_rules(OTHER_COUNTY)

    boss.post(CHECK_STEP, {"once_key": ready(boss)})

    assert not Appeal.objects.in_county(OTHER_COUNTY).exists()

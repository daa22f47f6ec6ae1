"""附件 at the desk: registered with a case, sent with an answer, read by whom it concerns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from qifu.appeals.actions.working import send_back
from qifu.appeals.files import files_of
from qifu.appeals.models import Answer, Appeal
from qifu.attachments.actions import keep_all, stage
from qifu.attachments.models import Attachment
from qifu.journal.deed import deed
from qifu.kernel.clock import now
from qifu.organisations.models import User
from tests.attachments.samples import DWG, PDF, XLSX, picture, upload
from tests.cast import COUNTY, Cast
from tests.story import PROBLEM, Story, lay_rules
from tests.web.portal.reading import words

NUMBER = "34152419900307002X"
FORM = {
    "firm": "竹木厂",
    "problem": PROBLEM,
    "contact_name": "吴经理",
    "contact_phone": "13900000077",
    "channel": "PHONE",
}
SOLVED = {"outcome": "SOLVED", "body": "已经放款。", "proof": "PAYMENT", "evidence": "300万元"}


@pytest.fixture(autouse=True)
def place(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def story(cast: Cast) -> Story:
    lay_rules(cast.county)
    return Story(cast, at=now())


@pytest.fixture
def handling(story: Story) -> Story:
    return story.submitted().accepted().dispatched().signed()


def at_desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def sent(content: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def registered(client: Client, *files: SimpleUploadedFile, **more: Any) -> Any:
    return client.post("/desk/appeals/new/", {**FORM, "upload": list(files), **more})


def replied(story: Story, *files: SimpleUploadedFile, **more: Any) -> Any:
    path = f"/desk/appeals/{story.appeal.number}/replies/"
    return at_desk(story.cast.zhu).post(path, {**SOLVED, "upload": list(files), **more})


def codes() -> list[str]:
    return [row.code for row in Attachment.objects.in_county(COUNTY).order_by("pk")]


def address(case: Appeal, row: Attachment) -> str:
    return f"/desk/appeals/{case.number}/files/{row.code}/{row.name}/"


def test_what_the_enterprise_hands_in_is_registered_with_its_case(story: Story) -> None:
    assert registered(at_desk(story.cast.zhou), sent(PDF, "合同.pdf")).status_code == 303

    case = Appeal.objects.in_county(COUNTY).get()
    (row,) = files_of(case, []).of_case
    assert row.name == "合同.pdf"
    assert "合同.pdf" in words(at_desk(story.cast.wang).get(f"/desk/appeals/{case.number}/"))


def test_a_refused_form_loses_neither_words_nor_files(story: Story) -> None:
    client = at_desk(story.cast.zhou)
    answer = registered(client, sent(PDF, "合同.pdf"), sent(DWG, "施工图.dwg"), contact_name="")
    assert answer.status_code == 422
    assert "施工图.dwg没有传上。" in words(answer)
    assert "还没写联系人" in words(answer)
    assert PROBLEM in words(answer)
    assert f'name="there" value="{codes()[0]}"' in answer.content.decode()

    assert registered(client, there=codes()).status_code == 303

    case = Appeal.objects.in_county(COUNTY).get()
    assert [row.name for row in files_of(case, []).of_case] == ["合同.pdf"]


def test_searching_the_register_without_scripts_keeps_the_files(story: Story) -> None:
    answer = registered(at_desk(story.cast.zhou), sent(PDF, "合同.pdf"), find="1")

    assert answer.status_code == 200
    assert "合同.pdf" in words(answer)


def test_a_card_number_is_pointed_out_before_it_is_registered(story: Story) -> None:
    client, problem = at_desk(story.cast.zhou), f"身份证{NUMBER}的老板来问贷款。"
    answer = registered(client, problem=problem)
    assert answer.status_code == 422
    assert "里面像有身份证号" in words(answer)

    assert registered(client, problem=problem, checked="on").status_code == 303


def test_an_answer_on_the_spot_is_looked_at_too(story: Story) -> None:
    path = f"/desk/appeals/{story.submitted().appeal.number}/answers/"
    form = {"category": "finance.loan", "body": f"请{NUMBER}本人来办。"}
    client = at_desk(story.cast.zhou)
    assert "我已核对" not in words(client.get(path))

    answer = client.post(path, form)

    assert answer.status_code == 422
    assert "我已核对，没有涉密内容和身份证号" in words(answer)
    assert client.post(path, {**form, "checked": "on"}).status_code == 303


def test_a_paper_shows_that_it_is_solved(handling: Story) -> None:
    answer = replied(handling, evidence="")
    assert answer.status_code == 422
    assert "或者传上凭证的照片、文件" in words(answer)

    assert replied(handling, sent(picture(), "凭证.jpg"), evidence="").status_code == 303

    said = Answer.objects.in_county(COUNTY).get()
    (row,) = files_of(handling.appeal, [said]).of_answer(said)
    assert row.name == "凭证.jpg"
    path = f"/desk/appeals/{handling.appeal.number}/"
    leader = at_desk(handling.cast.chen)
    assert "凭证.jpg" in words(leader.get(path))
    assert "凭证.jpg" in words(leader.get(f"{path}approvals/"))
    assert leader.get(address(handling.appeal, row)).status_code == 200


def test_files_are_sent_up_and_taken_out_before_anything_is_answered(handling: Story) -> None:
    answer = replied(handling, sent(PDF, "一.pdf"), attach="1", body="")
    assert answer.status_code == 200
    assert "还没写答复" not in words(answer)

    answer = replied(handling, there=codes(), remove=codes()[0], body="写到一半")

    assert "一.pdf" not in words(answer)
    assert "写到一半" in words(answer)
    assert not Answer.objects.in_county(COUNTY).exists()


def test_the_enter_key_takes_no_file_out(handling: Story) -> None:
    page = replied(handling, sent(PDF, "一.pdf"), attach="1").content.decode()

    form = page[page.index('class="reply-form"') :]
    assert form.index("<button hidden>") < form.index('name="remove"')


def test_an_answer_that_came_back_has_its_files_with_it(handling: Story) -> None:
    replied(handling, sent(PDF, "一.pdf"), sent(XLSX, "二.xlsx"))
    first = Answer.objects.in_county(COUNTY).get()
    handling.answer = first
    send_back(handling.reread(), "写明日期", by=handling.cast.chen, at=now())
    form = at_desk(handling.cast.zhu).get(f"/desk/appeals/{handling.appeal.number}/replies/")
    assert "二.xlsx" in words(form)

    assert replied(handling, there=codes()[1:]).status_code == 303

    second = Answer.objects.in_county(COUNTY).latest("pk")
    files = files_of(handling.appeal, [first, second])
    assert [row.name for row in files.of_answer(first)] == ["一.pdf", "二.xlsx"]
    assert [row.name for row in files.of_answer(second)] == ["二.xlsx"]


def test_nobody_takes_a_file_of_another_case_along(handling: Story, story: Story) -> None:
    registered(at_desk(story.cast.zhou), sent(PDF, "别家的.pdf"))
    (code,) = codes()

    assert replied(handling, there=[code]).status_code == 303

    said = Answer.objects.in_county(COUNTY).get()
    assert not files_of(handling.appeal, [said]).of_answer(said)


def test_who_may_not_answer_lays_no_file_on_the_disk(handling: Story) -> None:
    path = f"/desk/appeals/{handling.appeal.number}/replies/"
    answer = at_desk(handling.cast.zheng).post(path, {**SOLVED, "upload": sent(PDF, "一.pdf")})

    assert answer.status_code == 403
    assert codes() == []


def test_a_file_is_there_for_whom_the_case_is_there(handling: Story, other_cast: Cast) -> None:
    replied(handling, sent(picture(), "凭证.jpg"))
    (row,) = Attachment.objects.in_county(COUNTY)
    path, cast = address(handling.appeal, row), handling.cast
    small = path.replace(row.name, "preview")

    for user, status in ((cast.zhou, 200), (cast.zheng, 200), (cast.li, 404), (cast.sec, 404)):
        assert at_desk(user).get(path).status_code == status, user
        assert at_desk(user).get(small).status_code == status, user
    assert at_desk(other_cast.wang).get(path).status_code == 404
    assert at_desk(cast.boss).get(path).status_code == 404
    assert at_desk(cast.zhou).get(path.replace("凭证", "别的")).status_code == 404


@pytest.mark.parametrize("person", ["wang", "zhu", "chen"])
def test_files_cost_the_case_page_no_question_more(handling: Story, person: str) -> None:
    replied(handling)
    client = at_desk(getattr(handling.cast, person))
    path = f"/desk/appeals/{handling.appeal.number}/"
    client.get(path)
    without = asked(client, path)

    said = Answer.objects.in_county(COUNTY).get()
    rows = stage(
        [upload(PDF + bytes([n]), f"{n}.pdf") for n in range(9)],
        county=COUNTY,
        by=handling.cast.zhu,
        at=now(),
    ).rows
    with deed("test.kept", county=COUNTY, by=handling.cast.zhu, at=now()) as work:
        keep_all(work, rows, said)

    assert len(asked(client, path)) == len(without)
    assert "8.pdf" in words(client.get(path))


def asked(client: Client, path: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return [query["sql"] for query in captured]

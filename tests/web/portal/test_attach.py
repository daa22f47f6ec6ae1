"""拍照、传文件: files go along with a problem, and come back to nobody but its enterprise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from qifu.appeals.actions.working import Reply
from qifu.appeals.files import files_of
from qifu.appeals.models import Appeal
from qifu.appeals.rules import Outcome, Proof
from qifu.attachments.actions import stage
from qifu.attachments.models import Attachment, State
from qifu.attachments.rules import MAX_SIZE
from tests.attachments.samples import DOCX, DWG, PDF, picture, upload
from tests.cast import COUNTY
from tests.story import PROBLEM, Story
from tests.web.portal.reading import last_code, read, words

PROBLEM_STEP, CHECK_STEP = "/raise/problem/", "/raise/check/"
NUMBER = "34152419900307002X"


@pytest.fixture(autouse=True)
def place(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def sent(content: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def said(client: Client, *files: SimpleUploadedFile, problem: str = PROBLEM, **more: str) -> Any:
    return client.post(PROBLEM_STEP, {"problem": problem, "upload": list(files), **more})


def waiting() -> list[str]:
    rows = Attachment.objects.in_county(COUNTY).filter(state=State.STAGED)
    return [row.name for row in rows.order_by("pk")]


def finished(client: Client) -> Appeal:
    client.post("/raise/enterprise/", {"name": "天堂寨竹木加工厂"})
    client.post("/raise/contact/", {"contact_name": "吴经理", "contact_way": "PHONE"})
    key = client.get(CHECK_STEP).context["draft"].key
    assert client.post(CHECK_STEP, {"once_key": key}).status_code == 303
    return Appeal.objects.in_county(COUNTY).get()


def files_on(client: Client, case: Appeal) -> list[str]:
    page = client.get(f"/appeals/{case.number}/")
    return [file.url for file in [*page.context["files"], *page.context["proofs"]]]


def test_files_go_along_through_the_steps_and_belong_to_the_case(
    story: Story, boss: Client
) -> None:
    answer = said(boss, sent(picture(), "厂房正面.jpg"), sent(PDF, "鉴定报告.pdf"))
    assert answer.status_code == 303
    assert "厂房正面.jpg" in read(boss, PROBLEM_STEP)
    assert waiting() == ["厂房正面.jpg", "鉴定报告.pdf"]

    case = finished(boss)

    assert waiting() == []
    assert [row.name for row in files_of(case, []).of_case] == ["厂房正面.jpg", "鉴定报告.pdf"]
    assert "附2个文件" in read(boss, f"/appeals/{case.number}/")


def test_they_survive_signing_in_on_the_way(story: Story, client: Client) -> None:
    said(client, sent(PDF, "通知书.pdf"))
    client.post("/raise/enterprise/", {"name": "天堂寨竹木加工厂"})
    given = {"contact_name": "吴", "contact_way": "PHONE", "contact_phone": "13955550123"}
    there = client.post("/raise/contact/", given).headers["Location"]
    client.post(there, {"code": last_code("13955550123"), "next": CHECK_STEP})
    assert "附1个文件：通知书.pdf" in read(client, CHECK_STEP)

    case = finished(client)

    assert len(files_on(client, case)) == 1


def test_what_is_not_taken_is_said_and_everything_else_is_still_there(
    story: Story, client: Client
) -> None:
    answer = said(client, sent(DWG, "施工图.dwg"), sent(DOCX, "说明.docx"))

    assert answer.status_code == 422
    page = words(answer)
    only = "只收图片、PDF、Word、Excel、PPT、WPS，每个不超过20MB。"
    assert f"施工图.dwg没有传上。{only}" in page
    assert PROBLEM in page
    assert "说明.docx" in page
    assert said(client).status_code == 303
    assert waiting() == ["说明.docx"]


def test_one_byte_too_much_is_said_and_the_words_are_kept(story: Story, client: Client) -> None:
    answer = said(client, sent(PDF.ljust(MAX_SIZE + 1, b" "), "大图纸.pdf"))

    assert answer.status_code == 422
    assert "大图纸.pdf没有传上。" in words(answer)
    assert PROBLEM in words(answer)
    assert said(client, sent(PDF.ljust(MAX_SIZE, b" "), "刚好.pdf")).status_code == 303


def test_many_at_once_are_taken_up_to_ten(story: Story, client: Client) -> None:
    answer = said(client, *(sent(PDF + bytes([n]), f"{n}.pdf") for n in range(12)))

    assert answer.status_code == 422
    assert words(answer).count("一次最多10个") >= 2
    assert len(waiting()) == 10


def test_a_file_is_sent_up_before_a_word_is_written_and_taken_out_again(
    story: Story, client: Client
) -> None:
    answer = said(client, sent(PDF, "一.pdf"), problem="", attach="1")
    assert answer.status_code == 200
    assert "还没写难处" not in words(answer)
    code = Attachment.objects.in_county(COUNTY).get().code

    answer = said(client, problem="刚写到一半", remove=code)

    assert "一.pdf" not in words(answer)
    assert "刚写到一半" in words(answer)
    assert waiting() == []
    assert "刚写到一半" in read(client, PROBLEM_STEP)


def test_the_enter_key_takes_no_file_out(story: Story, client: Client) -> None:
    page = said(client, sent(PDF, "一.pdf"), problem="", attach="1").content.decode()

    form = page[page.index("multipart/form-data") :]
    assert form.index("<button hidden>") < form.index('name="remove"')


def test_put_aside_for_later_the_files_wait_too(story: Story, client: Client) -> None:
    said(client, sent(PDF, "一.pdf"), problem="半句", later="1")

    assert "一.pdf" in read(client, PROBLEM_STEP)


def test_nobody_else_reaches_a_file_that_waits(story: Story, client: Client, boss: Client) -> None:
    said(client, sent(PDF, "别人的.pdf"))
    code = Attachment.objects.in_county(COUNTY).get().code

    said(boss, remove=code)
    said(boss, there=code)

    assert waiting() == ["别人的.pdf"]
    assert "别人的.pdf" not in read(boss, PROBLEM_STEP)


@pytest.mark.parametrize(("problem", "name", "seen"), [
    (f"法人身份证{NUMBER}办不了贷款。", "一.pdf", "身份证号"),
    (PROBLEM, "机密★会议纪要.pdf", "密级标志"),
])  # fmt: skip
def test_who_writes_what_should_not_be_here_looks_again_and_may_go_on(
    story: Story, client: Client, problem: str, name: str, seen: str
) -> None:
    answer = said(client, sent(PDF, name), problem=problem)
    assert answer.status_code == 422
    assert f"里面像有{seen}" in words(answer)
    assert "我已核对，没有涉密内容和身份证号" in words(answer)

    assert said(client, problem=problem, checked="on").status_code == 303


def test_a_name_is_shown_as_words_and_never_runs(story: Story, boss: Client) -> None:
    said(boss, sent(PDF, "<img src=x onerror=alert(1)>䃥🏭.pdf"))
    case = finished(boss)

    page = boss.get(f"/appeals/{case.number}/").content.decode()

    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;䃥🏭.pdf" in page
    (url,) = files_on(boss, case)
    answer = boss.get(url)
    assert b"".join(answer) == PDF
    assert "\n" not in answer.headers["Content-Disposition"]
    assert "%E4%83%A5%F0%9F%8F%AD" in answer.headers["Content-Disposition"]


def test_a_file_is_sent_so_that_nothing_in_it_runs_and_nobody_keeps_it(
    story: Story, boss: Client
) -> None:
    said(boss, sent(PDF, "报告.pdf"), sent(picture(), "厂房.jpg"))
    report, photo = files_on(boss, finished(boss))

    sheet, shown, small = boss.get(report), boss.get(photo), boss.get(f"{photo}preview/")

    assert sheet.headers["Content-Disposition"].startswith("attachment;")
    assert shown.headers["Content-Disposition"].startswith("inline;")
    assert (shown.headers["Content-Type"], sheet.headers["Content-Type"]) == (
        "image/jpeg",
        "application/pdf",
    )
    for answer in (sheet, shown, small):
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "private, no-store"
    assert boss.get(f"{report}preview/").status_code == 404
    assert boss.post(report).status_code == 405


def test_a_file_is_not_there_for_anybody_else(
    story: Story, boss: Client, outsider: Client, client: Client
) -> None:
    said(boss, sent(picture(), "厂房.jpg"))
    case = finished(boss)
    (url,) = files_on(boss, case)
    other = Story(story.cast, at=story.at).submitted(story.cast.outsider)

    for path in (url, f"{url}preview/"):
        assert outsider.get(path).status_code == 404
        assert client.get(path).status_code == 302
    assert outsider.get(url.replace(case.number, other.appeal.number)).status_code == 404
    staff = Client()
    staff.force_login(story.cast.zhou)
    assert staff.get(url).status_code == 404


def test_the_units_proof_is_read_once_its_answer_has_gone_out(story: Story, boss: Client) -> None:
    story.submitted().accepted().dispatched().signed()
    came = stage([upload(PDF, "放款凭证.pdf")], county=COUNTY, by=story.cast.zhu, at=story.at)
    proven = Reply(
        Outcome.SOLVED, body="贷款已经放款。", measures="对接", proof=Proof.PAYMENT, files=came.rows
    )
    story.replied(proven).approved()
    url = f"/appeals/{story.appeal.number}/files/{came.rows[0].code}/"
    assert boss.get(url).status_code == 404
    assert "放款凭证" not in read(boss, f"/appeals/{story.appeal.number}/")

    story.published()

    assert "放款凭证.pdf" in read(boss, f"/appeals/{story.appeal.number}/")
    assert boss.get(url).status_code == 200


def test_lost_bytes_are_a_page_and_no_fault(
    story: Story, boss: Client, settings: Settings, tmp_path: Path
) -> None:
    said(boss, sent(PDF, "报告.pdf"))
    (url,) = files_on(boss, finished(boss))
    settings.MEDIA_ROOT = tmp_path / "elsewhere"

    assert boss.get(url).status_code == 404


def test_odd_codes_are_nobodys(story: Story, boss: Client) -> None:
    assert said(boss, there="\x00", remove="\x00").status_code == 200
    assert boss.get(f"/appeals/{story.submitted().appeal.number}/files/nothing/").status_code == 404

"""The tags write what a page needs to be read by eye, by ear and without a script."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

from django import forms
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpRequest
from django.template import Context, Template
from django.test import RequestFactory

from qifu.kernel.clock import now
from qifu.kernel.errors import DomainError
from qifu.kernel.readings import Lamp, Reading
from qifu.web.ui import toasts
from qifu.web.ui.templatetags.ui import STALE

OVERDUE = Reading(Lamp.OVERDUE, "逾期2个工作日", "3个工作日，11-20（周五）到期")


class ContactForm(forms.Form):
    phone = forms.CharField(label="联系电话", help_text="手机或座机")
    note = forms.CharField(label="备注", required=False, widget=forms.Textarea)
    way = forms.ChoiceField(
        label="怎么办？", widget=forms.RadioSelect, choices=[("a", "受理｜今天交办"), ("b", "退回")]
    )


def render(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


def faulty() -> ContactForm:
    form = ContactForm({"phone": "1380013567"})
    form.add_error("phone", "号码少1位。请填11位手机号。")
    return form


def test_a_lamp_has_shape_word_and_reason() -> None:
    drawn = render("{% lamp reading %}", reading=OVERDUE)

    assert "lamp-overdue" in drawn
    assert "<svg" in drawn
    assert "逾期2个工作日" in drawn
    assert "11-20（周五）到期" in drawn


def test_a_lamp_s_word_is_spoken_only_where_the_sentence_does_not_say_it() -> None:
    late = render("{% lamp reading %}", reading=OVERDUE)
    soon = render("{% lamp reading %}", reading=Reading(Lamp.SOON, "今天24:00到期"))

    assert "aria-label" not in late
    assert 'aria-label="将到期"' in soon


def test_no_clock_is_said_and_not_left_blank() -> None:
    assert "没有时限" in render("{% lamp reading %}", reading=None)


def test_words_from_outside_are_escaped() -> None:
    reading = Reading(Lamp.FINE, "<b>剩</b>", "<script>，<i>")

    drawn = render("{% lamp reading %}{% tag state %}", reading=reading, state="<i>")

    assert "<script>" not in drawn
    assert "<i>" not in drawn
    assert "&lt;b&gt;剩" in drawn


def test_a_state_finds_its_tone_by_its_word() -> None:
    assert "tag-amber" in render('{% tag "待审核" %}')
    assert "tag-green" in render('{% tag "办结" %}')
    assert "tag-grey" in render('{% tag "从没听说过" %}')
    assert "tag-blue" in render("{% tag state %}", state=SimpleNamespace(label="办理中"))


def test_a_field_ties_label_hint_and_error_to_its_control() -> None:
    drawn = render("{% field form.phone %}", form=faulty())

    assert '<label class="label" for="id_phone">联系电话</label>' in drawn
    assert 'aria-describedby="id_phone-hint id_phone-error"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert drawn.index("号码少1位") < drawn.index("<input")
    assert 'value="1380013567"' in drawn


def test_what_may_be_left_out_is_said_and_no_asterisk_is_used() -> None:
    drawn = render("{% field form.note %}{% field form.phone %}", form=ContactForm())

    assert drawn.count("（选填）") == 1
    assert "*" not in drawn


def test_choices_are_a_group_with_a_name_and_small_print() -> None:
    drawn = render('{% field form.way look="list" numbered="1" %}', form=ContactForm())

    assert "<fieldset" in drawn
    assert "<legend" in drawn
    assert "<small>今天交办</small>" in drawn
    assert drawn.count('type="radio"') == 2
    assert "<kbd>2</kbd>" in drawn


def test_the_summary_counts_and_links_to_each_field() -> None:
    drawn = render("{% error_summary form %}", form=faulty())

    assert "还差2处没填好" in drawn
    assert 'href="#id_phone"' in drawn
    assert 'href="#id_way"' in drawn
    assert "怎么办？：" not in drawn


def test_whoever_was_too_late_is_not_told_to_mend_his_form() -> None:
    form = ContactForm({"phone": "13800135678", "way": "a"})
    form.add_error(None, forms.ValidationError("这件诉求已经交办。", code=STALE))

    drawn = render("{% error_summary form %}", form=form)

    assert "请先看现在办到哪一步" in drawn
    assert "改完再提交" not in drawn


def test_a_sound_form_has_no_summary() -> None:
    form = ContactForm({"phone": "13800135678", "way": "a"})

    assert render("{% error_summary form %}", form=form).strip() == ""


def test_a_step_without_a_form_says_why_it_was_refused() -> None:
    drawn = render("{% error_summary error %}", error=DomainError("不行。请换一个。"))

    assert "这一步还没有办成" in drawn
    assert "不行。请换一个。" in drawn
    assert "填的内容" not in drawn


def test_no_refusal_makes_no_summary() -> None:
    assert render("{% error_summary error %}", error=None).strip() == ""


def test_a_refused_form_comes_back_with_the_same_key() -> None:
    posted = RequestFactory().post("/", {"once_key": "k1"})

    assert 'value="k1"' in render("{% once_key %}", request=posted)


def test_two_fresh_forms_have_two_keys() -> None:
    fresh = RequestFactory().get("/")

    assert render("{% once_key %}", request=fresh) != render("{% once_key %}", request=fresh)


def _request() -> HttpRequest:
    request = RequestFactory().get("/")
    request.session = {}  # type: ignore[assignment]
    request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
    return request


def test_a_toast_offers_the_way_back_while_there_is_one() -> None:
    request = _request()
    toasts.say(request, "已交给住建局。", undo_url="/undo/", until=now() + timedelta(minutes=9))

    drawn = render("{% show_toasts messages %}", messages=request._messages)  # type: ignore[attr-defined]

    assert "已交给住建局。" in drawn
    assert 'action="/undo/"' in drawn
    assert 'method="post"' in drawn
    assert "撤回（" in drawn


def test_a_toast_whose_time_has_passed_offers_nothing() -> None:
    request = _request()
    toasts.say(request, "已交给住建局。", undo_url="/undo/", until=now() - timedelta(seconds=1))

    drawn = render("{% show_toasts messages %}", messages=request._messages)  # type: ignore[attr-defined]

    assert "已交给住建局。" in drawn
    assert "/undo/" not in drawn


def test_time_left_is_told_as_people_say_it() -> None:
    assert toasts.time_left(590) == "9分50秒"
    assert toasts.time_left(600) == "10分钟"
    assert toasts.time_left(45) == "45秒"

"""`{% load ui %}`: the tags with which pages speak the shared look.

The cheat-sheet is the docstring of `qifu.web.ui`.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import forms, template
from django.contrib.messages.storage.base import Message
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.boundfield import BoundField
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from qifu.kernel import clock
from qifu.kernel.errors import DomainError
from qifu.kernel.readings import NO_CLOCK, Reading
from qifu.web.ui import dates, fields, glyphs, masks, toasts, tones

register = template.Library()

# The name under which every form carries its one-time key.
ONCE_KEY = "once_key"
# The code of a form's error when somebody was faster: nothing in the form can mend it.
STALE = "stale"

register.filter("mask_phone", masks.mask_phone)
register.filter("mask_name", masks.mask_name)
register.filter("clauses", glyphs.clauses)


@lru_cache(maxsize=1)
def sprite() -> str:
    """Find the icon sheet; before the assets are built, icons stay blank, pages whole."""
    try:
        return static("ui/built/icons.svg")
    except ValueError:
        return "/static/ui/built/icons.svg"


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw one icon of the sheet (`icons.txt`); it says nothing to screen readers."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        sprite(),
        name,
    )


@register.simple_tag
def glyph(name: str, spoken: bool = False) -> SafeString:
    """Draw one of our own shapes: a lamp, `waiting` or `zero`."""
    return glyphs.glyph(name, spoken=spoken)


@register.simple_tag
def symbol(name: str) -> SafeString:
    """Draw an icon, or a lamp in its colour when the name is `lamp:soon`."""
    kind, _, rest = name.partition(":")
    if kind == "lamp" and rest:
        return format_html('<span class="lamp-{}">{}</span>', rest, glyphs.glyph(rest))
    return icon(name)


@register.simple_tag
def lamp(reading: Reading | None, why: bool = True) -> SafeString:
    """Draw a lamp with its deadline sentence; no reading, no clock (时限灯)."""
    return glyphs.lamp(reading or NO_CLOCK, why=why)


@register.simple_tag
def tag(state: Any, tone: str = "") -> SafeString:
    """Write a state as a tag; takes its words, or a thing with `.label` and `.tone`."""
    words = str(getattr(state, "label", state))
    tone = tone or str(getattr(state, "tone", "")) or tones.state_tone(words)
    return format_html('<span class="tag tag-{}">{}</span>', tone, words)


@register.simple_tag
def mark(words: Any, tone: str = "", icon_name: str = "") -> SafeString:
    """Write a mark beside a title: 重大, 代登记, 共性4家 …"""
    words = str(getattr(words, "label", words))
    picture = icon(icon_name) if icon_name else ""
    tone = tone or tones.mark_tone(words)
    return format_html('<span class="tag tag-{}">{}{}</span>', tone, picture, words)


@register.simple_tag
def visibility(public: bool) -> SafeString:
    """Say who can read an entry: 企业可见 or 仅内部."""
    if public:
        return mark("企业可见", "blue", "eye")
    return mark("仅内部", "grey", "lock")


@register.inclusion_tag("ui/components/field.html")
def field(bound: BoundField, look: str = "", **options: str) -> dict[str, object]:
    """Render a bound field: label, hint, error, control. Looks: cards, list, chips, plain."""
    return {"field": fields.view_of(bound, look=look, **options)}


@register.inclusion_tag("ui/components/error_summary.html")
def error_summary(
    *several: forms.BaseForm | DomainError | str | list[forms.BaseForm] | None,
) -> dict[str, object]:
    """List what is still to be put right, each line a link to its field.

    Takes forms, one by one or in a list, and the refusal of a step that has none.
    """
    given = [one for each in several for one in (each if isinstance(each, list) else [each])]
    shown = [form for form in given if isinstance(form, forms.BaseForm)]
    refusals = [str(words) for words in given if words and not isinstance(words, forms.BaseForm)]
    rows = [
        {
            "anchor": str(bound.auto_id or bound.html_name),
            "label": str(bound.label).rstrip("？?：:"),
            "error": error,
        }
        for form in shown
        for bound in form.visible_fields()
        for error in bound.errors
    ]
    general = [error for form in shown for error in form.non_field_errors()]
    hidden = [error for form in shown for bound in form.hidden_fields() for error in bound.errors]
    return {
        "rows": rows,
        "general": [*refusals, *general, *hidden],
        "forms": bool(shown),
        "stale": any(form.has_error(NON_FIELD_ERRORS, STALE) for form in shown),
    }


@register.simple_tag(takes_context=True)
def once_key(context: Context) -> SafeString:
    """Put the one-time key into a form; a refused form comes back with the same key."""
    request = context.get("request")
    posted = request.POST.get(ONCE_KEY, "") if request else ""
    return format_html(
        '<input type="hidden" name="{}" value="{}" autocomplete="off">',
        ONCE_KEY,
        posted or uuid.uuid4().hex,
    )


@register.inclusion_tag("ui/components/toasts.html", takes_context=True)
def show_toasts(context: Context, messages: Iterable[Message] | None) -> dict[str, object]:
    """Show what the last step said, with its way back and the time left for it."""
    at = clock.now()
    shown = []
    for message in messages or ():
        toast = toasts.read(message)
        left = toast.seconds_left(at)
        undo_url = toast.undo_url if left else ""
        shown.append(
            {"toast": toast, "undo_url": undo_url, "left": left, "words": toasts.time_left(left)}
        )
    return {"toasts": shown, "csrf_token": context.get("csrf_token"), "key": uuid.uuid4().hex}


@register.simple_tag
def printed_at() -> str:
    """Tell when the page was made, for the foot of a print."""
    return dates.full_moment(clock.now())


@register.simple_tag
def ratio(percent: float, target: float | None = None) -> SafeString:
    """Draw a ratio as a bar with its target; the figures beside it say the same."""
    line: SafeString | str = ""
    if target is not None:
        line = format_html('<rect class="ratio-target" x="{}%" width="3" height="14"/>', target)
    return format_html(
        '<svg class="ratio" aria-hidden="true" focusable="false" width="96" height="14">'
        '<rect class="ratio-all" y="3" width="100%" height="8" rx="4"/>'
        '<rect class="ratio-part" y="3" width="{}%" height="8" rx="4"/>{}</svg>',
        max(0.0, min(100.0, percent)),
        line,
    )

"""One form field as every page shows it: label, hint, error, control, in that order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.safestring import SafeString

# The small print of a choice stands after this sign in its label.
NOTE_SIGN = "｜"

# How each widget is dressed; a look given to the tag wins.
LOOKS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "chips"),
    (forms.RadioSelect, "cards"),
    (forms.CheckboxInput, "check"),
    (forms.Textarea, "textarea"),
    (forms.Select, "select"),
    (forms.FileInput, "file"),
)
# Django writes rows="10" cols="40" of itself, too much for a phone.
TEXTAREA = {"rows": "4", "cols": None}
GROUPS = ("cards", "list", "chips", "plain")


@dataclass(frozen=True)
class Choice:
    """One answer of a group: its input, its words, its small print, its key."""

    tag: SafeString
    id: str
    title: str
    note: str
    key: int


@dataclass(frozen=True)
class FieldView:
    """What `ui/components/field.html` needs; made by `view_of`."""

    bound: BoundField
    look: str
    label: str
    hint: str
    errors: list[str]
    optional: bool
    numbered: bool
    options: dict[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.bound.id_for_label or self.bound.auto_id or self.bound.html_name

    @property
    def is_group(self) -> bool:
        return self.look in GROUPS

    @property
    def described_by(self) -> str:
        parts = [f"{self.anchor}-hint"] if self.hint else []
        parts += [f"{self.anchor}-error"] if self.errors else []
        return " ".join(parts)

    @property
    def anchor(self) -> str:
        """Give the id that an error summary links to: the control, or the whole group."""
        return str(self.bound.auto_id or self.bound.html_name)

    def control(self) -> SafeString:
        """Render the control itself with its class and its ties to hint and error."""
        attrs: dict[str, Any] = {"class": _control_class(self)}
        if self.look == "textarea":
            attrs |= TEXTAREA
        attrs |= self.options
        if self.described_by:
            attrs["aria-describedby"] = self.described_by
        if self.errors:
            attrs["aria-invalid"] = "true"
        return self.bound.as_widget(attrs=attrs)

    def choices(self) -> list[Choice]:
        """List the answers of a group, each with its small print apart."""
        return [
            _choice(widget, number)
            for number, widget in enumerate(self.bound.subwidgets, start=1)
            if str(widget.data.get("value", "")) or self.look == "plain"
        ]


def _choice(widget: BoundWidget, number: int) -> Choice:
    title, _, note = str(widget.choice_label).partition(NOTE_SIGN)
    tag = widget.tag(wrap_label=False)
    return Choice(tag, str(widget.id_for_label), title, note, number)


def _control_class(view: FieldView) -> str:
    given = view.bound.field.widget.attrs.get("class", "")
    return f"{view.look} {given}".strip()


def view_of(
    bound: BoundField,
    *,
    look: str = "",
    hint: str | None = None,
    label: str = "",
    needed: str = "",
    **options: str,
) -> FieldView:
    """Prepare a bound field for its template; dashes in options are written `_`.

    `needed` where it is shown it has to be filled in, though not every form asks for it.
    """
    optional = not (
        needed
        or bound.field.required
        or bound.field.disabled
        or isinstance(bound.field.widget, forms.CheckboxInput)
    )
    return FieldView(
        bound=bound,
        look=look or _look_of(bound),
        label=label or str(bound.label),
        hint=str(bound.help_text) if hint is None else hint,
        errors=[str(error) for error in bound.errors],
        optional=optional,
        numbered=options.pop("numbered", "") != "",
        options={name.replace("_", "-"): value for name, value in options.items()},
    )


def _look_of(bound: BoundField) -> str:
    widget = bound.field.widget
    return next((look for kind, look in LOOKS if isinstance(widget, kind)), "input")

"""Files in a form: chosen, sent along with any button, and still there when it comes back.

A form with files is `UploadingForm`; its view calls `receive` first, whatever button was
pressed. The files are staged at once, so a refused form loses none of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, BinaryIO, ClassVar, cast

from django import forms
from django.http import HttpRequest

from qifu.attachments.actions import drop, stage
from qifu.attachments.models import Attachment, State
from qifu.attachments.rules import Upload, accepted_endings
from qifu.kernel.clock import now
from qifu.kernel.errors import StaleState
from qifu.organisations.models import User
from qifu.web.ui.cautious import CautiousForm

# The names under which files, those already there, and the two buttons are posted.
UPLOAD, THERE, ATTACH, REMOVE = "upload", "there", "attach", "remove"


@dataclass(frozen=True)
class Uploads:
    """What lies with a form: its files, and why others do not."""

    rows: list[Attachment] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    # A button that only changes the files was pressed, so the form is not sent yet.
    only_files: bool = False

    @property
    def codes(self) -> list[str]:
        """The codes by which the files are known."""
        return [row.code for row in self.rows]


def receive(
    request: HttpRequest,
    *,
    county: str,
    by: User | None,
    codes: Sequence[str],
    prior: Sequence[Attachment] = (),
) -> Uploads:
    """Take in what was sent, add it to what is there, and take out what is to be removed.

    `prior` are files of an earlier answer that may be given along once more: their codes
    are among `codes` as long as nobody has removed them.
    """
    rows = [row for row in prior if row.code in codes]
    fresh = [code for code in codes if code not in {row.code for row in rows}]
    if fresh:
        rows += Attachment.objects.staged_by(county, by, fresh)
    if request.method != "POST":
        return Uploads(rows)
    if unwanted := request.POST.get(REMOVE, ""):
        rows = _without(rows, unwanted, by)
    staged = stage(_sent(request), county=county, by=by, at=now(), already=rows)
    only_files = bool(unwanted) or ATTACH in request.POST
    return Uploads([*rows, *staged.rows], staged.refused, only_files)


def posted_codes(request: HttpRequest) -> list[str]:
    """Return the codes that a form without a draft carries along in hidden inputs."""
    return [code for code in request.POST.getlist(THERE) if "\x00" not in code]


def typed(posted: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """Return what was typed, to show it again in a form that nobody has sent yet."""
    return {name: posted[name] for name in names if name in posted}


class FilesInput(forms.ClearableFileInput):
    """The browser's own choice of several files; a phone offers its camera as well."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class UploadingForm(CautiousForm):
    """A form with files; their names are looked at along with the texts."""

    files_label: ClassVar[str] = "拍照、传文件"

    upload = forms.Field(
        required=False,
        widget=FilesInput(attrs={"multiple": True, "accept": accepted_endings()}),
    )

    def __init__(self, *given: Any, uploads: Uploads | None = None, **more: Any) -> None:
        super().__init__(*given, **more)
        self.uploads = uploads or Uploads()
        self.fields[UPLOAD].label = self.files_label

    def looked_at(self, cleaned: Mapping[str, Any]) -> list[str]:
        """Return the texts, and what the files are called."""
        return [*super().looked_at(cleaned), *(row.name for row in self.uploads.rows)]

    def clean(self) -> dict[str, Any]:
        """Say which files were not taken."""
        cleaned = super().clean()
        cleaned.pop(UPLOAD, None)
        for sentence in self.uploads.refused:
            self.add_error(UPLOAD, sentence)
        return cleaned


def _without(rows: Sequence[Attachment], code: str, by: User | None) -> list[Attachment]:
    for row in rows:
        if row.code == code and row.state == State.STAGED:
            # From another window it may be removed already.
            with suppress(StaleState):
                drop(row, by=by, at=now())
    return [row for row in rows if row.code != code]


def _sent(request: HttpRequest) -> list[Upload]:
    return [
        Upload(each.name or "", each.size or 0, cast("BinaryIO", each))
        for each in request.FILES.getlist(UPLOAD)
    ]

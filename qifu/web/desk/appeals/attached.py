"""How the desk lists what was given along with a case and its answers."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from qifu.appeals.dossiers import Dossier
from qifu.appeals.files import Files, files_of
from qifu.appeals.models import Appeal
from qifu.attachments.models import Attachment
from qifu.web.ui.sent_files import FileLine, file_lines


def given_along(file: Dossier) -> Files:
    """Return what was given along with a case and its answers."""
    return files_of(file.appeal, file.answers)


def listed(case: Appeal, rows: Sequence[Attachment]) -> list[FileLine]:
    """Write out files of a case with their addresses at the desk."""

    def address(row: Attachment, small: bool) -> str:
        if small:
            return reverse("desk:appeal-file-preview", args=[case.number, row.code])
        return reverse("desk:appeal-file", args=[case.number, row.code, row.name])

    return file_lines(rows, address)

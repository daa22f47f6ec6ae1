"""The photo of a business licence with a request to speak for an enterprise (营业执照照片).

It is there for whoever rules on the request, and gone once that is done: what proved
something once is no longer needed (个人信息保护法 第十九条, the shortest time necessary).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qifu.attachments.models import Attachment
from qifu.attachments.rules import Kind
from qifu.enterprises import access
from qifu.enterprises.models import Binding, BindingState
from qifu.kernel.errors import InvalidInput, StaleState
from qifu.organisations.models import User

LOOKED_AT = (Kind.IMAGE, Kind.PDF)
MOST = 3


def check_licence(files: Sequence[Attachment]) -> None:
    """Refuse what the office could not look at on its page, and what lies elsewhere."""
    if len(files) > MOST:
        raise InvalidInput("upload", f"营业执照最多传{MOST}张。请移除多的。")
    if any(row.kind not in LOOKED_AT for row in files):
        raise InvalidInput("upload", "营业执照请传照片或PDF，别的文件请移除。")
    if any(row.subject_id is not None for row in files):
        raise StaleState("有一个文件已经归到别处了，请移除后重新上传。")


def licences_of(bindings: Sequence[Binding]) -> Mapping[int, Sequence[Attachment]]:
    """Return the files of each request, by its key, with one query."""
    found: dict[int, list[Attachment]] = {}
    if bindings:
        for row in Attachment.objects.kept_for(bindings[0].county, *bindings):
            found.setdefault(row.subject_id or 0, []).append(row)
    return found


def licence_of(binding: Binding, code: str, reader: User) -> Attachment | None:
    """Return one file of a request for whoever rules on it, or made it; while it waits."""
    mine = binding.person_id == reader.pk
    if binding.state != BindingState.ASKED or not (mine or access.can_rule(reader, binding.county)):
        return None
    return Attachment.objects.kept_for(binding.county, binding).filter(code=code).first()

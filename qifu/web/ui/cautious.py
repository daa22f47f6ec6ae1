"""A second look before something is sent that should not be here at all (amendment 18)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms

from qifu.kernel.cautions import Caution, cautions

CHECKED = "checked"
TICK = "我已核对，没有涉密内容和身份证号"
WARNINGS = {
    Caution.CLASSIFIED: "里面像有密级标志（秘密★、机密★、绝密）",
    Caution.IDENTITY: "里面像有身份证号",
}


class CautiousForm(forms.Form):
    """A form that asks to look again; the tick is there only where it is needed."""

    # The texts that are looked at.
    cautious: ClassVar[tuple[str, ...]] = ()

    def looked_at(self, cleaned: Mapping[str, Any]) -> list[str]:
        """Return what may hold a mark or a number."""
        return [str(cleaned.get(name) or "") for name in self.cautious]

    def clean(self) -> dict[str, Any]:
        """Ask for a second look where something is found."""
        cleaned: dict[str, Any] = super().clean() or {}
        if found := cautions(self.looked_at(cleaned)):
            self.fields[CHECKED] = forms.BooleanField(
                label=TICK, required=False, help_text=_warning(found)
            )
            if not self.data.get(self.add_prefix(CHECKED)):
                self.add_error(CHECKED, "请再看一遍，没有就打勾再交。")
        return cleaned


def _warning(found: Sequence[Caution]) -> str:
    seen = "，".join(WARNINGS[each] for each in found)
    return f"写的内容或文件名{seen}。本系统为非涉密系统，严禁上传涉密信息，也请不要写身份证号。"

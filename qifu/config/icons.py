"""The icon sheet: the icons that pages name, out of some five thousand, in one SVG file."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LIST = ROOT / "qifu" / "web" / "ui" / "icons.txt"
SOURCE = ROOT / "node_modules" / "@tabler" / "icons" / "icons" / "outline"
SHEET = ROOT / "qifu" / "web" / "ui" / "static" / "ui" / "built" / "icons.svg"

# The pages' own style sheet decides the width of the lines.
SYMBOL = (
    '<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor"'
    ' stroke-linecap="round" stroke-linejoin="round">{body}</symbol>'
)


def main() -> None:
    """Write the sheet, or say which icon there is none of."""
    if not SOURCE.exists():
        sys.exit("The icons have not been fetched. Run `make setup`.")
    names = wanted(LIST.read_text())
    if missing := [name for name in names if not (SOURCE / f"{name}.svg").exists()]:
        sys.exit(f"{LIST.name} names icons that Tabler does not have: {', '.join(missing)}")
    SHEET.parent.mkdir(parents=True, exist_ok=True)
    SHEET.write_text(sheet({name: (SOURCE / f"{name}.svg").read_text() for name in names}))
    print(f"{SHEET.relative_to(ROOT)}: {len(names)} icons, {SHEET.stat().st_size} bytes")


def wanted(text: str) -> list[str]:
    """Return the names in a list of one a line; `#` begins a remark."""
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return sorted({line for line in lines if line})


def sheet(icons: dict[str, str]) -> str:
    """Return one SVG with a symbol for every icon."""
    symbols = "\n".join(SYMBOL.format(name=name, body=_body(svg)) for name, svg in icons.items())
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'


def _body(svg: str) -> str:
    """Return what is drawn, without the frame that only marks out the square."""
    inner = svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")]
    inner = re.sub(r'<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>', "", inner)
    return re.sub(r"\s+", " ", inner).strip()


if __name__ == "__main__":
    main()

"""The preview as a drawing: one line a contact, time from left to right. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from html import escape

from escalation.preview import PreviewRow

_LEFT, _RIGHT, _TOP, _LINE, _WIDTH = 190, 30, 60, 44, 900
_FONT = 'font-family="sans-serif" font-size="13"'
_MARKS = {"voice": "#b3261e", "sms": "#1d5fa8", "email": "#3b7a3b"}


def drawing(title: str, rows: Sequence[PreviewRow], names: Mapping[str, str], begun: datetime) -> str:
    """An SVG document of its own, readable without colour: every mark says its way and time."""
    contacts = list(dict.fromkeys(row.contact for row in rows))
    last = max((row.at for row in rows), default=begun)
    span = max(last - begun, timedelta(seconds=1))
    height = _TOP + _LINE * max(1, len(contacts)) + 20
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" {_FONT}>',
        f"<title>{escape(title)}</title>",
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="12" y="24" font-size="15" fill="#222222">{escape(title)}</text>',
    ]
    for number, contact in enumerate(contacts):
        y = _TOP + _LINE * number + 16
        parts.append(f'<text x="12" y="{y + 4}" fill="#222222">{escape(names.get(contact, contact))}</text>')
        parts.append(f'<line x1="{_LEFT}" y1="{y}" x2="{_WIDTH - _RIGHT}" y2="{y}" stroke="#cccccc"/>')
        parts += _marks([row for row in rows if row.contact == contact], begun, span, y)
    if not rows:
        parts.append(f'<text x="12" y="{_TOP + 20}" fill="#222222">Nobody is called.</text>')
    return "\n".join([*parts, "</svg>", ""])


def _marks(rows: Sequence[PreviewRow], begun: datetime, span: timedelta, y: int) -> list[str]:
    parts = []
    for at in dict.fromkeys(row.at for row in rows):
        here = [row.via.value for row in rows if row.at == at]
        x = _LEFT + (_WIDTH - _LEFT - _RIGHT - 120) * ((at - begun) / span)
        parts += [
            f'<circle cx="{x + 9 * number:.0f}" cy="{y}" r="5" fill="{_MARKS[via]}"/>'
            for number, via in enumerate(here)
        ]
        said = escape(f"{at:%H:%M:%S} {', '.join(here)}")
        parts.append(f'<text x="{x:.0f}" y="{y + 20}" font-size="11" fill="#444444">{said}</text>')
    return parts

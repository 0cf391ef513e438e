"""Pages without a script: one file, no request allowed, the styles inside with their digest in the policy."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from voicemock.report.html import TEMPLATES, environment
from voicemock.terminal.printable import printable_lines


def render_page(template: str, styles: Sequence[str], **context: Any) -> str:
    """The template with `context`, `style` and `policy`; undefined names are errors."""
    style = "\n".join((TEMPLATES / name).read_text(encoding="utf-8") for name in styles)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'"
    return printable_lines(
        environment().get_template(template).render(style=Markup(style), policy=policy, **context)
    )

"""One-time links in tests: as they left with a message, or made for an answer."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from qifu.appeals import links
from qifu.appeals.actions import linking
from qifu.appeals.links import Subject
from qifu.appeals.models import Answer, LinkStep, StepLink
from qifu.kernel.clock import now
from qifu.notices import outbox
from qifu.notices.models import Notice
from qifu.notices.ports import MailboxPort
from qifu.notices.registry import registry
from qifu.organisations.models import User


def make_link(
    step: LinkStep, subject: Subject, person: User | None, at: datetime | None = None
) -> StepLink:
    """Make a link as if a message had carried it."""
    return linking.issue(step, subject.appeal, subject, person=person, notice=None, at=at or now())


def rating_link(answer: Answer, at: datetime | None = None) -> str:
    """Return the path on which the answer is rated."""
    at = at or max(now(), answer.published_at or now())
    return links.path_of(make_link(LinkStep.RATE, answer, None, at))


def token(path: str) -> str:
    """Return what a link is opened with."""
    return path.strip("/").rpartition("/")[2]


def path_in(notice: Notice) -> str:
    """Return the path that left with a message."""
    found = registry.shown_words([notice])[notice.pk]
    start = found.index("http")
    address = found[start:].split("——")[0].strip()
    return urlsplit(address).path


def newest_path(county: str, kind: str, at: datetime) -> str:
    """Send what is due and return the path in the newest message of a kind."""
    while outbox.sweep(at=at, port=MailboxPort()):
        pass
    return path_in(Notice.objects.in_county(county).filter(kind=kind).latest("pk"))

"""Signed links that let the enterprise rate one answer without an account.

A link names its answer and is signed with the installation's key: nobody can make one
up, and since a case is rated once, it is used up by rating. Opening it changes nothing,
so that a mail scanner cannot rate.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.signing import BadSignature, Signer

from qifu.appeals.models import Answer

_signer = Signer(salt="qifu.rating")


@dataclass(frozen=True)
class Link:
    """What a token points to, and whether it still lets its holder rate."""

    answer: Answer
    is_current: bool


def rating_path(answer: Answer) -> str:
    """Return the path of the page on which this answer is rated."""
    return f"/ratings/{rating_token(answer)}/"


def rating_token(answer: Answer) -> str:
    """Return the token for one answer: county, answer, publication and signature."""
    return _signer.sign(f"{answer.county}-{answer.pk}-{_moment(answer)}").replace(":", ".")


def answer_of(token: str) -> Answer | None:
    """Return the answer that a token lets its holder rate, or None."""
    link = open_link(token)
    return link.answer if link is not None and link.is_current else None


def open_link(token: str) -> Link | None:
    """Return what a token points to; None where it was never signed by us.

    A recalled or replaced answer is not rated any more: its link is not current.
    """
    try:
        county, pk, published = _signer.unsign(token.replace(".", ":", 1)).split("-")
        answers = Answer.objects.in_county(county).filter(pk=int(pk))
    except (BadSignature, ValueError):
        return None
    answer = answers.select_related(
        "appeal__problem", "appeal__contact", "body", "assignment__unit"
    ).first()
    if answer is None:
        return None
    is_public = answer.state == Answer.State.PUBLISHED and answer.published_at is not None
    return Link(answer, is_public and _moment(answer) == int(published))


def _moment(answer: Answer) -> int:
    return int(answer.published_at.timestamp()) if answer.published_at else 0

"""Signed links that let the enterprise rate one answer without an account.

A link names its answer and is signed with the installation's key: nobody can make one
up, and since a case is rated once, it is used up by rating. Opening it changes nothing,
so that a mail scanner cannot rate.
"""

from __future__ import annotations

from django.core.signing import BadSignature, Signer

from qifu.appeals.models import Answer

_signer = Signer(salt="qifu.rating")


def rating_path(answer: Answer) -> str:
    """Return the path of the page on which this answer is rated."""
    return f"/ratings/{rating_token(answer)}/"


def rating_token(answer: Answer) -> str:
    """Return the token for one answer: county, answer, publication and signature."""
    published = int(answer.published_at.timestamp()) if answer.published_at else 0
    return _signer.sign(f"{answer.county}-{answer.pk}-{published}").replace(":", ".")


def answer_of(token: str) -> Answer | None:
    """Return the answer that a token lets its holder rate, or None.

    A recalled or replaced answer is not rated any more: its link is dead.
    """
    try:
        signed = _signer.unsign(token.replace(".", ":", 1))
        county, pk, published = signed.split("-")
        answers = Answer.objects.in_county(county).filter(pk=int(pk), state=Answer.State.PUBLISHED)
    except (BadSignature, ValueError):
        return None
    answer = answers.select_related("appeal__problem", "body", "assignment__unit").first()
    if answer is None or answer.published_at is None:
        return None
    return answer if int(answer.published_at.timestamp()) == int(published) else None

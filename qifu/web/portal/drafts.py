"""What somebody has begun to say (草稿): kept with his session from the first step on.

It survives signing in, being signed out for idleness and the closing of the browser. Once
its writer has signed in it is his: the next person at the same machine does not read it.
"""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from django.http import HttpRequest

from qifu.appeals.actions.lodging import check_problem
from qifu.appeals.rules import ContactWay
from qifu.kernel.errors import InvalidInput
from qifu.organisations.models import User

SLOT = "draft"
HINT = 12
# A session with a draft outlives the browser's closing; being signed in does not.
KEPT_DAYS = 7


@dataclass(frozen=True)
class Draft:
    """One problem on its way to the office; `key` is the one-time key of sending it."""

    key: str = ""
    owner: int | None = None
    problem: str = ""
    category: str = ""
    enterprise: str = ""
    enterprise_name: str = ""
    place: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    contact_way: str = ContactWay.PHONE
    # The codes of the files that wait with it.
    files: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.problem)

    @property
    def hint(self) -> str:
        """The part of the key by which a page names the draft that it has answered."""
        return self.key[:HINT]

    def next_step(self) -> str:
        """Name the first step that is still open."""
        if not _is_sound(self.problem):
            return "problem"
        if not self.enterprise_name:
            return "enterprise"
        return "check" if self.contact_name and self.contact_phone else "contact"


def person_of(request: HttpRequest) -> User | None:
    """Return who is signed in, if he speaks for enterprises and not for a unit."""
    user: Any = request.user
    return user if user.is_authenticated and not user.is_staff_person else None


def draft_of(request: HttpRequest) -> Draft:
    """Return what the reader has begun, or an empty draft."""
    draft = _kept(request)
    person = person_of(request)
    mine = draft.owner is None or (person is not None and person.pk == draft.owner)
    return draft if mine else Draft()


def waits_for_its_writer(request: HttpRequest) -> bool:
    """Tell whether a draft lies here that its writer sees after signing in."""
    return bool(_kept(request)) and not draft_of(request)


def keep(request: HttpRequest, **changes: str | tuple[str, ...]) -> Draft:
    """Keep what a step has brought; a changed draft is sent under a new key."""
    draft = draft_of(request)
    person = person_of(request)
    owner = person.pk if person else draft.owner
    changed = replace(draft, owner=owner, **changes)  # type: ignore[arg-type]
    if changed != draft or not draft.key:
        changed = replace(changed, key=uuid.uuid4().hex)
        request.session[SLOT] = asdict(changed)
        request.session.set_expiry(KEPT_DAYS * 24 * 3600)
    return changed


def hand_over(request: HttpRequest, draft: Draft, person: User) -> None:
    """Give a draft to whoever has just signed in, though his session is a new one."""
    if draft and draft.owner in (None, person.pk):
        request.session[SLOT] = asdict(replace(draft, owner=person.pk))


def put_away(request: HttpRequest, hint: str) -> None:
    """Forget the draft that was sent; another one that was begun meanwhile stays."""
    if hint and draft_of(request).hint == hint:
        throw_away(request)


def throw_away(request: HttpRequest) -> None:
    """Forget whatever was begun, and let the session end with the browser again."""
    request.session.pop(SLOT, None)
    request.session.set_expiry(None)


def _is_sound(problem: str) -> bool:
    # Put aside half written, it may be too short yet.
    try:
        check_problem(problem)
    except InvalidInput:
        return False
    return True


def _kept(request: HttpRequest) -> Draft:
    known = {field.name for field in fields(Draft)}
    stored = request.session.get(SLOT) or {}
    kept = {name: value for name, value in stored.items() if name in known}
    return Draft(**{**kept, "files": tuple(kept.get("files", ()))})

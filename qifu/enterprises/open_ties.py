"""What this room has open for a leaver: enterprises looked after, invitations sent."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from qifu.enterprises.models import Binding, Tie
from qifu.journal.deed import Deed
from qifu.organisations.models import Post, PostKind, User
from qifu.organisations.open_things import Family, Thing


class Ties(Family):
    """Enterprises that the person himself looks after (包联)."""

    code = "TIES"
    name = "包联企业"
    measure = "家"
    place = 70

    def of(self, person: User, on: date) -> list[Thing]:
        return [
            Thing(f"{tied.enterprise.short_name}（{tied.get_kind_display()}）")
            for tied in self._held(person, on)
        ]

    def through(self, post: Post, on: date) -> list[Thing]:
        return self.of(post.user, on) if post.kind == PostKind.PAIRED_OFFICER else []

    def move(self, work: Deed, person: User, receiver: User, on: date) -> int:
        ties = self._held(person, on)
        for tied in ties:
            begin, end = max(on, tied.valid_from), tied.valid_to
            work.change(tied, expect={"valid_to": end}, valid_to=begin)
            standing = Tie.objects.in_county(work.county).filter(
                Q(valid_to=None) | Q(valid_to__gt=begin),
                enterprise=tied.enterprise_id,
                kind=tied.kind,
                user=receiver,
            )
            if not standing.exists():
                work.add(
                    Tie(
                        enterprise_id=tied.enterprise_id,
                        user=receiver,
                        kind=tied.kind,
                        valid_from=begin,
                        valid_to=end,
                    )
                )
        return len(ties)

    def _held(self, person: User, on: date) -> list[Tie]:
        ties = Tie.objects.in_county(person.county).filter(user=person)
        ties = ties.filter(Q(valid_to=None) | Q(valid_to__gt=on))
        return list(ties.select_related("enterprise").order_by("enterprise__pinyin", "pk"))


class Invitations(Family):
    """Invitations to enterprises that nobody has taken up yet (绑定邀请)."""

    code = "INVITATIONS"
    name = "未接受的绑定邀请"
    measure = "份"
    place = 80

    def of(self, person: User, on: date) -> list[Thing]:
        return [Thing(f"邀请{each.enterprise.short_name}的人员") for each in self._sent(person)]

    def move(self, work: Deed, person: User, receiver: User, on: date) -> int:
        sent = self._sent(person)
        for each in sent:
            # Who asks after it from now on; the event of the day still names who sent it.
            work.change(each, expect={"state": each.state}, made_by=receiver)
        return len(sent)

    def _sent(self, person: User) -> list[Binding]:
        rows = Binding.objects.in_county(person.county).invited().filter(made_by=person)
        return list(rows.select_related("enterprise").order_by("made_at", "pk"))

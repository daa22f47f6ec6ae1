"""What faces ask about enterprises beyond the rows themselves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet, Value

from qifu.enterprises import access, uscc
from qifu.enterprises.models import Binding, BindingState, Enterprise, SpeaksAs, Tie, Via
from qifu.enterprises.models.bindings import BindingQuerySet
from qifu.enterprises.models.enterprises import EnterpriseQuerySet
from qifu.kernel.errors import InvalidInput
from qifu.organisations.models import Unit, User
from qifu.organisations.models.units import UnitQuerySet


def names_of(county: str, keys: Iterable[int]) -> QuerySet[Enterprise, tuple[str, int, str, str]]:
    """Return the enterprises' names and numbers, for those who watch the journal."""
    rows = Enterprise.objects.in_county(county).filter(pk__in=keys)
    return rows.values_list(Value(Enterprise._meta.label_lower), "pk", "name", "number")


def places_to_register(user: User, on: date) -> UnitQuerySet:
    """Return the places whose enterprises the person may enter."""
    if access.can_tie(user, user.county):
        return places(user.county, on)
    return places(user.county, on).filter(pk__in=user.reach.units(*access.KEEPERS))


def places_to_correct(user: User, enterprise: Enterprise, on: date) -> UnitQuerySet:
    """Return the places to which the person may move the enterprise, its own included."""
    others = places_to_register(user, on) if access.can_tie(user, user.county) else None
    here = Q(pk=enterprise.township_id)
    choices = here if others is None else here | Q(pk__in=others.order_by().values("pk"))
    return Unit.objects.in_county(user.county).filter(choices).by_pinyin()


def can_register_somewhere(user: User, on: date) -> bool:
    """Tell whether there is a place whose enterprises the person enters."""
    if access.can_tie(user, user.county):
        return True
    return user.reach.has(*access.KEEPERS) and places_to_register(user, on).exists()


def bindings_of(enterprise: Enterprise) -> list[Binding]:
    """Return who speaks for the enterprise, is invited or has asked; the administrator first."""
    rows = (
        Binding.objects.in_county(enterprise.county)
        .filter(enterprise=enterprise)
        .exclude(state=BindingState.ENDED)
        .select_related("person")
        .order_by("made_at", "pk")
    )
    states = list(BindingState)[::-1]
    return sorted(
        rows, key=lambda row: (row.role != SpeaksAs.ADMIN, states.index(BindingState(row.state)))
    )


def ties_of(enterprise: Enterprise, on: date) -> list[Tie]:
    """Return who looks after the enterprise on the day."""
    ties = Tie.objects.in_county(enterprise.county).in_force(on).filter(enterprise=enterprise)
    return list(ties.select_related("user", "unit").order_by("kind", "pk"))


def find_by_code(county: str, text: str) -> Enterprise:
    """Return the enterprise of the register that has this code.

    Raises:
        InvalidInput: it is no code, or nobody in the county has it.
    """
    code = uscc.clean(text)
    if not code:
        raise InvalidInput("uscc", "没有填统一社会信用代码。请照营业执照填18位。")
    found = Enterprise.objects.in_county(county).filter(uscc=code).first()
    if found is None:
        raise InvalidInput(
            "uscc", "县里的企业名录还没有这个代码。请核对；确实没有的，请致电县办登记。"
        )
    return found


def own_bindings(person: User) -> list[Binding]:
    """Return what the person speaks for and has asked for, in name order."""
    rows = Binding.objects.in_county(person.county).of_person(person)
    rows = rows.filter(state__in=[BindingState.ACTIVE, BindingState.ASKED])
    return list(rows.select_related("enterprise").order_by("enterprise__pinyin", "pk"))


def own_binding(person: User, number: str) -> Binding | None:
    """Return one of the person's own by its number."""
    rows = Binding.objects.in_county(person.county).of_person(person)
    return rows.select_related("enterprise").filter(number=number).first()


def binding_of(enterprise: Enterprise, number: str) -> Binding | None:
    """Return the enterprise's binding of that number, whatever became of it."""
    rows = Binding.objects.in_county(enterprise.county).filter(enterprise=enterprise)
    return rows.select_related("enterprise", "person").filter(number=number).first()


def requests(county: str) -> BindingQuerySet:
    """Return the requests that wait for the office, oldest first, with what decides them."""
    rows = Binding.objects.in_county(county).asked()
    return rows.select_related("person", "said", "enterprise", "enterprise__township")


def request_of(county: str, number: str) -> Binding | None:
    """Return one request, also one that has been ruled on meanwhile."""
    rows = Binding.objects.in_county(county).filter(via=Via.OFFICE, number=number)
    return rows.select_related("enterprise", "person").first()


def unassigned(county: str) -> EnterpriseQuerySet:
    """Return the enterprises to which the office has still to give a place (待认领)."""
    return Enterprise.objects.in_county(county).unassigned()


def places(county: str, on: date) -> UnitQuerySet:
    """Return townships, park and zone as they are on the day, in name order."""
    return Unit.objects.in_county(county).in_force(on).places().by_pinyin()

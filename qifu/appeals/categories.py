"""The county's categories (类别) on two levels, kept at hand."""

from __future__ import annotations

from datetime import date

from qifu.appeals.models import Category
from qifu.journal import reference


def categories(county: str) -> list[Category]:
    """Return every category of both levels, ended ones too, in the order of the table."""
    return reference.read(county, "categories", lambda: list(Category.objects.in_county(county)))


def kinds_in_force(county: str, on: date) -> list[tuple[Category, list[Category]]]:
    """Return the first level with its second level, which is what a case is filed under."""
    every = [each for each in categories(county) if each.valid_to is None or each.valid_to > on]
    children: dict[int, list[Category]] = {}
    for each in every:
        if each.parent_id is not None:
            children.setdefault(each.parent_id, []).append(each)
    return [(top, children.get(top.pk, [])) for top in every if top.parent_id is None]


def category_of(county: str, code: str) -> Category | None:
    """Return the category of that code."""
    return next((each for each in categories(county) if each.code == code), None)


def with_kinds(county: str, code: str) -> frozenset[int]:
    """Return the keys of a category and everything under it."""
    every = categories(county)
    top = frozenset(each.pk for each in every if each.code == code)
    return top | {each.pk for each in every if each.parent_id in top}


def full_name(county: str, category: Category | None) -> str:
    """Write a category with its first level: `融资金融·贷款难、续贷`."""
    if category is None:
        return ""
    parent = next((each for each in categories(county) if each.pk == category.parent_id), None)
    return f"{parent.name}·{category.name}" if parent else category.name

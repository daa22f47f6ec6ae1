"""Finding words in Chinese text by an index of its pairs of letters (decision 0023).

The database makes the pairs out of the row itself, so an erased text is found no more at
once, and no deed has to think of it.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, F, Func, IntegerField, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.db.models.lookups import GreaterThan

# More words than anybody types; each costs a look into the index.
MOST_WORDS = 8


def words_of(typed: str) -> list[str]:
    """Return the words that were typed, full-width letters and capitals evened out."""
    plain = unicodedata.normalize("NFKC", typed.replace("\x00", "")).lower()
    return list(dict.fromkeys(plain.split()))[:MOST_WORDS]


def saying(word: str, heading: str, body: str) -> Func:
    """Return the condition that two columns of a row contain a word, as the index serves it."""
    plain = Func(
        Cast(heading, TextField()), Cast(body, TextField()),
        function="public.qifu_plain", output_field=TextField(),
    )  # fmt: skip
    grams = Func(plain, function="public.qifu_grams", output_field=ArrayField(TextField()))
    pairs = [word[at : at + 2] for at in range(len(word) - 1)] or [word]
    return _Both(
        _Holds(grams, Value(pairs, output_field=ArrayField(TextField()))),
        GreaterThan(
            Func(plain, Value(word), function="strpos", output_field=IntegerField()), Value(0)
        ),
    )


def among(column: str, *sets: QuerySet[Any, Any]) -> Func:
    """Return the condition that a column is among what these queries give.

    They are worked out first, once, as an array: a planner that reckons how many there are
    cannot mistake itself and walk the whole table by date instead.
    """
    whole: Any = ArraySubquery(sets[0])
    for each in sets[1:]:
        whole = Func(whole, ArraySubquery(each), function="array_cat")
    return _Among(F(column), whole)


class _Among(Func):
    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()
    conditional = True


class _Holds(Func):
    template = "(%(expressions)s)"
    arg_joiner = " @> "
    output_field = BooleanField()


class _Both(Func):
    template = "(%(expressions)s)"
    arg_joiner = " AND "
    output_field = BooleanField()
    conditional = True

"""From the address to the township: pure rules, and what is unsure stays unassigned."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qifu.enterprises.addresses import Gazetteer, with_ranks

PLACES = Gazetteer(
    county="金寨县",
    short="金寨",
    within=("安徽省", "安徽", "六安市"),
    names=with_ranks(
        [
            ("梅山镇", "meishan"),
            ("麻埠镇", "mabu"),
            ("吴家店镇", "wujiadian"),
            ("吴店镇", "wujiadian"),
            ("汤家汇镇", "tangjiahui"),
            ("汤汇镇", "tangjiahui"),
            ("白塔畈镇", "baitafan"),
            ("双河镇", "shuanghe"),
            ("现代产业园区", "park"),
            ("金寨现代产业园区", "park"),
        ]
    ),
    shared=frozenset({"双河镇", "双河乡"}),
)


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("安徽省六安市金寨县白塔畈乡街道", "baitafan"),
        ("安徽省六安市金寨县白塔畈镇街道", "baitafan"),
        ("金寨县吴店镇古堂村", "wujiadian"),
        ("金寨县吴家店镇古堂村", "wujiadian"),
        ("六安市金寨县汤汇镇", "tangjiahui"),
        ("六安市金寨县汤家汇镇", "tangjiahui"),
        ("安徽省 六安市　梅山镇史河村", "meishan"),
        ("金寨梅山镇史河村", "meishan"),
        ("金寨县双河镇街道", "shuanghe"),
        ("安徽省六安市金寨现代产业园区金叶路", "park"),
        ("金寨县金寨现代产业园区", "park"),
        # A street that is called after another place.
        ("安徽省六安市金寨县梅山镇麻埠路", "meishan"),
        ("金寨县梅山镇路口村", "meishan"),
    ],
)
def test_old_and_new_names_lead_to_the_place_of_today(address: str, place: str) -> None:
    assert PLACES.place_of(address) == place


@pytest.mark.parametrize(
    "address",
    [
        "",
        "合肥市金寨路287号",
        "安徽省合肥市蜀山区金寨路梅山镇商会大厦",
        "合肥市金寨县路",
        "金寨路梅山镇商会",
        "六安市金安区双河镇",
        "六安市双河镇",
        "河南省商城县双河镇",
        "金寨县城关",
        "金寨县",
        "金寨县梅山镇路12号",
        "金寨县梅山镇（经营场所：金寨县麻埠镇）",
        "安徽省六安市裕安区梅山路",
    ],
)
def test_what_is_unsure_stays_unassigned(address: str) -> None:
    assert PLACES.place_of(address) == ""


def test_a_name_of_two_places_is_no_name() -> None:
    names = with_ranks([("长岭乡", "one"), ("长岭镇", "two")])

    assert names == {}


def test_a_column_names_the_place_and_nothing_else() -> None:
    assert PLACES.named("金寨县白塔畈乡") == "baitafan"
    assert PLACES.named("白塔畈") == ""
    assert PLACES.named("梅山镇史河村") == ""


@given(st.text(alphabet="金寨县路市合肥梅山镇双河1（）", max_size=14))
def test_a_place_is_only_found_where_its_name_stands(text: str) -> None:
    place = PLACES.place_of(text)

    assert place == "" or any(name in text for name, code in PLACES.names.items() if code == place)


@given(st.text(min_size=1, max_size=12).filter(lambda text: not text.strip().startswith("金寨")))
def test_another_county_in_front_is_never_ours(tail: str) -> None:
    assert PLACES.place_of("合肥市" + tail + "金寨县梅山镇") == ""

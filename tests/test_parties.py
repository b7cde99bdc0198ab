"""Who is who: names, decisions, and what may never be merged."""

import pytest

from rashomon.model import Cast, Judgement, Stance
from rashomon.resolve import SAME_PERSON, compare, parties, suggestions
from rashomon.resolve.candidates import proper_name
from rashomon.resolve.classes import party_class
from rashomon.resolve.places import countries, within
from tests.builders import claim, extraction, mention, report


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sviatlana Tsikhanouskaya", "Svetlana Tikhanovskaya"),
        ("Світлана Ціханоўская", "Svetlana Tikhanovskaya"),
        ("Natalia Kochanova", "Natalya Kochanova"),
        ("Jelena Vaščenko", "Elena Vashchenko"),
        ("Davit Orucyan", "Davit Oroutchian"),
        ("José Álvarez", "Alvarez, Jose"),
        ("Colonel Anton Reyl", "Anton Reyl"),
        ("Bachir Zoumari", "Bashir Zoumari"),
        ("Donald J. Venn", "Donald Venn"),
    ],
)
def test_spellings_of_one_name_are_one_party(one: str, other: str) -> None:
    verdict = compare(one, other)
    assert verdict.score >= SAME_PERSON, verdict
    assert verdict.because


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Katalin Biró", "Lazar Biro"),
        ("Pavel Drozd", "Sviatlana Drozd"),
        ("Tom Smith", "Tim Smith"),
        ("Anna Horvat", "Marta Oziel"),
        ("Tom Venn", "Tom Venn Jr."),
    ],
)
def test_people_of_one_surname_stay_two(one: str, other: str) -> None:
    assert compare(one, other).score < SAME_PERSON
    assert len(groups(cast([one, other]))) == 2


def cast(names: list[str], judgements: tuple[Judgement, ...] = ()) -> Cast:
    """The parties of reports in which each name says something."""
    reports, extractions = [], []
    for n, name in enumerate(names):
        of = report(
            f"{name} said on the day that it was quiet at gate {n}.",
            path=f"{n}.txt",
            outlet=f"O{n}",
        )
        made = claim(of, f"it was quiet at gate {n}", name, stance=Stance.ASSERTS)
        reports.append(of)
        extractions.append(
            extraction(of, claims=(made,), mentions=(mention(of, name, "person", 0),))
        )
    return parties(reports, extractions, judgements=judgements)


def groups(made: Cast) -> set[frozenset[str]]:
    return {frozenset((p.name, *p.aliases)) for p in made.parties}


def decided(verb: str, *subject: str, n: int = 0) -> Judgement:
    return Judgement(
        id=f"j-{n}", verb=verb, subject=subject, by="editor", at=f"2022-09-13T10:00:{n:02}"
    )


def test_a_merge_joins_names_that_nothing_else_would() -> None:
    made = cast(["Ann Bell", "Zora Quist"], (decided("same", "Ann Bell", "Zora Quist"),))
    assert groups(made) == {frozenset({"Ann Bell", "Zora Quist"})}


def test_a_split_holds_against_a_third_name() -> None:
    names = ["Ivan Petrov", "Iwan Petrow", "Ivan Petroff"]
    assert len(groups(cast(names))) == 1
    made = cast(names, (decided("different", "Ivan Petrov", "Iwan Petrow"),))
    assert not any({"Ivan Petrov", "Iwan Petrow"} <= group for group in groups(made))


def test_an_undo_can_itself_be_undone() -> None:
    names = ["Ann Bell", "Zora Quist"]
    merge, undo, redo = (
        decided("same", *names),
        decided("undo", "j-0", n=1),
        decided("undo", "j-1", n=2),
    )
    assert len(groups(cast(names, (merge,)))) == 1
    assert len(groups(cast(names, (merge, undo)))) == 2
    assert len(groups(cast(names, (merge, undo, redo)))) == 1


def test_a_lone_surname_joins_the_one_person_who_bears_it() -> None:
    made = cast(["Marta Oziel", "Oziel"])
    assert groups(made) == {frozenset({"Marta Oziel", "Oziel"})}
    two = cast(["Pavel Drozd", "Sviatlana Drozd", "Drozd"])
    assert len(groups(two)) == 3


@pytest.mark.parametrize(
    ("full", "alone"),
    [
        ("Svetlana Tikhanovskaya", "Tsikhanouskaya"),
        ("Alexander Lukashenko", "Lukashenka"),
        ("Maria Kolesnikova", "Kalesnikava"),
    ],
)
def test_a_lone_surname_joins_its_bearer_in_another_spelling(full: str, alone: str) -> None:
    assert groups(cast([full, alone])) == {frozenset({full, alone})}


def test_a_mans_and_a_womans_form_of_one_surname_are_two_people() -> None:
    assert len(groups(cast(["Ivan Petrov", "Petrova"]))) == 2


@pytest.mark.parametrize(
    ("described", "wanted"),
    [
        ("demonstrators protesting the official results", "witness"),
        ("villagers who stormed the ministry", "witness"),
        ("two people briefed on the matter", "unnamed"),
        ("the interior minister", "official"),
    ],
)
def test_the_class_of_a_party_is_what_it_is_not_what_it_does(described: str, wanted: str) -> None:
    assert party_class([described]) == wanted


def test_what_is_not_likely_enough_is_suggested_until_somebody_decides() -> None:
    names = ["Tom Smith", "Tim Smith", "Zora Quist"]
    asked = suggestions(cast(names))
    assert [{s.one, s.other} for s in asked] == [{"Tom Smith", "Tim Smith"}]
    assert "tom/tim" in asked[0].because or "tim/tom" in asked[0].because
    unsure = (decided("unsure", "Tim Smith", "Tom Smith"),)
    assert suggestions(cast(names, unsure), unsure) == []


def test_an_office_means_the_one_person_who_holds_it() -> None:
    of = report("Transport Minister Ann Bell spoke. The minister said it was quiet. Mayor Bo Crane left.")  # fmt: skip
    made = claim(of, "it was quiet", "The minister")
    found = extraction(
        of,
        claims=(made,),
        mentions=(
            mention(of, "Ann Bell", "person", 0),
            mention(of, "The minister", "person", 1),
            mention(of, "Bo Crane", "person", 2),
        ),
    )
    cast_ = parties([of], [found])
    names = {p.id: p.name for p in cast_.parties}
    assert names[cast_.speakers[made.id]] == "Ann Bell"
    two = report("Transport Minister Ann Bell and Energy Minister Bo Crane came. The minister said it was quiet.")  # fmt: skip
    told = claim(two, "it was quiet", "The minister")
    other = extraction(
        two,
        claims=(told,),
        mentions=(
            mention(two, "Ann Bell", "person", 0),
            mention(two, "Bo Crane", "person", 1),
            mention(two, "The minister", "person", 2),
        ),
    )
    cast_ = parties([two], [other])
    names = {p.id: p.name for p in cast_.parties}
    assert names[cast_.speakers[told.id]] == "The minister"


@pytest.mark.parametrize(
    ("name", "around", "country"),
    [
        ("Minsk", (), "Belarus"),
        ("Мінск", (), "Belarus"),
        ("Brest", ("Belarus",), "Belarus"),
        ("Brest", ("France",), "France"),
        ("Brest", (), None),
        ("Belarus", (), None),
        ("Karsk", (), None),
    ],
)
def test_where_a_place_lies(name: str, around: tuple[str, ...], country: str | None) -> None:
    assert within(name, countries(around)) == country


def test_a_name_is_found_behind_what_its_bearer_is_minister_of_and_with_its_article() -> None:
    assert proper_name("Minister of the Interior Dragan Orlov") == "Dragan Orlov"
    assert proper_name("Colonel Faris al-Rumh, suspended since May") == "Faris al-Rumh"
    assert proper_name("Headquarters") is None


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Lantern Institute analyst Orla Venn", "Orla Venn"),
        ("Presumptive Unity nominee Goran Maslic's", "Goran Maslic"),
        ("Interim Fort Kessel Police Chief Dennis Vay", "Dennis Vay"),
        ("Tom Venn Jr.", "Tom Venn Jr"),
        ("the council's former education secretary", None),
    ],
)
def test_a_persons_name_is_what_stands_behind_the_office(words: str, name: str | None) -> None:
    assert proper_name(words, "person") == name


def test_of_two_names_the_one_that_is_used_is_shown() -> None:
    text = "Friends of Venn met. Orla Venn spoke. Orla Venn left. She said it was late."
    of = report(text)
    found = [mention(of, "Friends of Venn", "person", 0), mention(of, "Orla Venn", "person", 0)]
    found.append(mention(of, "Orla Venn", "person", 0, 1))
    made = claim(of, "it was late", "Orla Venn", source="She")
    (party,) = parties([of], [extraction(of, claims=(made,), mentions=tuple(found))]).parties
    assert party.name == "Orla Venn"


def test_people_who_have_a_full_name_in_common_are_one_whatever_else_they_are_called() -> None:
    """One report has Anna Rand and Anna Bell Rand for one, another Anna Bell Rand alone."""
    both = "Anna Rand said that it was quiet. Anna Bell Rand left. Anna Rand slept."
    alone = "Anna Bell Rand said that it was loud."
    reports, extractions = [], []
    for n, text in enumerate((both, alone)):
        of = report(text, path=f"{n}.txt", outlet=f"O{n}")
        made = claim(of, "it was", text.split(" said")[0])
        names = ("Anna Rand", "Anna Bell Rand") if n == 0 else ("Anna Bell Rand",)
        found = [mention(of, name, "person", 0) for name in names]
        found += [mention(of, "Anna Rand", "person", 0, 1)] if n == 0 else []
        reports.append(of)
        extractions.append(extraction(of, claims=(made,), mentions=tuple(found)))
    cast_ = parties(reports, extractions)
    assert groups(cast_) == {frozenset({"Anna Rand", "Anna Bell Rand"})}


def test_a_list_of_people_is_no_form_of_one_of_them() -> None:
    text = "Orla Venn spoke. Venn and engineer Tom Rand agreed. She said it was late."
    of = report(text)
    found = [mention(of, "Orla Venn", "person", 0)]
    found.append(mention(of, "Venn and engineer Tom Rand", "person", 0))
    made = claim(of, "it was late", "Orla Venn", source="She")
    (party,) = parties([of], [extraction(of, claims=(made,), mentions=tuple(found))]).parties
    assert not any("Rand" in form for form in (party.name, *party.aliases))


def test_whoever_belongs_to_a_body_is_not_the_body() -> None:
    of = report("The Ibn Sahl Hospital was full. A doctor at Ibn Sahl Hospital said that it was quiet.")  # fmt: skip
    made = claim(of, "it was quiet", "doctor at Ibn Sahl Hospital")
    found = extraction(
        of,
        claims=(made,),
        mentions=(
            mention(of, "The Ibn Sahl Hospital", "organisation", 0),
            mention(of, "A doctor at Ibn Sahl Hospital", "organisation", 1),
        ),
    )
    cast_ = parties([of], [found])
    hospital = next(p for p in cast_.parties if p.name == "Ibn Sahl Hospital")
    assert cast_.speakers[made.id] != hospital.id
    assert not any("doctor" in form for form in hospital.aliases)


def said_by(text: str, *speakers: str) -> tuple[Cast, list[str]]:
    """The parties of one report in which each speaker says the words "it was quiet at gate n"."""
    of = report(text)
    made = [claim(of, f"it was quiet at gate {n}", s) for n, s in enumerate(speakers)]
    cast_ = parties([of], [extraction(of, claims=tuple(made))])
    return cast_, [cast_.speakers[c.id] for c in made]


def test_the_shorter_form_of_a_description_is_the_same_party_where_only_one_fits() -> None:
    text = (
        "Our safety delegate said it was quiet at gate 0. The delegate said it was quiet at gate 1."
    )
    _, (one, other) = said_by(text, "Our safety delegate", "The delegate")
    assert one == other
    text = (
        "The miners' delegate said it was quiet at gate 0. The dockers' delegate said it was quiet at gate 1."
        " The delegate said it was quiet at gate 2."
    )
    _, told = said_by(text, "The miners' delegate", "The dockers' delegate", "The delegate")
    assert len(set(told)) == 3


def test_a_ministry_told_with_its_country_is_the_ministry_unless_two_countries_have_one() -> None:
    text = "Karsland's interior ministry said it was quiet at gate 0. The interior ministry said it was quiet at gate 1."
    _, (one, other) = said_by(text, "Karsland's interior ministry", "The interior ministry")
    assert one == other
    text = f"{text} Velmora's interior ministry said it was quiet at gate 2."
    _, told = said_by(
        text,
        "Karsland's interior ministry",
        "The interior ministry",
        "Velmora's interior ministry",
    )
    assert len(set(told)) == 3


def test_an_acronym_told_with_what_it_is_joins_the_one_body_so_called() -> None:
    texts = (
        "The Independent Miners' Union said it was quiet.",
        "The miners' union NRS said it was loud.",
    )
    reports = [report(t, path=f"{n}.txt", outlet=f"O{n}") for n, t in enumerate(texts)]
    names = ("Independent Miners' Union", "NRS")
    cast_ = parties(
        reports,
        [
            extraction(of, mentions=(mention(of, name, "organisation", 0),))
            for of, name in zip(reports, names, strict=True)
        ],
    )
    assert len(groups(cast_)) == 1


@pytest.mark.parametrize(
    ("holder", "body"),
    [
        ("Ann Bell, the board's chairwoman,", "Harbour Board"),
        ("Ann Bell, head of the Harbour Board,", "Harbour Board"),
        ("Harbour Board director Ann Bell", "Harbour Board"),
        ("Harbour Board spokeswoman Ann Bell", "Harbour Board"),
        ("Ann Bell, former head of the Harbour Board,", None),
        ("Ann Bell, who is not related to Harbour Board spokesman Tom Bell,", None),
    ],
)
def test_who_holds_an_office_of_a_body_speaks_for_it(holder: str, body: str | None) -> None:
    text = f"The Harbour Board, or the board, met on Monday. {holder} said that nobody was hurt."
    of = report(text)
    made = extraction(
        of,
        claims=(claim(of, "nobody was hurt", "Ann Bell", source=holder.rstrip(",")),),
        mentions=(
            mention(of, "The Harbour Board", "organisation", 0),
            mention(of, "the board", "organisation", 0),
            mention(of, holder.rstrip(","), "person", 1),
            mention(of, "Ann Bell", "person", 1),
        ),
    )
    cast = parties([of], [made])
    named = {p.id: p.name for p in cast.parties}
    bell = next(p for p in cast.parties if p.name == "Ann Bell")
    assert named.get(bell.speaks_for or "") == body

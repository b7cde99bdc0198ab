"""The reader with the shipped weights on our own sentences, in every dress that texts come in."""

import pytest

from rashomon.extract import mentions, names, pairs
from rashomon.extract.reader import Reader, Reading
from rashomon.extract.stance import stance
from rashomon.extract.words import split
from rashomon.model import Claim, Directness, Extraction, Report, Stance
from rashomon.sources.language import guess
from tests.builders import report

pytestmark = pytest.mark.model
READER = Reader()


def read(text: str, **fields: object) -> Extraction:
    return next(iter(READER.extract([report(text, **fields)])))


def words(of: Report, claim: Claim) -> str:
    return " ".join(s.of(of.text) for s in claim.content)


def held(text: str, part: str) -> Claim:
    """The claim whose content holds some words."""
    of = report(text)
    found = [c for c in read(text).claims if part.lower() in words(of, c).lower()]
    assert found, f"no claim holds {part!r}"
    return min(found, key=lambda c: len(words(of, c)))


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("“", "”"), ('"', '"'), ("''", "''"), ("«", "»"), ("« ", " »"), ("„", "“"), ("“", "")],
)
def test_quotation_marks_of_every_kind(opening: str, closing: str) -> None:
    text = (
        "The square was cleared by midnight on Sunday.\n\n"
        f"{opening}Our officers did not fire a single shot,{closing} Interior Minister Pavel Drozd said on Monday.\n\n"
        "Buses ran again in the morning."
    )
    claim = held(text, "did not fire a single shot")
    assert claim.speaker == "Pavel Drozd"
    if closing:
        assert claim.directness is Directness.DIRECT


def test_capitals_throughout() -> None:
    text = (
        "KARSK, SEPT 12 (CP) -- INTERIOR MINISTER PAVEL DROZD SAID ON MONDAY THAT 640 PEOPLE HAD BEEN ARRESTED.\n\n"
        "WITNESSES SAID THAT GUARDS BEAT PRISONERS IN THE YARD."
    )
    assert "DROZD" in (held(text, "640 PEOPLE").speaker or "")
    assert [(f.number, f.measure) for f in read(text).figures] == [(640, "detained")]


def test_a_crawl_without_capitals_and_with_broken_characters() -> None:
    text = (
        "karsk: interior minister pavel drozd said on monday that 640 people had been arrested in the capital. "
        "he denied that anyone was beaten. â€œnobody was touched,â€\x9d he said."
    )
    found = read(text)
    assert [(f.number, f.measure) for f in found.figures] == [(640, "detained")]
    assert "drozd" in (held(text, "640 people").speaker or "")


def test_a_quotation_split_by_its_cue_is_one_claim() -> None:
    text = (
        "“We have their names,” said Marta Oziel, its coordinator, “and the list grows every hour.”"
    )
    claim = held(text, "the list grows")
    assert len(claim.content) == 2
    assert claim.speaker == "Marta Oziel"


def test_a_transcript() -> None:
    text = (
        "Q: Minister, how many people were arrested?\n\n"
        "MR. DROZD: As I said yesterday, the police arrested 640 people, and I told the president so.\n\n"
        "Q: And how many were hurt?\n\n"
        "MR. DROZD: Nobody was hurt."
    )
    numbers = [(f.number, f.measure) for f in read(text).figures]
    assert (640, "detained") in numbers


def test_bullets_and_one_long_line() -> None:
    bullets = "The ministry said on Tuesday:\n\n- 12 people were killed\n- 40 people were injured\n- 7 people are missing\n"
    found = {(f.number, f.measure) for f in read(bullets).figures}
    assert found == {(12, "killed"), (40, "injured"), (7, "missing")}
    line = " ".join(["Police said 12 people were killed in Karsk."] * 60)
    assert {(f.number, f.measure) for f in read(line).figures} == {(12, "killed")}


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The ministry denied that anyone was beaten.", Stance.DENIES),
        ("Olga Marsh accused the police of shooting at the crowd.", Stance.ACCUSES),
        ("The governor promised that every child would be home by Sunday.", Stance.PROMISES),
        ("The union demanded that the director resign.", Stance.DEMANDS),
        ("The electoral board withdrew the figure, saying it had been a clerical error.", Stance.RETRACTS),
        ("Ann Bell, the opposition candidate, refused to recognise the election result.", Stance.DISPUTES),
        ("The coroner said there were no more than nine bodies in the hall.", Stance.ASSERTS),
        ("The coroner said there were no bodies in the hall.", Stance.DENIES),
        ("The mayor warned that the bridge might fall.", Stance.WARNS),
        ("The minister asked why the gates had been shut.", Stance.ASKS),
    ],
)  # fmt: skip
def test_what_a_speaker_does(text: str, stance: Stance) -> None:
    assert stance in {c.stance for c in read(text).claims}


@pytest.mark.parametrize(
    ("cue", "content", "wanted"),
    [
        ("declined", "further comment", Stance.ASSERTS),
        ("would not", "discuss the inquiry", Stance.ASSERTS),
        ("has never disavowed", "the plan for a curfew", Stance.ASSERTS),
        ("questioned", "why the gates were shut", Stance.ASKS),
        ("questioned", "the count", Stance.DISPUTES),
        ("said", "there is no place for such talk in this town", Stance.ASSERTS),
        ("said", "there was no fire at the depot", Stance.DENIES),
    ],
)
def test_who_keeps_silent_or_asks_denies_nothing(cue: str, content: str, wanted: Stance) -> None:
    assert stance(cue, content) is wanted


def test_a_claim_within_a_claim_has_it_as_parent() -> None:
    text = "Her lawyer said on Friday that the prison director denied that anyone had been beaten in the cells."
    claims = read(text).claims
    inner = next(c for c in claims if c.stance is Stance.DENIES and c.parent)
    outer = next(c for c in claims if c.id == inner.parent)
    assert inner.speaker == "prison director"
    assert outer.speaker == "Her lawyer"
    assert "director denied" in words(report(text), outer)


def test_nothing_and_other_languages() -> None:
    assert read("").claims == ()
    assert read(" \n\n ").figures == ()
    german = "Die Polizei nahm am Sonntag mehr als sechshundert Menschen fest, teilte das Ministerium am Montag mit."
    found = read(german, language=guess(german))
    assert found.claims == ()
    assert "language" in found.rejected[0].reason


def test_a_claim_has_a_meaning_near_to_the_same_in_other_words() -> None:
    text = (
        "Witnesses said guards beat prisoners with truncheons. The minister said no detainee had been hit by officers. "
        "The mayor said buses would run again on Monday."
    )
    found = read(text)
    of = report(text)
    near = {words(of, c): memoryview(found.meanings[c.id]).cast("b") for c in found.claims}
    one, other, third = (
        next(vector for said, vector in near.items() if part in said)
        for part in ("truncheons", "hit by officers", "buses")
    )

    def dot(a: memoryview, b: memoryview) -> int:
        return sum(x * y for x, y in zip(a, b, strict=True))

    assert dot(one, other) > dot(one, third)


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (
            "Thousands marched on Saturday. Organisers put the crowd at 30,000 and police at 4,500.",
            {"30,000": "organisers", "4,500": "police"},
        ),
        (
            "Open Ledger speaks of 41 dead, the interior ministry of 16.",
            {"41": "open ledger", "16": "interior ministry"},
        ),
        (
            "The mine burned for a day. The Miners' League now has 212 names on its list.",
            {"212": "miners' league"},
        ),
    ],
)
def test_counts_given_without_a_verb_of_saying_have_an_owner(
    text: str, speakers: dict[str, str]
) -> None:
    found = {f.said: f.speaker.lower() for f in read(text).figures if f.said in speakers}
    assert found == speakers


def test_a_number_told_twice_counts_the_same_thing() -> None:
    text = (
        "Gunmen abducted 139 pupils from the school at Dorn on Wednesday, the governor said.\n\n"
        "By Friday four had come home. The parents' list has 139 names, and each has a face."
    )
    assert [f.measure for f in read(text).figures if f.said == "139"] == ["abducted", "abducted"]


@pytest.mark.parametrize(
    ("text", "no_figure"),
    [
        ("Police arrested 31 dockers at the gate. The minister was told of it at nine, he said.", "nine"),
        ("Gunmen abducted 14 nuns on Friday. Ada Rell, a cook of 26, hid in the well.", "26"),
        ("The guards wounded seven pickets. Mara Quin, one of them, lost an eye.", "one"),
    ],
)  # fmt: skip
def test_a_number_that_counts_nothing_does_not_go_on_about_the_last_count(
    text: str, no_figure: str
) -> None:
    assert no_figure not in [f.said for f in read(text).figures]


def test_bodies_of_one_kind_are_kept_apart_by_what_stands_before() -> None:
    text = (
        "The dockers' union called a strike on Monday. The bakers' union said 40 of its members had joined it.\n\n"
        "The dockers' union said nobody had gone to work."
    )
    assert "bakers" in (held(text, "40 of its members").speaker or "").lower()
    assert "dockers" in (held(text, "nobody had gone").speaker or "").lower()


def test_a_title_is_left_out_before_a_name_but_not_with_what_a_dash_sets_off() -> None:
    workers = "workers at the state-owned mills — Mr Brokh’"
    assert names.untitled("Interior Minister Ann Bell") == "Ann Bell"
    assert names.untitled(workers) == workers
    assert names.untitled("former English teacher") == "former English teacher"
    text = "The workers of the mills – Mr Brokh’s oldest friends – met."
    found = split(text)
    of = mentions.Mention(head=1, first=0, last=len(found.forms) - 3, kind="person", form=mentions.COMMON)  # fmt: skip
    assert names.best(text, found, [of]) == "workers of the mills"


def test_a_body_in_apposition_is_no_part_of_a_persons_name() -> None:
    found = split("Orla Venn, chief engineer of the operator, Hydrodam, said so.")
    last = found.forms.index("Hydrodam")
    one = mentions.Mention(head=0, first=0, last=last, kind="person", form=mentions.PROPER)
    known = pairs.profiles(found.forms, [(0, 0, last)], [mentions.KINDS.index("person")], [mentions.PROPER])  # fmt: skip
    assert mentions.Clusters([one], found.forms, known).one(0).name == ["orla", "venn"]


def test_she_is_the_woman_and_not_whoever_was_named_last() -> None:
    text = (
        "Ana Sobolevskaya called on the government to free the detained on Friday. Uladzin Brokh of the Lantern group agreed.\n\n"
        "She said the council would meet on Sunday."
    )
    assert held(text, "the council would meet").speaker == "Ana Sobolevskaya"


def test_whoever_was_quoted_last_goes_on_as_he() -> None:
    text = (
        "Goran Maslic spoke for an hour on Friday. Goran Maslic promised new roads, and Maslic smiled at the crowd in Karsk.\n\n"
        "“The road was closed by the army,” Anton Reyl said. He also said that two lorries had burned."
    )
    assert held(text, "two lorries had burned").speaker == "Anton Reyl"


@pytest.mark.parametrize(
    ("text", "said", "when"),
    [
        ("Rescuers have found 31 dead after Thursday's fire at the mill, the mayor said.", "31", "2022-09-13"),
        ("Eleven bodies had been carried ashore by late Sunday. The mayor left.", "Eleven", "2022-09-11"),
        ("The ferry had struck the same rock in 2009. Four sailors were killed then.", "Four", "2009"),
        ("In 2016, raiders carried off 90 herders. Thirty of them were killed.", "Thirty", "2016"),
        ("Ten sailors were killed on Sunday. Three were killed in Selm.", "Three", "2022-09-13"),
    ],
)  # fmt: skip
def test_the_day_for_which_a_count_holds(text: str, said: str, when: str) -> None:
    assert [f.when for f in read(text).figures if f.said == said] == [when]


def test_a_name_set_off_behind_a_description_of_a_body_is_its_name() -> None:
    told = (
        "According to the owner, the Selm Ferry Company, 64 passengers had boarded before the boat"
        " left the pier."
    )
    assert [c.speaker for c in read(told).claims] == ["Selm Ferry Company"]


@pytest.mark.parametrize(
    "told",
    [
        "None of the officers said that shots were fired.",
        "Neither man has said that he would resign.",
    ],
)
def test_none_of_them_is_nobody(told: str) -> None:
    assert [c.speaker for c in read(told).claims] == [None]


def test_nobody_names_himself_in_what_he_says() -> None:
    told = (
        "Police are looking for Karl Vanto, 38. Vanto shot at two officers on Sunday and fled in their car."
        " He later posted a video in which he said that he would be back. Vanto then stole a second car from"
        " a woman, Sheriff Paul Orlo said. Vanto was seen again at a motel in Selm, Orlo told the Tidings."
        " The county court had been trying Vanto on an older charge, he noted."
    )
    claims = read(told).claims
    assert [c.speaker for c in claims] == ["Karl Vanto", *3 * ["Paul Orlo"]]


def test_a_name_behind_an_office_is_the_name() -> None:
    told = (
        "Mira Holt spoke for an hour. Holt campaign manager Robin Sand released a note before midnight."
        " In it, he said that turnout had been higher than in March."
    )
    assert [c.speaker for c in read(told).claims] == ["Robin Sand"]


def test_who_stands_for_the_name_before_it() -> None:
    reading = Reading(report("Mirela Dostan, who leads the inquiry, spoke to Anton Reyl."), READER.encoder)  # fmt: skip
    who = reading.words.forms.index("who")
    assert reading.speaker(who, who) == "Mirela Dostan"


@pytest.mark.parametrize(
    ("one", "other", "fits"),
    [
        ("Paul Venn", "Paul D. Rand", False),
        ("Tom Venn Jr", "Tom Venn", False),
        ("Ann and Tom Venn", "Tom Venn", False),
        ("Firmo Da Venn", "Teo Da Venn", False),
        ("Firmo Da Venn", "Da Venn", True),
        ("Marthe Le Rand", "Le Rand", True),
    ],
)
def test_which_two_names_can_be_one_cluster(one: str, other: str, fits: bool) -> None:
    found = split(f"{one} spoke, and {other} left.")
    ends = [len(split(one).forms) - 1, len(split(f"{one} spoke, and {other}").forms) - 1]
    firsts = [0, ends[1] + 1 - len(split(other).forms)]
    both = [mentions.Mention(last, first, last, "person", mentions.PROPER) for first, last in zip(firsts, ends, strict=True)]  # fmt: skip
    known = pairs.profiles(found.forms, [(m.head, m.first, m.last) for m in both], [mentions.PERSON] * 2, [mentions.PROPER] * 2)  # fmt: skip
    clusters = mentions.Clusters(both, found.forms, known)
    clusters.add(clusters.one(0), 0)
    assert clusters.fits(clusters.one(1), 0) == fits


def test_a_man_of_whom_nothing_was_said_before_is_nobody_named() -> None:
    text = (
        "President Oran Velde called the arrests necessary on Friday.\n\n"
        "A man shows bruises on his back that he says were left by guards at the camp."
    )
    assert "Velde" not in (held(text, "were left by guards").speaker or "")


def test_what_a_paper_says_is_said_by_the_paper() -> None:
    text = (
        "Some 900 people were held in the crackdown on crowds protesting the official results that"
        " said Oran Velde won 80% of the vote."
    )
    assert held(text, "Oran Velde won").speaker == "official results"


def test_two_plants_of_one_city_stay_two() -> None:
    text = (
        "The Dorn Automobile Plant stood still on Friday. The Dorn Automobile Plant said its gates were open.\n\n"
        "The Dorn Tractor Plant said 40 of its workers had not come."
    )
    assert held(text, "40 of its workers").speaker == "Dorn Tractor Plant"


def test_a_paper_with_an_owner_speaks_for_its_owner() -> None:
    text = (
        "The Lantern Committee met on Friday. According to its communiqué, 40 members came.\n\n"
        "The Dorn Port Authority said nothing had happened."
    )
    assert "communiqué" not in (held(text, "40 members came").speaker or "")


def test_the_ministry_is_no_news_agency() -> None:
    text = (
        "The ministry said 210 people were held. The figure was carried by the state agency Velpress.\n\n"
        "It was, the ministry said, the last count."
    )
    assert held(text, "210 people were held").speaker != "Velpress"


def test_whoever_has_an_office_of_a_body_is_not_the_body() -> None:
    text = (
        "The DPA said on Friday that the cranes stood still. DPA director Firmin Costa said"
        " the ships would wait.\n\nThe DPA said 40 of its workers had not come."
    )
    assert held(text, "40 of its workers").speaker == "DPA"
    assert held(text, "the ships would wait").speaker == "Firmin Costa"


def test_a_description_does_not_pass_over_whoever_was_named_since() -> None:
    text = (
        "Anton Reyl, his deputy, told a crowd that there was no abuse. Voters had come out for opposition"
        " candidate Eva Randova. The former teacher refused to recognise the result."
    )
    assert held(text, "recognise the result").speaker != "Anton Reyl"


def test_whose_the_figures_are_may_be_told_after_them() -> None:
    text = (
        "Crews brought 12 bodies out of the mine on Friday, and 28 people were missing.\n\n"
        "The figures were given by Colonel Tivan Munk, head of the rescue service."
    )
    speakers = {figure.speaker for figure in read(text).figures}
    assert speakers == {"Tivan Munk"}


def test_whose_figures_are_is_not_looked_for_far_away() -> None:
    text = (
        "Crews brought 12 bodies out of the mine on Friday. "
        + "It rained on the hills and nobody came down the road. " * 20
        + "The figures were given by Colonel Tivan Munk, head of the rescue service."
    )
    assert {figure.speaker for figure in read(text).figures} == {""}


def test_what_somebody_does_not_claim_is_no_assertion_of_his() -> None:
    text = "The observers did not claim that the bridge had been mined."
    assert held(text, "bridge had been mined").stance is Stance.DENIES

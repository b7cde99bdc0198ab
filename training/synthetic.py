"""Passages made from our own sentence patterns, for measures the corpora hardly have.

Every pattern was written here. `{n}` is a number phrase, `{w}` the people or things
counted, `{p}` a place, `{x}` a person or body, `[…]` marks what the label is about.
They also hold what is no figure: ages, dates, clock times, durations, money, ranks.
"""

import random
import re
from collections.abc import Iterator

from training.data import Sample, figure_sample

PATTERNS: dict[str, str] = """
released: {n} {w} were released from {p} jail on {d} | {n} {w} have been freed so far | the authorities set {n} {w} free | {n} {w} walked out of the prison in {p} after the amnesty | officials said {n} {w} had been let go without charge | a court ordered the release of {n} {w} | {n} {w} returned home from custody | the kidnappers freed {n} {w} | {x} said {n} {w} would be freed by {d} | the group released {n} {w} in exchange for food | {n} of the {w} were released on bail | the release of {n} {w} was announced by {x} | police let {n} {w} go overnight
missing: {n} {w} are still missing | {n} {w} remained unaccounted for on {d} | rescuers were searching for {n} {w} | {n} {w} have disappeared since {d} | the number of missing {w} rose to {n} | {x} listed {n} {w} as missing | {n} {w} had not been found by nightfall | families reported {n} {w} missing in {p} | the fate of {n} {w} is unknown, {x} said | {n} {w} never came back from {p}
displaced: {n} {w} fled their homes in {p} | {n} {w} were displaced by the fighting | {n} {w} were evacuated from {p} | the floods left {n} {w} homeless | {n} {w} have taken refuge in schools | {x} counted {n} displaced {w} | {n} {w} crossed the border into {p} | {n} {w} had to leave {p} | {n} {w} are sheltering in churches | the evacuation of {n} {w} began on {d}
attending: {n} {w} marched through {p} | {n} {w} gathered in the main square | {n} {w} attended the funeral | a crowd of {n} {w} blocked the road | {n} {w} took part in the rally in {p} | {x} put the crowd at {n} | {n} {w} turned out in {p} | {n} {w} demonstrated outside the ministry | organisers counted {n} {w} | {n} {w} joined the protest on {d} | {n} {w} lined the streets | police estimated that {n} {w} were on the square | {n} {w} filled the stadium to hear {x}
on_strike: {n} {w} walked out at the plant in {p} | {n} {w} are on strike | {n} {w} downed tools on {d} | the union said {n} {w} had stopped work | {n} {w} joined the strike | {x} said {n} {w} were striking | a strike by {n} {w} entered its second week | {n} {w} did not report for work | {n} {w} went on strike in {p}
deployed: {n} {w} were deployed in {p} | the government sent {n} {w} to {p} | {n} {w} guarded the polling stations | {n} {w} were sent in as reinforcements | {x} said {n} {w} would patrol the city | {n} {w} surrounded the building | some of the {w} were withdrawn, leaving {n} | the deployment of {n} {w} was ordered by {x} | {n} {w} took part in the operation | {n} {w} stood in front of the palace
sentenced: {n} {w} were sentenced to five years in prison | a court in {p} convicted {n} {w} | {n} {w} received prison terms | {n} {w} were found guilty of rioting | the judge jailed {n} {w} for 15 days | {n} {w} got suspended sentences | {n} {w} were given life sentences | the tribunal condemned {n} {w} to death
charged: {n} {w} were charged with murder | prosecutors charged {n} {w} in {p} | {n} {w} have been indicted | {n} {w} appeared in court on charges of sedition | {n} {w} face charges, {x} said | charges were brought against {n} {w} | {n} {w} will stand trial in {p}
hospitalised: {n} {w} were taken to hospital | {n} {w} were being treated in hospital in {p} | {n} {w} are in intensive care | {n} {w} remained in hospital on {d} | the hospital in {p} admitted {n} {w} | doctors were treating {n} {w} | ambulances took {n} {w} to the clinic | {n} {w} were hospitalised with burns
detained: {n} {w} were arrested in {p} | police detained {n} {w} on {d} | {n} {w} are being held in {p} | {x} counted {n} arrests | {n} {w} were taken into custody | {n} {w} have been jailed since {d} | {n} {w} were rounded up | the number of detained {w} rose to {n} | {n} {w} were picked up overnight | {n} arrests were made in {p}
abducted: gunmen abducted {n} {w} from {p} | {n} {w} were kidnapped on {d} | {n} {w} were taken hostage | armed men seized {n} {w} from the college | {n} {w} were carried off into the forest | the raiders took {n} {w} | {x} said {n} {w} had been abducted
killed: {n} {w} were killed in {p} | {n} {w} died in the clashes | the death toll rose to {n} | {x} said {n} {w} had been shot dead | {n} bodies were found in {p} | {n} {w} lost their lives | the blast killed {n} {w} | the toll now stands at {n}, {x} said | {n} {w} drowned | {n} deaths were confirmed by {x}
injured: {n} {w} were injured in {p} | {n} {w} were wounded | {n} {w} were hurt in the crush | {n} {w} suffered burns | the explosion injured {n} {w} | {n} {w} had gunshot wounds | {x} reported {n} injured {w}
turnout: turnout was {c} per cent | {n} voters cast ballots in {p} | {x} put turnout at {c} percent | {n} people had voted by noon | turnout reached {c}% in {p} | {n} voters took part | {c}% of registered voters went to the polls
vote_share: {x} won {c} percent of the vote | {x} got {c}% | {x} received {c} per cent in {p} | the commission gave {x} {c}% | {x} took {c} per cent, its chairman said | {c} percent voted for {x} | {x} led with {c}% of the votes counted
votes: {x} received {n} votes | {n} ballots were counted | {n} votes were declared invalid | {x} was ahead by {n} votes | {n} ballots were found in a van | the party won {n} seats | {n} spoiled ballots were set aside
damaged: {n} houses were damaged in {p} | {n} vehicles were burned | {n} shops were looted | the fire destroyed {n} homes | {n} buses were set alight | {n} buildings collapsed
attacks: {n} shots were fired | {n} explosions were heard in {p} | {n} shells hit the village | there were {n} attacks in {p} | {n} bombs went off on {d} | {x} recorded {n} incidents
seized: police seized {n} rifles | {n} computers were taken from the office | officers confiscated {n} weapons in {p} | {n} grenades were found | {n} bags of ballots were impounded
suspects: {n} gunmen opened fire | {n} attackers entered the building | {n} suspects are being sought | {n} masked men stormed the office | {n} robbers escaped towards {p} | police were looking for {n} men
other: {n} polling stations were opened | {n} observers were accredited | {n} witnesses were questioned | {n} families received aid | {n} people were tested | {n} lawyers signed the letter | {n} people survived | {n} passengers were on board | {n} {w} worked at the plant
none: {x}, {age}, said so on {d} | the meeting began at {h} | it lasted {age} days | a fine of ${big} was imposed | the road is {age} kilometres long | {x} has ruled since {year} | in {year} the law was changed | the plant is at {age} Harbour Road | the match ended 3-1 | he had been in office for {age} years | the minister spoke for {age} minutes | prices rose by {c} percent | the second round is on {d} | route {age} was closed | a {age}-year-old man spoke to reporters | the first of them came at {h} | article {age} of the code was cited | it cost {big} crowns | the temperature fell to {age} degrees | she won the third prize | one of the ministers resigned | no comment was given | it was one more sign of unrest | many said so | the temblor measured 6.2 | the box weighs {age} kilos | the index lost {c} percent | no date was set
""".strip()

PEOPLE = [
    "people",
    "protesters",
    "workers",
    "students",
    "police officers",
    "soldiers",
    "women",
    "men",
    "children",
    "prisoners",
    "detainees",
    "miners",
    "passengers",
    "villagers",
    "residents",
    "teachers",
    "demonstrators",
    "supporters",
    "civilians",
    "families",
    "activists",
    "refugees",
    "troops",
    "journalists",
    "opposition members",
    "nurses",
    "dockers",
    "girls",
    "farmers",
    "youths",
    "officers",
]
PLACES = [
    "Tarnovo",
    "Port Elim",
    "the capital",
    "Marasht",
    "Velin",
    "the north",
    "Old Quay",
    "Saint Orban",
    "the valley",
    "Kesh",
]
BODIES = [
    "the ministry",
    "the union",
    "Colonel Adar",
    "the governor",
    "a spokesman",
    "the opposition",
    "the commission",
    "the mayor",
    "Mr Veltan",
    "the rights group",
    "the Green List",
    "Anna Horvat",
    "the ruling party",
    "the company",
    "the Red Cross",
]
DAYS = [
    "Friday",
    "Monday night",
    "14 May",
    "the weekend",
    "Aug. 3",
    "Thursday morning",
    "9 November",
    "Sunday",
]
SMALL = ("two three four five six seven eight nine ten eleven twelve fifteen twenty thirty").split()
HEDGES = [
    "at least ",
    "more than ",
    "about ",
    "nearly ",
    "up to ",
    "over ",
    "around ",
    "almost ",
    "some ",
    "as many as ",
    "fewer than ",
    "no fewer than ",
    "an estimated ",
    "",
]
VAGUE = [
    "dozens of",
    "hundreds of",
    "thousands of",
    "several",
    "scores of",
    "many",
    "a few",
    "a number of",
    "several hundred",
    "tens of thousands of",
    "a couple of",
]
ZERO = ("no", "zero")


def number(rng: random.Random) -> str:
    """A number phrase in digits or words, often hedged, sometimes vague."""
    roll = rng.random()
    if roll < 0.1:
        return rng.choice(VAGUE)
    if roll < 0.13:
        return rng.choice(ZERO)
    if roll < 0.4:
        plain = rng.choice(SMALL)
    elif roll < 0.7:
        plain = str(rng.randint(2, 400))
    else:
        plain = f"{rng.choice((1, 2, 5, 10)) * rng.randint(100, 9000):,}"
    hedge = rng.choice(HEDGES) if rng.random() < 0.35 else ""
    return hedge + plain


def sentence(rng: random.Random, measure: str, pattern: str) -> tuple[str, dict | None]:
    """A filled pattern and its figure, if it has one; offsets within the sentence."""
    fillers = {
        "n": number(rng), "w": rng.choice(PEOPLE), "p": rng.choice(PLACES), "x": rng.choice(BODIES),
        "d": rng.choice(DAYS), "c": rng.choice(("61", "38.4", "7", "52", "80.1", "forty")), "age": str(rng.randint(2, 70)),
        "h": rng.choice(("6am", "10:30", "noon", "8 p.m.")), "big": f"{rng.randint(10, 900)},000", "year": str(rng.randint(1951, 2019)),
    }  # fmt: skip
    out, marks = "", {}
    for part in re.split(r"(\{\w+\})", pattern):
        key = part[1:-1] if part.startswith("{") else ""
        if key in marks:
            key = ""
        text = fillers.get(part[1:-1], part) if part.startswith("{") else part
        if key:
            marks[key] = (len(out), len(out) + len(text))
        out += text
    out = out[0].upper() + out[1:] + "."
    quantity = marks.get("n") or (marks.get("c") if measure in ("turnout", "vote_share") else None)
    if measure == "none" or quantity is None:
        return out, None
    if out[slice(*quantity)].lower().endswith(" of"):
        quantity = (quantity[0], quantity[1] - 3)
    counted = marks.get("w") or (marks.get("x") if measure == "vote_share" else None)
    return out, {
        "span": list(quantity), "measure": measure, "kind": "share" if "c" in marks else "total",
        "who": out[slice(*counted)] if counted else "",
    }  # fmt: skip


def passages(count: int, seed: int) -> Iterator[Sample]:
    """Passages of three to seven filled patterns each."""
    rng = random.Random(seed)
    table = {}
    for line in PATTERNS.splitlines():
        measure, _, patterns = line.partition(": ")
        table[measure] = [p.strip() for p in patterns.split("|")]
    measures = sorted(table)
    for n in range(count):
        text, figures = "", []
        for _ in range(rng.randint(3, 7)):
            measure = "none" if rng.random() < 0.25 else rng.choice(measures)
            made, figure = sentence(rng, measure, rng.choice(table[measure]))
            if figure:
                shift = len(text)
                figures.append(
                    figure | {"span": [figure["span"][0] + shift, figure["span"][1] + shift]}
                )
            text += made + (" " if rng.random() < 0.8 else "\n\n")
        yield figure_sample(f"synthetic-{n}", text, figures)

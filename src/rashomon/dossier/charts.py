"""Figures over time as SVG: a chart a measure, each mark a link to its words.

Vega-Lite draws it (vl-convert, offline): the specification is data, so no text of a
report is ever code. Colours are the page's own custom properties, light and dark.
"""

import re
from collections.abc import Sequence
from typing import Any

import msgspec
import vl_convert

from rashomon.dossier.views import View
from rashomon.model import DossierFigure

MARKS = 60  # marks in one chart; what is beyond stands in the table alone
LABELLED = 12  # marks up to which each carries its words
SPREAD = 50  # times that the greatest number exceeds the least from which the axis is logarithmic
_LINK = "https://words.invalid/"  # Vega takes only full addresses; the page's own replace them
# Vega gives the groups that hold marks the role of an image, without a name for it.
_CONTAINER = re.compile(r' role="graphics-\w+" aria-roledescription="[^"]*container"')
SIDES = {
    "official": "officials and forces", "security_force": "officials and forces", "state_media": "officials and forces",
    "opposition": "opposition and rights groups", "rights_group": "opposition and rights groups",
    "media": "media and the reports themselves", "report": "media and the reports themselves",
    "witness": "witnesses and medics", "medical": "witnesses and medics",
}  # fmt: skip
_COLOURS = {
    "officials and forces": "var(--red)",
    "opposition and rights groups": "var(--green)",
    "media and the reports themselves": "var(--blue)",
    "witnesses and medics": "var(--violet)",
    "others": "var(--grey)",
}


class Chart(msgspec.Struct, frozen=True):
    """An SVG with how many figures it shows, and those it leaves to the table and why."""

    svg: str
    shown: int
    undated: tuple[DossierFigure, ...]
    background: tuple[DossierFigure, ...]
    beyond: int


def warm() -> None:
    """Start the drawing library, which takes a second the first time, before somebody waits for it."""
    vl_convert.vegalite_to_svg({"data": {"values": []}, "mark": "point"})


def chart(view: View, measure: str, figures: Sequence[DossierFigure]) -> Chart | None:
    """The chart of a measure's totals and shares, copies collapsed; None where fewer than two can be drawn."""
    background = tuple(f for f in figures if view.is_background(f))
    aside = {f.id for f in background}
    undated = tuple(f for f in figures if len(view.as_of(f)) < 10 and f.id not in aside)
    aside |= {f.id for f in undated} | {f.id for f in figures if f.kind in ("subset", "increment")}
    first: dict[tuple[object, ...], DossierFigure] = {}
    for figure in figures:
        if figure.id not in aside and _ends(figure) != (None, None):
            first.setdefault(
                (view.voice(figure), figure.low, figure.high, view.as_of(figure)), figure
            )
    drawn = list(first.values())
    if len(drawn) < 2:
        return None
    shown = drawn[:MARKS]
    svg = _CONTAINER.sub("", vl_convert.vegalite_to_svg(_specification(view, measure, shown)))
    for figure in shown:
        svg = svg.replace(f'xlink:href="{_LINK}{figure.id}"', f'href="{view.href(figure.id)}"')
    return Chart(svg, len(shown), undated, background, len(drawn) - len(shown))


def _ends(figure: DossierFigure) -> tuple[float | None, float | None]:
    return figure.low, figure.high


def _specification(view: View, measure: str, figures: Sequence[DossierFigure]) -> dict[str, Any]:
    numbers = [n for f in figures for n in _ends(f) if n is not None]
    top = max(numbers) * 1.15 + 1
    least = min((n for n in numbers if n > 0), default=1)
    voices = {v: n for n, v in enumerate(sorted({view.voice(f) for f in figures}))}
    rows = [_row(view, f, top, voices) for f in figures]
    sides = [side for side in _COLOURS if side in {row["side"] for row in rows}]
    x = {
        "field": "when",
        "type": "ordinal",
        "title": "as of",
        "axis": {"labelAngle": 0, "labelOverlap": True},
    }
    scale = {"type": "symlog"} if top > SPREAD * least else {"zero": True}
    y = {
        "type": "quantitative",
        "scale": scale,
        "title": measure.replace("_", " "),
        "axis": {"format": ",.9~g"},
    }
    colour = {
        "field": "side", "type": "nominal", "scale": {"domain": sides, "range": [_COLOURS[side] for side in sides]},
        "legend": {"orient": "bottom", "title": None, "columns": 3, "labelLimit": 260, "columnPadding": 28},
    }  # fmt: skip
    offset = {"field": "slot", "type": "ordinal"}
    common = {
        "x": x,
        "xOffset": offset,
        "color": colour,
        "href": {"field": "link"},
        "description": {"field": "label"},
    }
    named = {"field": "at", **y}
    point = {"y": named, "tooltip": {"field": "label"}}
    faded = {"condition": {"test": "datum.standing === 'live'", "value": 1}, "value": 0.45}
    layers: list[dict[str, Any]] = [
        {"mark": {"type": "line", "strokeWidth": 1, "strokeDash": [3, 3]}, "encoding": {"x": x, "xOffset": offset, "y": named, "detail": {"field": "voice"}, "color": colour}},
        {"mark": {"type": "rule", "strokeWidth": 4, "strokeCap": "round"}, "encoding": {**common, "y": {"field": "low", **y}, "y2": {"field": "high"}, "opacity": faded}},
        {"mark": {"type": "point", "filled": True, "size": 90}, "transform": [{"filter": "datum.standing !== 'retracted'"}], "encoding": {**common, **point, "opacity": faded}},
        {"mark": {"type": "point", "shape": "cross", "size": 140, "strokeWidth": 3}, "transform": [{"filter": "datum.standing === 'retracted'"}], "encoding": {**common, **point}},
        {"mark": {"type": "point", "filled": True, "shape": "triangle-up", "size": 80}, "transform": [{"filter": "datum.up"}], "encoding": {**common, "y": {"field": "high", **y}}},
        {"mark": {"type": "point", "filled": True, "shape": "triangle-down", "size": 80}, "transform": [{"filter": "datum.down"}], "encoding": {**common, "y": {"field": "low", **y}}},
    ]  # fmt: skip
    if len(figures) <= LABELLED:
        layers.append({
            "mark": {"type": "text", "align": "left", "dx": 8, "dy": -7, "fontSize": 11, "limit": 130, "aria": False},
            "encoding": {**{k: common[k] for k in ("x", "xOffset")}, "y": named, "text": {"field": "said"}, "color": {"value": "currentColor"}},
        })  # fmt: skip
    text = {
        "labelColor": "currentColor",
        "titleColor": "currentColor",
        "labelFontSize": 12,
        "titleFontSize": 12,
    }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 760, "height": 260, "background": None, "data": {"values": rows}, "layer": layers,
        "config": {
            "font": "system-ui, sans-serif", "view": {"stroke": None}, "legend": text,
            "axis": {**text, "gridColor": "currentColor", "gridOpacity": 0.12, "domainColor": "currentColor", "tickColor": "currentColor"},
        },
    }  # fmt: skip


def _row(view: View, figure: DossierFigure, top: float, voices: dict[str, int]) -> dict[str, Any]:
    low, high = _ends(figure)
    voice = view.voice(figure)
    words = f"{view.speaker(figure)}: {figure.said}, as of {figure.when}"
    standing = view.standing(figure)
    return {
        "when": view.as_of(figure), "at": figure.number if figure.number is not None else high if low is None else low, "low": 0 if low is None else low, "high": top if high is None else high,
        "up": high is None, "down": low is None, "standing": standing, "said": figure.said, "voice": voice, "slot": voices[voice],
        "side": SIDES.get(view.party_class(figure), "others"), "link": _LINK + figure.id,
        "label": words if standing == "live" else f"{words} ({standing})",
    }  # fmt: skip

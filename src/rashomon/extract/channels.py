"""Through what a claim reached the report: television, a video, another outlet, a communiqué."""

import re

_MEDIUM = (
    r"(?:(?:state|national|public|local|private|independent|government|opposition|city)(?:-run| run|-owned)? )?"
    r"(?:television|TV|radio|broadcaster|news agency|newspaper|daily|media|press|channel)"
)
_THING = (
    r"(?:(?:an?|the|her|his|its|their|another|earlier|new|written|joint|short|brief|two-line|televised|live|separate|recorded|leaked) )*"
    r"(?:(?:press|news|video|audio|voice|written|telephone|phone|radio|television|TV|Telegram|Facebook|Twitter|public|official|online|open)[ -])*"
    r"(?:statement|communiqu[eé]|interview|briefing|conference|video(?:s)?|message|letter|post|tweet|speech|address|remarks|call|report|bulletin|leaflet|recording|broadcast|e-?mail|note|press release|appeal|blog)s?"
)
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:[Ii]n|[Tt]hrough|[Vv]ia|[Oo]n|[Dd]uring|[Aa]t|[Bb]y) (?P<c>{_THING}(?: (?:on|with|to|from|posted on|published on|released on|released|broadcast on|aired on|circulating on) (?:(?:the )?(?:messaging app )?[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*)*|{_MEDIUM}))?)",
        rf"\b(?:[Oo]n|[Tt]o|[Vv]ia|[Tt]hrough) (?P<c>(?:the )?{_MEDIUM})\b",
        r"\b(?P<c>quoted (?:by|in|on) (?:the )?(?:[\w-]+ ){0,3}[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*)*)",
        r"\b(?:[Oo]n|[Tt]hrough|[Vv]ia) (?P<c>(?:messaging app |the messaging app |social (?:media|networks?))?(?:Telegram|Facebook|Twitter|Instagram|WhatsApp|YouTube|VKontakte|TikTok|Viber|social media|social networks)(?: channel)?)",
        r"\b(?P<c>by (?:tele)?phone|by e-?mail|in writing|on condition of anonymity|in front of cameras)\b",
        r"\b(?P<c>(?:told|tells) (?:the )?(?:us|our (?:\w+)|me|reporters|journalists|supporters|parliament|lawmakers|(?:[A-Z][\w’'.&-]*)(?: [A-Z][\w’'.&-]*){0,4}))",
    )
)
_AGENCY = re.compile(
    r"\b[Aa]ccording to (?P<c>(?:the )?(?:state|official|national) (?:news )?agency (?:[A-Z][\w’'-]*)?|(?:state|official) (?:media|television|radio))"
)


def channel(clause: str, *, sourced: bool) -> str | None:
    """The channel that the words around a cue name, as worded; None where they name none.

    `clause` is the cue's sentence without the content. With a speaker of its own
    (`sourced`), "according to state news agency X" is the channel, not the speaker.
    """
    if sourced and (found := _AGENCY.search(clause)):
        return found["c"].strip()
    for pattern in _PATTERNS:
        if found := pattern.search(clause):
            return " ".join(found["c"].split())
    return None

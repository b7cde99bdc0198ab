"""Main text and metadata of web pages, by trafilatura."""

import hashlib
import re
from collections.abc import Iterator

import trafilatura
from lxml import etree
from trafilatura.settings import Document

from rashomon.model import Rejected, Unreadable
from rashomon.sources.draft import Draft, edtf
from rashomon.sources.text import decode

# Deeper trees than any page needs; the extractor recurses over them.
DEEPEST = 250
_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9]*+)([^<>]*+)>")
_VOID = frozenset(
    b"area base br col embed hr img input link meta param source track wbr p li".split()
)


def drafts(data: bytes) -> Iterator[Draft | Rejected]:
    """The one report of a page; Unreadable if no main text can be found."""
    if deepest(data) > DEEPEST:
        raise Unreadable(f"HTML nested more than {DEEPEST} deep")
    try:
        found = trafilatura.bare_extraction(
            decode(data), include_comments=False, include_tables=True, favor_recall=True,
            include_images=False, with_metadata=True,
        )  # fmt: skip
    except (etree.LxmlError, ValueError, RecursionError) as error:
        raise Unreadable("HTML that cannot be parsed") from error
    if not isinstance(found, Document) or not (found.text or "").strip():
        raise Unreadable("no main text found in the page")
    yield Draft(
        text=found.text or "",
        sha256=hashlib.sha256(data).hexdigest(),
        title=found.title or None,
        outlet=found.sitename or None,
        published=edtf(found.date),
        url=found.url or None,
        byline=found.author or None,
    )


def deepest(data: bytes) -> int:
    """How deep the tags nest, in one pass and without a tree."""
    depth = most = 0
    for closing, name, rest in _TAG.findall(data):
        if rest.endswith(b"/") or name.lower() in _VOID:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        most = max(most, depth)
    return most

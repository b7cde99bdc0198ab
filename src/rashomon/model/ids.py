"""Ids made from content: the same thing read again has the same id."""

import hashlib

import msgspec


def digest(prefix: str, *parts: object) -> str:
    """An id such as `c-5f3e…`: the prefix and 16 hex digits of a hash of the parts."""
    content = msgspec.json.encode(parts, order="sorted")
    return f"{prefix}-{hashlib.blake2b(content, digest_size=8).hexdigest()}"

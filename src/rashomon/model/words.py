"""Words of a report made short for a title or a line."""


def shortened(words: str, most: int) -> str:
    """Words in one line without the marks around them and a leading "that"; cut at a space beyond `most` characters."""
    line = " ".join(words.split()).strip('.,;:“”"«»„ ').removeprefix("that ").lstrip('“"«„ ')
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + " …"

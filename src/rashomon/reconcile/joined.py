"""Ids found to belong together: union by root, in nearly constant time."""


class Joined:
    """Groups of ids; an id that was joined with none is a group of its own."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def root(self, id: str) -> str:
        """The id that stands for a group: the least of its ids."""
        root = id
        while (above := self._parent.get(root, root)) != root:
            root = above
        while (above := self._parent.get(id, id)) != root:
            self._parent[id] = root
            id = above
        return root

    def join(self, one: str, other: str) -> tuple[str, str]:
        """Make two groups one; its root, and the root that no longer is one (the same if they were one)."""
        kept, gone = sorted((self.root(one), self.root(other)))
        self._parent[gone] = kept
        return kept, gone

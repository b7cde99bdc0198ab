"""The case in a browser: the dossier's views over HTTP, and review."""

from rashomon.web.app import create_app

__all__ = ["create_app"]

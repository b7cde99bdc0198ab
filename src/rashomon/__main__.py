"""`python -m rashomon` is the `rashomon` command."""

from rashomon.cli.main import run

if __name__ == "__main__":
    run()

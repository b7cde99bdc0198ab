"""The static page in a real headless Chromium."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from rashomon.dossier import page as render
from rashomon.model import Report
from rashomon.pipeline import derive, extract
from rashomon.sources import read

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.model,
    pytest.mark.skipif(
        CHROMIUM is None, reason="Chromium is not installed (scripts/system says how)"
    ),
]


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    reports = [r for r in read([Path("examples/sarnica")]) if isinstance(r, Report)]
    out = tmp_path_factory.mktemp("page") / "dossier.html"
    out.write_text(render(derive(extract(reports))), "utf8")
    return out


@pytest.fixture
def page(dossier: Path) -> Iterator[Page]:
    flags = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-sync"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        opened = browser.new_page(java_script_enabled=True)
        opened.problems = []  # type: ignore[attr-defined]
        opened.on(
            "console",
            lambda m: opened.problems.append(m.text) if m.type in ("error", "warning") else None,
        )
        opened.on(
            "request",
            lambda r: opened.problems.append(r.url) if not r.url.startswith("file:") else None,
        )
        opened.goto(dossier.as_uri())
        yield opened
        assert opened.problems == []
        browser.close()


def test_a_statement_leads_to_its_words_and_back(page: Page) -> None:
    first = page.locator("#questions a.who").first
    target = first.get_attribute("href") or ""
    first.click()
    words = page.locator(f"[id='{target[1:]}']")
    words.wait_for()
    assert page.evaluate("document.querySelector(':target').id") == target[1:]
    box = words.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < page.viewport_size["height"]
    page.go_back()
    assert page.locator("#questions h2").is_visible()


def test_every_link_has_its_target(page: Page) -> None:
    broken = page.evaluate(
        "[...document.links].map(a => a.hash.slice(1)).filter(id => !document.getElementById(id))"
    )
    assert broken == []


def test_it_fits_a_phone_and_works_by_keyboard(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.url.endswith("#questions")

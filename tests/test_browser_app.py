"""The app in a real headless Chromium: reading, filters, looking back, review, keyboard, phone, axe."""

import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from rashomon.dossier import page as render
from rashomon.model import Report, Stance
from rashomon.pipeline import derive, extract
from rashomon.sources import read
from rashomon.store import CaseStore
from rashomon.web import create_app
from tests.builders import claim, extraction, figure, report

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.model,
    pytest.mark.xdist_group("app"),
    pytest.mark.skipif(
        CHROMIUM is None, reason="Chromium is not installed (scripts/system says how)"
    ),
]
FLAGS = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-sync"]
TOKEN = "t0ken"  # noqa: S105  of a server that lives as long as a test
HOSTILE = (
    "Olga <script>alert(1)</script> said “<img src=x onerror=alert(2)> 14 people” were held.\n\n"
    "Then 15 people were held, </style></div> said “{{ 7 * 7 }}” javascript:alert(3)."
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("app") / "case"
    reports = [r for r in read([Path("examples/sarnica")]) if isinstance(r, Report)]
    bad = report(HOSTILE, title="<b>Bold</b>", outlet='"><svg onload=alert(4)>', path="<i>.txt", published="2022-09-13")  # fmt: skip
    told = claim(
        bad, "14 people” were held", "Olga <script>alert(1)</script>", stance=Stance.DENIES
    )
    counted = figure(bad, "14", "detained", claim=told, who="<u>people</u>")
    again = figure(bad, "15", "detained", who="<u>people</u>")
    facts = [
        *extract(reports),
        (bad, extraction(bad, claims=(told,), figures=(counted, again))),
    ]
    with CaseStore.open(folder, create=True) as store:
        for made, found in facts:
            store.add(made, found, None, extractor="x", seen_at="2022-09-20T00:00:00+00:00")
    config = uvicorn.Config("", host="127.0.0.1", port=0, log_level="error")
    listener = config.bind_socket()
    port = listener.getsockname()[1]
    config.app = create_app(folder, "x", token=TOKEN, hosts=[f"127.0.0.1:{port}"])
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield made
        made.close()


def opened(context: BrowserContext, problems: list[str], address: str) -> Page:
    page = context.new_page()
    page.on("console", lambda m: problems.append(m.text) if m.type in ("error", "warning") else None)  # fmt: skip
    page.on("dialog", lambda d: problems.append(f"dialog {d.message}"))
    page.on("request", lambda r: problems.append(r.url) if not r.url.startswith(address) else None)
    return page


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    problems: list[str] = []
    context = browser.new_context()
    made = opened(context, problems, address)
    made.goto(f"{address}/?token={TOKEN}")
    assert "token" not in made.url
    yield made
    context.close()
    assert problems == []


def test_a_statement_leads_to_its_words_and_back(page: Page) -> None:
    page.locator("main a.who").first.click()
    page.wait_for_url("**/reports/**")
    marked = page.locator(":target")
    box = marked.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < page.viewport_size["height"]
    marked.click()
    assert page.locator(":target").get_attribute("id").startswith("note-")
    page.go_back()
    page.go_back()
    assert page.locator("h2").first.inner_text().startswith("What is disputed")


def test_filters_make_addresses_that_can_be_shared(page: Page) -> None:
    everything = page.locator(".question").count()
    page.get_by_label("Status").select_option("denied")
    page.get_by_role("button", name="Filter").click()
    page.wait_for_url("**status=denied**")
    fewer = page.locator(".question").count()
    assert 0 < fewer < everything
    again = page.context.new_page()
    again.goto(page.url)
    assert again.locator(".question").count() == fewer
    assert again.get_by_label("Status").input_value() == "denied"


def test_the_date_control_shows_the_case_of_a_day(page: Page) -> None:
    now = page.locator(".lead").first.inner_text()
    page.get_by_label("As known on").fill("2022-09-12")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**as_of=2022-09-12**")
    assert "As it was known at the end of 2022-09-12" in page.locator("[role=status]").first.inner_text()  # fmt: skip
    assert page.locator(".lead").first.inner_text() != now
    page.get_by_role("link", name="Figures", exact=True).click()
    assert "as_of=2022-09-12" in page.url
    page.get_by_role("link", name="Now").click()
    assert page.locator(".lead").first.inner_text() == now


def test_a_mark_of_a_chart_leads_to_its_words(page: Page, address: str) -> None:
    page.goto(f"{address}/figures?measure=detained")
    mark = page.locator(".chart svg a").first
    target = mark.get_attribute("href")
    mark.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/**")
    assert page.url.endswith(target)
    assert page.locator(":target").count() == 1


def test_review_with_the_keyboard_alone_and_undo(page: Page, address: str) -> None:
    page.goto(f"{address}/figures?measure=killed")
    rows = page.locator("main tbody tr").count()
    page.get_by_role("link", name="review").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/review/**")
    name = page.get_by_label("Your name").first
    name.focus()
    page.keyboard.type("Ida")
    page.keyboard.press("Tab")
    page.keyboard.type("a misprint")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/decisions")
    assert "a misprint" in page.locator("main").inner_text()
    page.goto(f"{address}/figures?measure=killed")
    assert page.locator("main tbody tr").count() == rows - 1
    page.goto(f"{address}/decisions")
    page.get_by_role("button", name="Undo: reject").click()
    page.wait_for_load_state()
    page.goto(f"{address}/figures?measure=killed")
    assert page.locator("main tbody tr").count() == rows


def test_two_reviewers_see_each_other(browser: Browser, address: str) -> None:
    problems: list[str] = []
    contexts = [browser.new_context() for _ in range(2)]
    one, other = (opened(context, problems, address) for context in contexts)
    for page, name in ((one, "Ida"), (other, "Oto")):
        page.goto(f"{address}/?token={TOKEN}")
        page.get_by_role("link", name="review").first.click()
        page.get_by_label("Your name").last.fill(name)
        page.get_by_role("textbox", name="Note").fill(f"seen by {name}")
        page.get_by_role("button", name="Add the note").click()
        page.wait_for_load_state()
    one.goto(f"{address}/decisions")
    text = one.locator("main").inner_text()
    assert "seen by Ida" in text
    assert "seen by Oto" in text
    for context in contexts:
        context.close()
    assert problems == []


def test_a_phone_sees_no_page_wider_than_itself(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    for path in ("/", "/figures", "/who", "/timeline", "/parties", "/reports", "/decisions"):
        page.goto(address + path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 360, path
    context.close()


def test_a_hostile_report_stays_text(page: Page, address: str) -> None:
    page.goto(f"{address}/search?q=alert")
    page.get_by_role("link", name="svg onload").first.click()
    assert "<script>alert(1)</script>" in page.locator(".text").inner_text()
    for path in ("/", "/figures?measure=detained", "/parties", "/who", "/timeline"):
        page.goto(address + path)
        assert page.locator("main script, main img, main iframe, main b b, main u").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser: Browser, address: str, scheme: str, tmp_path: Path) -> None:  # fmt: skip
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{address}/?token={TOKEN}")
    page.goto(f"{address}/reports")
    report_page = page.locator("main tbody a").first.get_attribute("href")
    page.goto(f"{address}/")
    review = page.get_by_role("link", name="review").first.get_attribute("href")
    party = page.request.get(f"{address}/dossier.json").json()["parties"][0]["id"]
    static = tmp_path / "dossier.html"
    reports = [r for r in read([Path("examples/sarnica")]) if isinstance(r, Report)]
    static.write_text(render(derive(extract(reports))), "utf8")
    paths = ("/", "/figures", "/who", "/timeline", "/parties", "/reports", "/search?q=police", "/changes?since=2022-09-12", "/decisions", report_page, review, f"/parties/{party}")  # fmt: skip
    for url in (*(address + path for path in paths), static.as_uri()):
        page.goto(url)
        found = Axe().run(page).response["violations"]
        serious = [
            (v["id"], v["nodes"][0]["html"][:200], v["nodes"][0].get("failureSummary", "")[:300])
            for v in found
            if v["impact"] in ("serious", "critical")
        ]
        assert serious == [], url
    context.close()

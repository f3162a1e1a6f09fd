from pathlib import Path

import pytest
from install import find_chromium
from playwright.sync_api import expect, sync_playwright
from screen import open_app
from server import Server

OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
LOOK = Path(__file__).parent / "look.js"

expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def server():
    server = Server()
    server.wait_until_healthy()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def browser():
    path = find_chromium()
    if not path:
        pytest.fail("There is no Chromium to test in. Run tests/browser/install.py.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser, server):
    """Open the page in a browser window of its own; any error in it fails the test.

    forgiving: of errors, as when the server is stopped. before: JavaScript that runs first.
    """
    contexts, errors, log = [], [], len(server.log)

    def open_window(url=server.url, forgiving=False, before="", **options):
        options = {"viewport": {"width": 1440, "height": 900}} | options
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.set_default_timeout(20_000)
        page.add_init_script(path=LOOK)
        page.add_init_script(before)
        if not forgiving:
            page.on("pageerror", lambda error: errors.append(str(error)))
            page.on("console", lambda said: said.type == "error" and errors.append(said.text))
        open_app(page, url)
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert not errors
    said = "".join(server.log[log:])
    assert "Traceback" not in said, said


@pytest.fixture
def page(visit):
    return visit()

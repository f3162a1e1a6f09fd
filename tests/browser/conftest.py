from pathlib import Path

import pytest
from install import find_chromium
from playwright.sync_api import expect, sync_playwright
from screen import open_app
from server import Server

OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
LOOK = Path(__file__).parent / "look.js"
WINDOW = {"viewport": {"width": 1440, "height": 900}, "color_scheme": "light"}

PATIENCE = 60_000  # ms that a busy machine is given for anything; only what fails takes so long

expect.set_options(timeout=PATIENCE)


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


@pytest.fixture(scope="session")
def kept():
    """Windows that are free for another test, by what they were opened with."""
    return {}


@pytest.fixture
def visit(request, browser, server, kept):
    """Open the page in a browser window of its own; any error in it fails the test.

    forgiving: of errors, as when the server is stopped. before: JavaScript that runs first.
    new: whether nobody may have been in the window before. Else it may be one that another test
    has left: the page is opened anew, as by a reload, but the browser has read Streamlit's scripts
    already, which takes longer than most tests do.
    """
    windows, errors, log = [], [], len(server.log)

    def failed(error):
        errors.append(str(error))

    def said(message):
        if message.type == "error":
            errors.append(message.text)

    def open_window(url=server.url, forgiving=False, before="", new=False, **options):
        options = WINDOW | options
        free = [] if forgiving or before or new else kept.setdefault(repr(options), [])
        page = free.pop() if free else _new_window(browser, options, before)
        windows.append((page, options, not (forgiving or before or new)))
        if not forgiving:
            page.on("pageerror", failed)
            page.on("console", said)
        open_app(page, url)
        return page

    yield open_window
    has_failed = request.node.stash.get(FAILED, False) or errors
    for page, options, is_kept in windows:
        if has_failed or not is_kept:
            page.context.close()
        else:
            page.remove_listener("pageerror", failed)
            page.remove_listener("console", said)
            _leave(page, server, options)
            kept[repr(options)].append(page)
    assert not errors
    printed = "".join(server.log[log:])
    assert "Traceback" not in printed, printed


def _new_window(browser, options, before):
    page = browser.new_context(**options).new_page()
    page.set_default_timeout(PATIENCE)
    page.add_init_script(path=LOOK)
    page.add_init_script(before)
    return page


def _leave(page, server, options):
    """As it is found by who comes next: nothing shown, nothing kept, nothing permitted."""
    page.evaluate("sessionStorage.clear(), localStorage.clear()")
    page.context.clear_permissions()
    page.mouse.move(0, 0)
    page.goto(f"{server.url}/_stcore/health")  # of the same site, so the scripts stay read
    page.set_viewport_size(options["viewport"])
    page.emulate_media(color_scheme=options["color_scheme"])


FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report


@pytest.fixture
def page(visit):
    return visit()

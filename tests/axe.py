"""What axe finds on a page, in light and in the dark."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

EVERYTHING = '{resultTypes: ["violations"]}'
# In the dark nothing but colours differs.
COLOURS = '{resultTypes: ["violations"], runOnly: {type: "rule", values: ["color-contrast"]}}'


def faults(page: Page, *, in_the_dark: bool = True) -> list[str]:
    """One line per fault, with the elements; axe is carried in once, the page is left in light."""
    page.evaluate(Axe().axe_script)
    found = run(page, "light", EVERYTHING)
    if in_the_dark:
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")  # no colour on its way to another
        found += run(page, "dark", COLOURS)
        page.emulate_media(color_scheme="light", reduced_motion="no-preference")
    return found


def faults_without_script(page: Page) -> list[str]:
    """The same of a page on a screen without JavaScript, where axe cannot run: it reads what stands there elsewhere.

    The page's own scripts do not run, nor is it asked for again: a message said once is still there.
    """
    shown, url = page.content(), page.url
    browser = page.context.browser
    assert browser is not None
    reader = browser.new_page(viewport=page.viewport_size)
    reader.route(re.compile(r"\.js(\?|$)"), lambda route: route.abort())
    reader.route(url.partition("#")[0], lambda route: route.fulfill(body=shown, content_type="text/html"))
    reader.goto(url)
    found = faults(reader)
    reader.close()
    return found


def run(page: Page, scheme: str, options: str) -> list[str]:
    """One reading. An empty one would find nothing for ever: axe says how many rules it applied."""
    said = page.evaluate(
        f"axe.run({options}).then(({{violations, passes}}) => ({{violations, passes: passes.length}}))"
    )
    assert said["passes"] + len(said["violations"]), f"axe read nothing in {scheme}"
    return [
        f"{scheme} {each['id']}: {each['help']}\n  "
        + "\n  ".join(f"{node['target']} {node['failureSummary']}" for node in each["nodes"])
        for each in said["violations"]
    ]

"""Works a page by its keys alone, as somebody without a mouse does, and says where the focus cannot be followed."""

import pytest
from playwright.sync_api import Locator, Page

# What has the focus: its name, whether a line is drawn around it (or around the label that stands for it), and what
# lies over it.
_LOOK = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return null;
  here.dataset.walked = "";
  const isDrawn = part => part && getComputedStyle(part).outlineStyle !== "none"
    && getComputedStyle(part).outlineWidth !== "0px";
  const label = here.closest("label");
  let over = null;
  const isSeen = [here, label].some(part => {
    const line = part?.getClientRects()[0];
    if (!line) return false;
    over = document.elementFromPoint(line.left + line.width / 2, line.top + Math.min(line.height, innerHeight) / 2);
    return over && (part.contains(over) || over.contains(part));
  });
  return {
    name: here.outerHTML.slice(0, 120),
    isOutlined: [here, here.nextElementSibling, label].some(isDrawn),
    over: isSeen ? "" : over ? over.outerHTML.slice(0, 60) : "the edge of the window",
  };
}"""

_MISSED = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
  .filter(part => part.tabIndex >= 0 && !part.disabled && part.checkVisibility() && !("walked" in part.dataset))
  // Of a group of radio buttons and of the rows of a table Tab reaches one, and the arrows the others.
  .filter(part => part.type !== "radio" || !document.querySelector(`[data-walked][name="${part.name}"]`))
  .filter(part => !part.matches("[data-work-row]") || !document.querySelector("[data-walked][data-work-row]"))
  .map(part => part.outerHTML.slice(0, 120))"""

MOST_STOPS = 400


def find_lost_focus(page: Page) -> list[str]:
    """Goes through the whole page with Tab: every stop that cannot be seen, and every control that has no stop."""
    problems = []
    page.evaluate("document.querySelector('.skip').focus()")
    page.evaluate("document.querySelector('.skip').dataset.walked = ''")
    part_of_field = ""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(_LOOK)
        if stop is None:
            return [*problems, *(f"No way to {name}" for name in page.evaluate(_MISSED))]
        # A field for a date has parts, and shows the one that is worked by its own colour.
        if not stop["isOutlined"] and stop["name"] != part_of_field:
            problems.append(f"No focus to see on {stop['name']}")
        if stop["over"]:
            problems.append(f"{stop['name']} lies under {stop['over']}")
        part_of_field = stop["name"] if 'type="date"' in stop["name"] or 'type="time"' in stop["name"] else ""
    return [*problems, f"The focus goes round in circles: more than {MOST_STOPS} stops"]


def tab_to(page: Page, wanted: Locator, *, key: str = "Tab") -> Locator:
    """Presses Tab until ``wanted`` has the focus."""
    for _ in range(MOST_STOPS):
        page.keyboard.press(key)
        if wanted.evaluate("element => element === document.activeElement"):
            return wanted
    pytest.fail(f"{key} never leads to {wanted}")


def press_on(page: Page, wanted: Locator, *, key: str = "Enter") -> None:
    tab_to(page, wanted)
    page.keyboard.press(key)


def fill_by_keys(page: Page, field: Locator, text: str) -> None:
    """Goes to a field, and types over what is in it."""
    tab_to(page, field)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)

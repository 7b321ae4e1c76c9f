"""A page in the hands of who has a keyboard and no pointer: what tests do to it is done with keys alone.

Whatever is reached must lie in sight, uncovered, with a ring around it.
"""

from playwright.sync_api import Locator

MOST_STEPS = 400
# What takes the focus for this element: itself, or what it is a part of.
TAKES_FOCUS = "a[href], button, summary, input, select, textarea, [tabindex]"
# Where the focus is, seen from what is wanted: "here", "before" it, "after" it, or "beside" it: on another
# of its radios, of which Tab reaches one.
PLACE = f"""element => {{
    const wanted = element.closest("{TAKES_FOCUS}") ?? element;
    const active = document.activeElement;
    if (active === wanted) return "here";
    const isRadio = wanted.type === "radio" && active.type === "radio";
    if (isRadio && active.name === wanted.name && active.form === wanted.form) return "beside";
    if (active === document.body || active.contains(wanted)) return "before";
    return active.compareDocumentPosition(wanted) & Node.DOCUMENT_POSITION_PRECEDING ? "after" : "before";
}}"""
UNSEEN = """element => {
    const active = document.activeElement;
    const box = active.getBoundingClientRect();
    const [x, y] = [box.left + Math.min(box.width / 2, 40), box.top + Math.min(box.height / 2, 40)];
    if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return "out of sight";
    const top = document.elementFromPoint(x, y);
    if (!active.contains(top) && !top?.contains(active)) return `under ${top?.tagName}.${top?.className}`;
    const isRinged = [active, active.parentElement].map((one) => getComputedStyle(one))
        .some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
    return isRinged ? "" : "no ring";
}"""


def _bare(value):
    return value._thing if isinstance(value, ByKeys) else value


class ByKeys:
    """A page, or something on it. What reads passes through; what acts presses keys."""

    def __init__(self, thing):
        self._thing = thing

    def _wrap(self, value):
        if isinstance(value, list):
            return [self._wrap(one) for one in value]
        return ByKeys(value) if isinstance(value, Locator) else value

    def __getattr__(self, name):
        found = getattr(self._thing, name)
        if not callable(found):
            return self._wrap(found)
        return lambda *args, **named: self._wrap(
            found(*map(_bare, args), **{key: _bare(value) for key, value in named.items()})
        )

    @property
    def _keyboard(self):
        return self._thing.page.keyboard

    def _reach(self):
        for _ in range(MOST_STEPS):
            match self._thing.evaluate(PLACE):
                case "here":
                    unseen = self._thing.evaluate(UNSEEN)
                    assert not unseen, f"{self._thing}: {unseen}"
                    return
                case "beside":
                    self._keyboard.press("ArrowDown")
                case "after":
                    self._keyboard.press("Shift+Tab")
                case _:
                    self._keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches {self._thing} on {self._thing.page.url}")

    def click(self):
        self._reach()
        kind = self._thing.evaluate("element => element.type")
        # Pressed on the element, not on the keyboard, it waits for the page it may lead to, as a click does.
        self._thing.page.locator(":focus").press("Space" if kind in ("radio", "checkbox") else "Enter")

    def check(self):
        self._reach()
        if not self._thing.is_checked():
            self._keyboard.press("Space")
        assert self._thing.is_checked()

    def fill(self, text):
        self._reach()
        self._keyboard.press("ControlOrMeta+a")
        self._keyboard.press("Delete")
        self._keyboard.type(text)
        assert self._thing.input_value() == text

    def select_option(self, *, label):
        self._reach()
        self._keyboard.press("Home")
        chosen = "element => element.selectedOptions[0].label"
        for _ in range(self._thing.locator("option").count()):
            if self._thing.evaluate(chosen) == label:
                return
            self._keyboard.press("ArrowDown")
        raise AssertionError(f"no choice of {self._thing} is {label}")

    def set_input_files(self, files):
        self._reach()
        with self._thing.page.expect_file_chooser() as chooser:
            self._keyboard.press("Enter")
        chooser.value.set_files(files)

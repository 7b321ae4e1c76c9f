"""What is wrong with the page that is open in a browser; each function gives the faults it finds."""

from tests.browser.words import foreign

#: of a desk at 100 %, a tablet, a phone, and of a desk at 400 % zoom (WCAG 1.4.10)
WIDTHS = (1280, 768, 390, 320)
HEIGHT = 900
#: what somebody can use, by its name for the accessibility tree
CONTROLS = {
    "button",
    "checkbox",
    "combobox",
    "DisclosureTriangle",
    "link",
    "listbox",
    "menuitem",
    "radio",
    "searchbox",
    "slider",
    "spinbutton",
    "switch",
    "tab",
    "textbox",
}
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LARGER = "document.documentElement.style.fontSize = '32px'"
AS_LARGE_AS_EVER = "document.documentElement.style.removeProperty('font-size')"
MOVING = """[...document.querySelectorAll('*')].filter((element) => {
    const style = getComputedStyle(element);
    return style.animationName !== 'none' || parseFloat(style.transitionDuration) > 0;
}).length"""

# Text that a box hides, and lines of text that lie on each other. What scrolls inside its box is seen as far
# as the box shows it; what sticks to the screen lies over the page on purpose.
HIDDEN = """() => [...document.querySelectorAll('main *, header *, footer *')].filter((element) => {
    const style = getComputedStyle(element);
    if (style.display === 'inline' || style.visibility === 'hidden') return false;
    if (element.closest('svg, iframe, .visually-hidden, .skip-link, .cut')) return false;
    if (!element.innerText?.trim()) return false;
    const box = element.getBoundingClientRect();
    if (box.width < 2 || box.height < 2) return false;
    const hides = (overflow) => overflow === 'hidden' || overflow === 'clip';
    return (hides(style.overflowX) && element.scrollWidth > element.clientWidth + 1)
        || (hides(style.overflowY) && element.scrollHeight > element.clientHeight + 2);
}).map((element) => `${element.tagName}.${element.className}: ${element.innerText.trim().slice(0, 60)}`)"""
OVERLAPPING = """() => {
    const shown = new Map();
    const whole = {left: -1e6, right: 1e6, top: -1e6, bottom: 1e6};
    function visiblePart(element) {
        if (!element || element === document.documentElement) return whole;
        if (shown.has(element)) return shown.get(element);
        const style = getComputedStyle(element);
        let part = visiblePart(element.parentElement);
        const apart = ['fixed', 'sticky'].includes(style.position)
            || element.matches('.visually-hidden, .skip-link, .term-bubble, .menu-panel, dialog, iframe');
        if (apart) part = null;
        if (part && element !== document.body && style.overflowX !== 'visible') {
            const box = element.getBoundingClientRect();
            part = {left: Math.max(part.left, box.left), right: Math.min(part.right, box.right),
                    top: Math.max(part.top, box.top), bottom: Math.min(part.bottom, box.bottom)};
        }
        shown.set(element, part);
        return part;
    }
    const lines = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (texts.nextNode()) {
        const text = texts.currentNode;
        if (!text.data.trim() || text.parentElement.closest('option, script, noscript, title')) continue;
        const part = visiblePart(text.parentElement);
        if (!part || !text.parentElement.checkVisibility({visibilityProperty: true})) continue;
        range.selectNodeContents(text);
        for (const box of range.getClientRects()) {
            const line = {text, left: Math.max(box.left, part.left), right: Math.min(box.right, part.right),
                          top: Math.max(box.top, part.top), bottom: Math.min(box.bottom, part.bottom)};
            if (line.right - line.left > 3 && line.bottom - line.top > 3) lines.push(line);
        }
    }
    lines.sort((one, other) => one.top - other.top);
    const found = [];
    for (let at = 0; at < lines.length && found.length < 5; at++) {
        const one = lines[at];
        for (let next = at + 1; next < lines.length && lines[next].top < one.bottom - 6; next++) {
            const other = lines[next];
            const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
            if (other.text !== one.text && wide > 3 && other.bottom > other.top + 6) {
                const [upper, lower] = [one, other].map((line) => line.text.data.trim().slice(0, 40));
                found.push(`"${upper}" on "${lower}"`);
            }
        }
    }
    return found;
}"""
SHAPE = f"() => ({{wider: {WIDER}, hidden: ({HIDDEN})(), overlapping: ({OVERLAPPING})()}})"

# In forced colours shadows and backgrounds go: what had only those is no longer to be told from words.
INDISTINCT = """() => {
    const found = [];
    const probe = document.body.appendChild(document.createElement('i'));
    const resolved = (colour) => { probe.style.color = colour; return getComputedStyle(probe).color; };
    const ground = resolved('Canvas');
    const SYSTEM = ['Canvas', 'CanvasText', 'LinkText', 'GrayText', 'Highlight', 'HighlightText',
        'ButtonText', 'ButtonFace', 'ButtonBorder', 'Mark', 'MarkText'].map(resolved);
    probe.remove();
    const isSeen = (element) => element.checkVisibility({visibilityProperty: true, opacityProperty: true})
        && element.getBoundingClientRect().width > 2 && !element.closest('.visually-hidden, [hidden]');
    const name = (element) => `${element.tagName}.${element.getAttribute('class') || ''} in ${
        element.parentElement.tagName}.${element.parentElement.getAttribute('class') || ''}`;
    const has = (style, side) => parseFloat(style[`border${side}Width`]) >= 1
        && style[`border${side}Style`] !== 'none' && style[`border${side}Color`] !== ground;
    const isFramed = (element) => {
        const style = getComputedStyle(element);
        return ['Top', 'Right', 'Bottom', 'Left'].every((side) => has(style, side));
    };
    const isUnderlined = (element) => getComputedStyle(element).textDecorationLine.includes('underline');
    const FRAMED = '.btn, button, input[type=submit], .badge, .count, .tile, .card, .alert, select, textarea';
    for (const element of document.querySelectorAll(FRAMED)) {
        if (!isSeen(element) || isFramed(element) || isUnderlined(element)) continue;
        found.push(`frame: ${name(element)}`);
    }
    for (const icon of document.querySelectorAll('svg.icon')) {
        const isOurs = isSeen(icon) && !SYSTEM.includes(getComputedStyle(icon).stroke);
        if (isOurs) found.push(`icon: ${name(icon)}`);
    }
    for (const shape of document.querySelectorAll('main svg :is(rect, circle, polyline, path, line)')) {
        if (!isSeen(shape) || shape.closest('.icon, .terrace, [data-ornament], defs, symbol')) continue;
        const style = getComputedStyle(shape);
        const colours = [style.fill, style.stroke].filter((colour) => colour !== 'none');
        if (colours.some((colour) => !SYSTEM.includes(colour))) found.push(`own colour: ${name(shape)}`);
        else if (colours.every((colour) => colour === ground)) found.push(`shape: ${name(shape)}`);
    }
    for (const svg of document.querySelectorAll('main svg:has(> rect + rect)')) {
        const rects = [...svg.querySelectorAll(':scope > rect')].filter(isSeen);
        const look = (rect) => { const style = getComputedStyle(rect); return [style.fill, style.stroke]; };
        for (const [at, rect] of rects.slice(1).entries()) {
            const [one, other] = [look(rects[at]), look(rect)];
            if (one[0] === other[0] && (other[1] === 'none' || other[1] === other[0])) {
                found.push(`two in one: ${name(rect)}`);
            }
        }
    }
    return [...new Set(found)];
}"""

# One control of each make. The ring may lie around the box that holds it, as around a place for files.
WITHOUT_RING = """() => {
    const found = [], makes = new Set();
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.color = 'Canvas';
    const ground = getComputedStyle(probe).color;
    probe.remove();
    const controls = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
    for (const element of document.querySelectorAll(controls)) {
        if (!element.checkVisibility({visibilityProperty: true}) || element.disabled) continue;
        const parent = element.parentElement;
        const make = `${element.tagName} ${element.type || ''} ${element.className} in ${parent.className}`;
        if (makes.has(make)) continue;
        makes.add(make);
        element.focus({preventScroll: true});
        if (document.activeElement !== element) continue;
        const around = [element, parent, parent.parentElement].some((box) => {
            const style = getComputedStyle(box);
            return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
                && style.outlineColor !== ground && style.opacity !== '0';
        });
        if (!around) found.push(make);
        element.blur();
    }
    return found;
}"""


def resize(page, width):
    page.set_viewport_size({"width": width, "height": HEIGHT})


def shape(page) -> list[tuple]:
    """Wider than the screen, cut off or overlapping at each width, and with letters twice as large."""
    found = []
    for width in WIDTHS:
        resize(page, width)
        found += _shape(page, width)
    resize(page, WIDTHS[0])
    page.evaluate(LARGER)
    found += _shape(page, "200 %")
    page.evaluate(AS_LARGE_AS_EVER)
    return found


def _shape(page, of):
    seen = page.evaluate(SHAPE)
    found = [(of, "wider", seen["wider"])] if seen["wider"] > 0 else []
    found += [(of, "cut off", text) for text in seen["hidden"]]
    return found + [(of, "overlapping", pair) for pair in seen["overlapping"]]


def words(page) -> list[tuple]:
    return [("no Vietnamese", word) for word in sorted(foreign(page.inner_text("body")))]


def names(page) -> list[tuple]:
    """Controls that say nothing, or nothing that can be pronounced, or no Vietnamese to who listens."""
    session = page.context.new_cdp_session(page)
    tree = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    found = []
    for node in tree:
        role = node.get("role", {}).get("value")
        if node["ignored"] or role not in CONTROLS:
            continue
        name = node.get("name", {}).get("value", "").strip()
        if not any(letter.isalnum() for letter in name):
            found.append(("no name", role, name))
        found += [("no Vietnamese", role, word) for word in sorted(foreign(name))]
    return found


def calm(page) -> list[tuple]:
    """To be asked of a browser that wants reduced motion."""
    return [("moves", count)] if (count := page.evaluate(MOVING)) else []


def forced_colours(page) -> list[tuple]:
    page.emulate_media(forced_colors="active")
    # A ring is shown to who uses the keyboard.
    page.keyboard.press("Tab")
    found = [("forced colours", fault) for fault in page.evaluate(INDISTINCT)]
    found += [("forced colours, no ring", make) for make in page.evaluate(WITHOUT_RING)]
    page.emulate_media(forced_colors="none")
    return found

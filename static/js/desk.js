// The desks by keyboard, and papers that open beside without leaving the page.
// Everything here can also be done with Tab and Enter, and without script.
const figures = [...document.querySelectorAll("[data-figure]")];
const isTyping = (el) => el.matches("textarea, select, input:not([type=radio], [type=checkbox])");
const inHand = () => document.activeElement.closest("[data-figure]") || document.querySelector("[data-word]");

function go(step) {
  const here = figures.indexOf(document.activeElement.closest("[data-figure]"));
  const next = figures[here < 0 ? (step > 0 ? 0 : figures.length - 1) : here + step];
  if (!next) return;
  next.open = true;
  next.querySelector("summary").focus();
  next.scrollIntoView({ block: "nearest" });
}

/* Only a paper that the browser shows is opened beside; another is downloaded as its link says. */
function view(link) {
  const frame = document.querySelector("[data-viewer]");
  if (!frame || !link) return false;
  frame.src = `${link.dataset.view}#navpanes=0&view=FitH`;
  document.querySelector("[data-viewer-name]").textContent = link.dataset.name;
  document.querySelector("[data-viewer-note]").textContent = link.dataset.note;
  document.querySelector("[data-viewer-link]").href = link.dataset.file;
  document.querySelectorAll("[data-view][aria-current]").forEach((other) => other.removeAttribute("aria-current"));
  link.setAttribute("aria-current", "true");
  frame.scrollIntoView({ block: "nearest" });
  return true;
}

/* The papers of what is in hand, one after the other. */
function viewNext() {
  const place = inHand()?.matches("[data-figure]") ? inHand() : document;
  const links = [...place.querySelectorAll("[data-view]")];
  const at = links.findIndex((link) => link.hasAttribute("aria-current"));
  view(links[(at + 1) % links.length]);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-view]");
  if (link && !event.ctrlKey && !event.metaKey && view(link)) event.preventDefault();
});

const KEYS = {
  j: () => go(1),
  k: () => go(-1),
  m: viewNext,
  n: () => document.querySelector("[data-next]")?.click(),
  p: () => document.querySelector("[data-previous]")?.click(),
  "?": () => document.querySelector("#phim-tat > summary")?.click(),
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.ctrlKey) {
    inHand()?.querySelector("form")?.requestSubmit();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (KEYS[event.key]) KEYS[event.key]();
  else if (/^[1-4]$/.test(event.key)) inHand()?.querySelectorAll("form input[type=radio]")[event.key - 1]?.click();
});

// The verification desk by keyboard. Everything here can also be done with Tab and Enter.
const figures = [...document.querySelectorAll("[data-figure]")];
const isTyping = (el) => el.matches("textarea, select, input:not([type=radio])");

function go(step) {
  const here = figures.indexOf(document.activeElement.closest("[data-figure]"));
  const next = figures[here < 0 ? (step > 0 ? 0 : figures.length - 1) : here + step];
  if (!next) return;
  next.open = true;
  next.querySelector("summary").focus();
  next.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  const figure = document.activeElement.closest("[data-figure]");
  if (event.key === "Enter" && event.ctrlKey && figure) {
    figure.querySelector("form")?.requestSubmit();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (event.key === "j") go(1);
  else if (event.key === "k") go(-1);
  else if (event.key === "n") document.querySelector("[data-next]")?.click();
  else if (figure && /^[123]$/.test(event.key)) figure.querySelectorAll("input[type=radio]")[event.key - 1]?.click();
});

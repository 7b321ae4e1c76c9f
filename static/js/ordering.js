// Rows of a list are dragged to their place within one kind; without this script the place is typed.
(() => {
  const list = document.querySelector("[data-ordering]");
  if (!list) return;
  let dragged = null;

  const kin = (row) => row && row.dataset.kind === dragged?.dataset.kind;

  list.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("tr[data-place]");
    event.dataTransfer.effectAllowed = "move";
  });
  list.addEventListener("dragover", (event) => {
    const row = event.target.closest("tr[data-place]");
    if (kin(row)) event.preventDefault();
  });
  list.addEventListener("drop", (event) => {
    const row = event.target.closest("tr[data-place]");
    if (!kin(row) || row === dragged) return;
    event.preventDefault();
    send(dragged, row.dataset.place);
  });
  list.addEventListener("dragend", () => { dragged = null; });

  // Alt with an arrow moves the row whose button or field has the focus.
  list.addEventListener("keydown", (event) => {
    if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    const row = event.target.closest("tr[data-place]");
    if (!row) return;
    event.preventDefault();
    send(row, Number(row.dataset.place) + (event.key === "ArrowUp" ? -1 : 1));
  });

  function send(row, place) {
    const form = row.querySelector("form[data-place-form]");
    form.querySelector("[name=place]").value = place;
    form.requestSubmit(form.querySelector("[data-place-button]"));
  }
})();

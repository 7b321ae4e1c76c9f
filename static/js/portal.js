/* Small comforts; every page works without them. */
(() => {
  "use strict";
  const MAX_FILE_BYTES = 20 * 1024 * 1024;

  function iconButton(label) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "alert-close";
    button.textContent = "Đóng";
    button.setAttribute("aria-label", label);
    return button;
  }

  function makeClosable(alert) {
    const button = iconButton("Đóng thông báo");
    button.addEventListener("click", () => alert.remove());
    alert.append(button);
    alert.removeAttribute("data-closable");
  }

  function growWithText(area) {
    if (!area.scrollHeight) return; /* not shown yet */
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
  }

  /* A file over the limit is said before it is sent over a slow line. */
  function checkFiles(input) {
    const heavy = [...input.files].find((file) => file.size > MAX_FILE_BYTES);
    const megabytes = heavy ? (heavy.size / 1048576).toFixed(1).replace(".", ",") : "";
    input.setCustomValidity(
      heavy ? `Tệp “${heavy.name}” nặng ${megabytes} MB, quá 20 MB. Hãy giảm dung lượng hoặc tách thành nhiều tệp.` : "",
    );
    if (heavy) input.reportValidity();
  }

  function ask(question, onYes) {
    const dialog = document.createElement("dialog");
    const text = document.createElement("p");
    text.id = "cau-hoi";
    text.textContent = question;
    const actions = document.createElement("form");
    actions.method = "dialog";
    actions.className = "actions";
    for (const [value, label, style] of [["yes", "Đồng ý", "btn btn-primary"], ["no", "Quay lại", "btn"]]) {
      const button = document.createElement("button");
      button.value = value;
      button.className = style;
      button.textContent = label;
      actions.append(button);
    }
    dialog.setAttribute("aria-labelledby", text.id);
    dialog.append(text, actions);
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (dialog.returnValue === "yes") onYes();
    });
    document.body.append(dialog);
    dialog.showModal();
  }

  let dirtyForm = null;
  let confirmed = null;

  function onSubmit(event) {
    const form = event.target;
    if (form.method === "dialog") return;
    const submitter = event.submitter;
    const question = (submitter && submitter.dataset.confirm) || form.dataset.confirm;
    if (question && confirmed !== form) {
      event.preventDefault();
      ask(question, () => {
        confirmed = form;
        form.requestSubmit(submitter || undefined);
      });
      return;
    }
    confirmed = null;
    if (form.dataset.sending) {
      event.preventDefault();
      return;
    }
    if (form.method !== "post") return;
    dirtyForm = null;
    form.dataset.sending = "1";
    /* After the event, so that the name and value of the button are still sent. */
    setTimeout(() => {
      if (event.defaultPrevented) return release(form);
      for (const button of form.querySelectorAll("button:not([type=button]), input[type=submit]")) {
        button.disabled = true;
        button.dataset.held = "1";
        button.setAttribute("aria-busy", "true");
      }
    });
  }

  function release(form) {
    delete form.dataset.sending;
    for (const button of form.querySelectorAll("[data-held]")) {
      button.disabled = false;
      button.removeAttribute("aria-busy");
      delete button.dataset.held;
    }
  }

  function enhance(root) {
    root.querySelectorAll("[data-closable]").forEach(makeClosable);
    root.querySelectorAll("textarea").forEach(growWithText);
    root.querySelectorAll("[data-focus]").forEach((element) => element.focus());
  }

  document.addEventListener("submit", onSubmit);
  document.addEventListener("input", (event) => {
    if (event.target.matches("textarea")) growWithText(event.target);
    const form = event.target.form;
    if (form && form.matches("[data-warn-unsaved]")) dirtyForm = form;
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("input[type=file]")) checkFiles(event.target);
  });
  document.addEventListener("toggle", (event) => {
    if (event.target.open) event.target.querySelectorAll("textarea").forEach(growWithText);
  }, true);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelectorAll(".menu[open]").forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });
  /* A menu covers the page: it closes when the click or the focus goes elsewhere. */
  function closeOtherMenus(event) {
    document.querySelectorAll(".menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  }
  document.addEventListener("focusin", closeOtherMenus);
  document.addEventListener("click", (event) => {
    closeOtherMenus(event);
    if (event.target.closest("[data-print]")) window.print();
  });
  window.addEventListener("beforeunload", (event) => {
    if (dirtyForm) event.preventDefault();
  });
  /* Coming back by the back button finds usable buttons again. */
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sending]").forEach(release));
  document.addEventListener("DOMContentLoaded", () => enhance(document));
  document.addEventListener("htmx:afterSettle", (event) => enhance(event.target));
  document.addEventListener("htmx:afterRequest", () => document.querySelectorAll("form[data-sending]").forEach(release));
})();

/* Small comforts; every page works without them. */
(() => {
  "use strict";

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

  function make(name, className, text) {
    const element = document.createElement(name);
    element.className = className;
    element.textContent = text;
    return element;
  }

  /* The question is the title, what follows its mark says what will happen; the button repeats the verb pressed. */
  function ask(words, submitter, onYes) {
    const dialog = document.createElement("dialog");
    const end = words.indexOf("?") + 1 || words.length;
    const title = make("h2", "dialog-title", words.slice(0, end));
    title.id = "cau-hoi";
    dialog.append(title);
    dialog.setAttribute("aria-labelledby", title.id);
    const what = words.slice(end).trim();
    if (what) {
      const text = make("p", "", what);
      text.id = "cau-hoi-ro";
      dialog.append(text);
      dialog.setAttribute("aria-describedby", text.id);
    }
    const actions = make("form", "actions", "");
    actions.method = "dialog";
    const style = submitter && submitter.classList.contains("btn-danger") ? "btn-danger" : "btn-primary";
    /* Its words alone: what is hidden in it names the row for those who hear the page. */
    const verb = submitter && [...submitter.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data.trim()).join(" ").trim();
    for (const [value, label, look] of [["yes", verb || "Đồng ý", `btn ${style}`], ["no", "Quay lại", "btn"]]) {
      const button = make("button", look, label);
      button.value = value;
      actions.append(button);
    }
    dialog.append(actions);
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
    if (question && confirmed !== form && !form.dataset.again) {
      event.preventDefault();
      ask(question, submitter, () => {
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
      if (event.defaultPrevented && !form.dataset.uploading) return release(form);
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
  /* Files did not reach the portal (files.js): the form is as it was before the button. */
  document.addEventListener("notsent", (event) => {
    release(event.target);
    if (event.target.matches("[data-warn-unsaved]")) dirtyForm = event.target;
  });
  document.addEventListener("input", (event) => {
    if (event.target.matches("textarea")) growWithText(event.target);
    const form = event.target.form;
    if (form && form.matches("[data-warn-unsaved]")) dirtyForm = form;
  });
  document.addEventListener("toggle", (event) => {
    if (event.target.open) event.target.querySelectorAll("textarea").forEach(growWithText);
  }, true);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelectorAll(".term:is(:hover, :focus-within)").forEach((term) => {
      term.classList.add("is-put-away");
      term.addEventListener("pointerleave", () => term.classList.remove("is-put-away"), { once: true });
      term.addEventListener("focusout", () => term.classList.remove("is-put-away"), { once: true });
    });
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

/* The form of a registration or a report: saves by itself, and keeps a copy in this browser until the portal has it. */
(() => {
  "use strict";
  const SAVE_AFTER = 2000;
  const RETRY_AFTER = 10000;
  const LOOK_EVERY = 30000;

  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const status = form.querySelector("[data-draft-status]");
  const notices = document.querySelector("[data-draft-notices]");
  const version = form.elements.version;
  const drawer = `draft-${form.dataset.keep}`;
  let changes = 0; /* counts keystrokes, so that an answer is never taken for a later one's */
  let saved = 0;
  let timer = 0;
  let sending = false;
  let stopped = false; /* after a conflict or a lost session only the person goes on */
  let leaving = false;

  /* Files, the token and the buttons aside: what would be lost. */
  function words() {
    const kept = [];
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && name !== "csrfmiddlewaretoken") kept.push([name, value]);
    }
    return kept;
  }

  function keep() {
    try {
      localStorage.setItem(drawer, JSON.stringify({ at: new Date().toISOString(), words: words() }));
    } catch {
      /* A full or forbidden store: the portal itself still saves. */
    }
  }

  function forget() {
    try {
      localStorage.removeItem(drawer);
    } catch {
      /* nothing was kept */
    }
  }

  function kept() {
    try {
      return JSON.parse(localStorage.getItem(drawer));
    } catch {
      return null;
    }
  }

  function notice(id, text, ...actions) {
    notices.querySelector(`#${id}`)?.remove();
    if (!text) return;
    const box = document.createElement("div");
    box.id = id;
    box.className = "alert tone-warning";
    const inner = document.createElement("div");
    const line = document.createElement("p");
    line.textContent = text;
    inner.append(line);
    if (actions.length) {
      const row = document.createElement("div");
      row.className = "actions";
      row.append(...actions);
      inner.append(row);
    }
    box.append(inner);
    notices.append(box);
  }

  function button(label, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn";
    made.textContent = label;
    made.addEventListener("click", act);
    return made;
  }

  function link(label, href) {
    const made = document.createElement("a");
    made.className = "btn";
    made.href = href;
    made.textContent = label;
    return made;
  }

  function say(text) {
    status.textContent = text;
  }

  function changed() {
    changes += 1;
    keep();
    if (stopped) return;
    say("Đang gõ, chưa lưu lên cổng");
    plan(SAVE_AFTER);
  }

  function plan(delay) {
    clearTimeout(timer);
    timer = setTimeout(save, delay);
  }

  async function save() {
    if (sending || stopped || leaving || saved === changes) return;
    const sent = changes;
    const body = new FormData(form);
    for (const [name, value] of [...body]) if (typeof value !== "string") body.delete(name);
    sending = true;
    let answer;
    try {
      answer = await fetch(form.dataset.autosave, { method: "POST", body, redirect: "manual" });
    } catch {
      sending = false;
      offline();
      return;
    }
    sending = false;
    await read(answer, sent);
    if (saved !== changes && !stopped) plan(SAVE_AFTER);
  }

  async function read(answer, sent) {
    notice("draft-offline", "");
    if (answer.type === "opaqueredirect" || answer.status === 403) return expired();
    let told;
    try {
      told = await answer.json();
    } catch {
      return offline();
    }
    if (answer.ok) {
      saved = sent;
      version.value = told.version;
      if (saved === changes) forget();
      else keep();
      if (told.problems?.length) {
        const { label, message } = told.problems[0];
        keep();
        say(`${told.saved}, trừ mục cần sửa. ${label}: ${message}`);
      } else say(told.saved);
      showSections(told.sections);
      showEditors(told.editors);
    } else if (answer.status === 422) {
      saved = sent; /* the same words would be refused again */
      const first = told.problems[0];
      say(`Chưa lưu lên cổng. ${first.label}: ${first.message} Bản gõ được giữ trong trình duyệt này.`);
    } else if (told.conflict) {
      stopped = true;
      say("Chưa lưu lên cổng: có người vừa lưu bản khác");
      notice(
        "draft-conflict",
        `Có người vừa lưu bản khác (${told.conflict}). Chữ bạn gõ còn nguyên; hãy đối chiếu hai bản để chọn.`,
        button("Đối chiếu hai bản", () => form.requestSubmit(form.querySelector("button[name=save]"))),
      );
    } else {
      stopped = true;
      say("Chưa lưu lên cổng");
      notice("draft-refused", `${told.refused} Bản gõ được giữ trong trình duyệt này.`);
    }
  }

  function expired() {
    stopped = true;
    say("Chưa lưu lên cổng: phiên làm việc đã hết hạn");
    const login = `/tai-khoan/dang-nhap/?next=${encodeURIComponent(location.pathname)}`;
    notice(
      "draft-expired",
      "Phiên làm việc đã hết hạn. Chữ bạn gõ được giữ trong trình duyệt này và hiện lại sau khi đăng nhập.",
      link("Đăng nhập lại", login),
    );
  }

  function offline() {
    say("Mất kết nối: bản gõ được giữ trong trình duyệt này");
    notice("draft-offline", "Mất kết nối với cổng. Cứ gõ tiếp; cổng tự lưu khi có mạng trở lại.");
    plan(RETRY_AFTER);
  }

  function showSections(sections) {
    for (const section of sections) {
      const badge = document.querySelector(`.sections a[href="#${section.name}"] .badge`);
      if (!badge) continue;
      const word = section.missing ? `thiếu ${section.missing}` : "đủ";
      const icon = badge.querySelector("svg");
      if (badge.textContent.trim() === word) continue;
      badge.className = `badge glow ${section.missing ? "tone-warning" : "tone-success"}`;
      badge.textContent = word;
      if (icon && !section.missing) badge.prepend(icon);
    }
  }

  function showEditors(names) {
    const line = notices.querySelector(".editors");
    if (!names.length) return line?.remove();
    const shown = line || document.createElement("p");
    shown.className = "editors";
    const text = `${names.join(", ")} cũng đang mở bản này.`;
    if (shown.textContent.trim() !== text) shown.textContent = text;
    if (!line) notices.prepend(shown);
  }

  async function look() {
    if (document.hidden || stopped || leaving) return;
    let answer;
    try {
      answer = await fetch(form.dataset.editors, { redirect: "manual" });
    } catch {
      return;
    }
    if (answer.type === "opaqueredirect") return expired();
    if (!answer.ok) return;
    const told = await answer.json();
    showEditors(told.editors);
    if (!sending && told.version > Number(version.value) && saved === changes) {
      notice(
        "draft-newer",
        `Bản này vừa được người khác lưu (${told.saved.toLowerCase()}).`,
        link("Mở bản mới", location.pathname),
      );
    }
  }

  /* Rows: the button adds one here; without script it saves and the page comes back with more. */
  function uuid() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
  }

  function addRow(kind) {
    const total = form.elements[`${kind}-TOTAL_FORMS`];
    const number = Number(total.value);
    const made = form.querySelector(`template[data-row=${kind}]`).content.cloneNode(true);
    for (const element of made.querySelectorAll("*")) {
      for (const attribute of [...element.attributes]) {
        attribute.value = attribute.value.replaceAll("__prefix__", number);
      }
    }
    const label = made.querySelector("[data-number]");
    if (label) label.textContent = number + 1;
    const key = made.querySelector(`[name="${kind}-${number}-key"]`);
    if (key) key.value = uuid();
    total.value = number + 1;
    const row = made.firstElementChild;
    form.querySelector(`[data-rows=${kind}]`).append(row);
    return row;
  }

  function restore(found) {
    const typed = Object.create(null);
    for (const [name, value] of found.words) (typed[name] ||= []).push(value);
    for (const { dataset: { row: kind } } of form.querySelectorAll("template[data-row]")) {
      const wanted = Number((typed[`${kind}-TOTAL_FORMS`] || [0])[0]);
      while (Number(form.elements[`${kind}-TOTAL_FORMS`].value) < wanted) addRow(kind);
    }
    for (const field of form.elements) {
      if (!field.name || ["submit", "file", "button"].includes(field.type)) continue;
      if (/csrfmiddlewaretoken|_FORMS$/.test(field.name)) continue;
      const values = typed[field.name] || [];
      if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
      else field.value = values[0] ?? "";
    }
    notice("draft-kept", "");
    changed();
  }

  function offerKept() {
    const found = kept();
    if (!found) return;
    const comparable = (list) => JSON.stringify(list.filter(([name]) => !/^version$|-key$|_FORMS$/.test(name)));
    if (comparable(found.words) === comparable(words())) return forget();
    const at = new Date(found.at).toLocaleString("vi-VN", { dateStyle: "short", timeStyle: "short" });
    notice(
      "draft-kept",
      `Trình duyệt này còn giữ bản bạn gõ lúc ${at}, chưa lưu lên cổng.`,
      button("Khôi phục", () => restore(found)),
      button("Bỏ bản đó", () => {
        forget();
        notice("draft-kept", "");
      }),
    );
  }

  form.addEventListener("input", changed);
  form.addEventListener("click", (event) => {
    const add = event.target.closest("[data-add]");
    if (!add) return;
    event.preventDefault();
    const row = addRow(add.dataset.add);
    row.querySelector("input:not([type=hidden]), textarea").focus();
    changed();
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    leaving = true;
    keep(); /* until the next page shows that it arrived */
  });
  window.addEventListener("pageshow", () => {
    leaving = false;
  });
  form.addEventListener("notsent", () => {
    leaving = false;
    plan(SAVE_AFTER);
  });
  window.addEventListener("online", () => plan(0));
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && saved !== changes) event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) save();
  });

  /* Which section is being read. */
  const links = [...document.querySelectorAll(".sections a[href^='#']")];
  const watcher = new IntersectionObserver((entries) => {
    const entry = entries.find((one) => one.isIntersecting);
    if (!entry) return;
    const id = entry.target.querySelector("section").id.replace(/^id_/, "");
    for (const one of links) {
      if (one.hash === `#${id}`) one.setAttribute("aria-current", "true");
      else one.removeAttribute("aria-current");
    }
  }, { rootMargin: "-20% 0px -70% 0px" });
  form.querySelectorAll(".draft-section").forEach((section) => watcher.observe(section));

  form.removeAttribute("data-warn-unsaved"); /* saved by itself; asked above only while something is not */
  offerKept();
  setInterval(look, LOOK_EVERY);
})();

/* Files on a form: a place to choose or drop into, a word about size and kind before anything is sent, and how far
   the sending is. Without script the browser sends them by itself. */
(() => {
  "use strict";
  const MEGABYTE = 1024 * 1024;
  /* How files begin, as the portal itself reads them: a name may say anything. */
  const BEGINS = {
    "application/pdf": "%PDF-",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "PK",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "PK",
    "application/zip": "PK",
    "image/jpeg": "\xff\xd8\xff",
    "image/png": "\x89PNG",
  };
  const SPOKEN_EVERY = 25;
  const HELD = "Chữ đã nhập và tệp đã chọn vẫn còn trên trang này.";
  const CHANGED = "Bạn đã sửa thêm từ khi mất kết nối, nên trang không tự gửi. Sửa xong, hãy nhấn “Gửi lại”.";
  /* Seconds after which a lost line is tried again: often the machine does not notice that it was lost. */
  const AGAIN_AFTER = [10, 30, 60, 120, 300];
  const SETTLED_AFTER = 2; /* seconds: words alone are saved first, by draft.js */

  function make(name, className, ...content) {
    const element = document.createElement(name);
    element.className = className;
    element.append(...content);
    return element;
  }

  function weight(bytes) {
    const [size, unit] = bytes < MEGABYTE ? [bytes / 1024, "KB"] : [bytes / MEGABYTE, "MB"];
    return `${size.toFixed(1).replace(".", ",")} ${unit}`;
  }

  /* The browser's own words for choosing a file follow the machine's language; ours are Vietnamese.
     The input itself lies over the place, so that click, keyboard and drop stay the browser's. */
  function makeDrop(input) {
    if (input.closest(".file-drop")) return;
    const place = make("div", "file-drop");
    const words = make("span", "file-drop-words");
    words.setAttribute("aria-live", "polite");
    input.before(place);
    place.append(input, words);
    for (const kind of ["dragenter", "dragleave", "drop"]) {
      input.addEventListener(kind, () => place.classList.toggle("is-over", kind === "dragenter"));
    }
    showFiles(input);
  }

  function showFiles(input, fault = "") {
    const words = input.closest(".file-drop")?.querySelector(".file-drop-words");
    if (!words) return;
    words.replaceChildren();
    if (!input.files.length) {
      words.append(make("strong", "", input.multiple ? "Chọn các tệp" : "Chọn tệp"), " hoặc kéo thả vào đây");
    }
    for (const file of input.files) {
      words.append(make("span", "file-drop-name", file.name, " ", make("small", "soft", weight(file.size))));
    }
    if (fault) words.append(make("span", "file-drop-fault", fault));
  }

  async function kindOf(file) {
    const head = new Uint8Array(await file.slice(0, 8).arrayBuffer());
    return String.fromCharCode(...head);
  }

  async function faultOf(file, input) {
    if (!file.size) return `Tệp “${file.name}” rỗng. Hãy chọn lại tệp khác.`;
    const most = Number(input.dataset.most);
    if (most && file.size > most) {
      return `Tệp “${file.name}” nặng ${weight(file.size)}, quá ${Math.floor(most / MEGABYTE)} MB. Hãy giảm dung lượng hoặc tách thành nhiều tệp.`;
    }
    const wanted = input.accept.split(",").map((kind) => BEGINS[kind.trim()]);
    if (!input.dataset.kinds || wanted.includes(undefined)) return "";
    let head;
    try {
      head = await kindOf(file);
    } catch {
      return `Trình duyệt không đọc được tệp “${file.name}”. Hãy chọn lại.`;
    }
    if (wanted.some((begin) => head.startsWith(begin))) return "";
    return `Tệp “${file.name}” không phải là tệp ${input.dataset.kinds}. Hãy xuất hoặc quét văn bản thành tệp ${input.dataset.kinds} rồi chọn lại.`;
  }

  /* Said before a wrong file takes minutes over a slow line. */
  async function checkFiles(input) {
    input.setCustomValidity("");
    showFiles(input);
    const chosen = [...input.files];
    for (const file of chosen) {
      const fault = await faultOf(file, input);
      if (chosen.some((one, place) => one !== input.files[place])) return; /* something else was chosen meanwhile */
      if (!fault) continue;
      input.setCustomValidity(fault);
      showFiles(input, fault);
      input.reportValidity();
      return;
    }
  }

  /* How much of it has gone, in words, as a bar, and now and then for those who hear the page. */
  function makeMeter(form, bytes, onStop) {
    form.querySelector(".sending")?.remove();
    const words = make("p", "");
    const bar = make("progress", "");
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", "Phần đã gửi");
    const spoken = make("p", "visually-hidden");
    spoken.setAttribute("role", "status");
    const stop = make("button", "btn btn-sm", "Dừng gửi");
    stop.type = "button";
    stop.addEventListener("click", onStop);
    const meter = make("div", "sending", words, bar, spoken, stop);
    (form.querySelector(".form-bar, .form-actions") ?? form).append(meter);
    let said = -1;
    return {
      show(part) {
        const percent = Math.floor(part * 100);
        bar.value = percent;
        words.textContent = percent < 100
          ? `Đã gửi ${percent} % của ${weight(bytes)}. Xin chờ, đừng đóng trang này.`
          : `Đã gửi đủ ${weight(bytes)}. Cổng đang kiểm tra tệp.`;
        const step = Math.floor(percent / SPOKEN_EVERY);
        if (step === said) return;
        said = step;
        spoken.textContent = words.textContent;
      },
      fail(text, onAgain) {
        const line = make("p", "", text);
        line.setAttribute("role", "alert");
        const again = make("button", "btn", "Gửi lại");
        again.type = "button";
        again.addEventListener("click", onAgain);
        meter.replaceChildren(line, again);
      },
    };
  }

  function go(address) {
    /* To the page one stands on, a mark in the address would only scroll: it must be fetched anew. */
    history.replaceState(null, "", "?da-gui");
    location.replace(address);
  }

  /* The answer is a page, most often the form with its faults: shown as the browser shows it. */
  function show(html, address) {
    history.replaceState(null, "", address);
    document.open();
    document.write(html);
    document.close();
  }

  /* What is being sent: the same words and files keep their key, by which the portal takes them once, however often
     they come. The version of a draft moves when its words are saved by themselves. */
  function toldBy(data) {
    const told = [...data].filter(([name]) => !["csrfmiddlewaretoken", "version"].includes(name));
    return JSON.stringify(told.map(([name, value]) => (
      value instanceof File ? [name, value.name, value.size, value.lastModified] : [name, value]
    )));
  }

  function newKey() {
    return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  function dataOf(form, submitter) {
    const data = new FormData(form);
    if (submitter?.name) data.append(submitter.name, submitter.value);
    return data;
  }

  function sendAgain(form, submitter) {
    /* What the person was asked before the first time is not asked again. */
    form.dataset.again = "1";
    form.requestSubmit(submitter?.isConnected ? submitter : undefined);
    delete form.dataset.again;
  }

  /* Tries by itself once the line is back, unless the form was changed meanwhile: then its person decides when. */
  function waitForLine(form, submitter, told, meter) {
    const tries = Number(form.dataset.tries ?? 0);
    const stopWaiting = () => {
      clearTimeout(timer);
      window.removeEventListener("online", onLine);
      form.removeEventListener("submit", stopWaiting);
    };
    const go = () => {
      stopWaiting();
      if (!form.isConnected) return;
      if (toldBy(dataOf(form, submitter)) !== told) return meter.fail(CHANGED, () => sendAgain(form, submitter));
      form.dataset.tries = tries + 1;
      sendAgain(form, submitter);
    };
    const onLine = () => {
      clearTimeout(timer);
      timer = setTimeout(go, SETTLED_AFTER * 1000);
    };
    let timer = tries < AGAIN_AFTER.length ? setTimeout(go, AGAIN_AFTER[tries] * 1000) : 0;
    window.addEventListener("online", onLine);
    form.addEventListener("submit", stopWaiting);
  }

  function send(form, submitter, data, bytes) {
    const told = toldBy(data);
    const key = form.dataset.told === told ? form.dataset.key : newKey();
    form.dataset.told = told;
    form.dataset.key = key;
    const request = new XMLHttpRequest();
    const meter = makeMeter(form, bytes, () => request.abort());
    const leave = (event) => event.preventDefault();
    const fail = (text) => {
      window.removeEventListener("beforeunload", leave);
      delete form.dataset.uploading;
      meter.fail(text, () => {
        delete form.dataset.tries;
        sendAgain(form, submitter);
      });
      form.dispatchEvent(new Event("notsent", { bubbles: true }));
    };
    const lose = (text) => {
      fail(`${text} ${HELD} Đừng đóng trang: có mạng lại, trang tự gửi lại. Bạn cũng có thể tự nhấn “Gửi lại”.`);
      waitForLine(form, submitter, told, meter);
    };
    window.addEventListener("beforeunload", leave);
    request.upload.addEventListener("progress", (event) => meter.show(event.loaded / event.total));
    request.addEventListener("abort", () => fail(`Đã dừng gửi. ${HELD}`));
    request.addEventListener("error", () => lose("Mất kết nối khi đang gửi tệp."));
    request.addEventListener("load", () => {
      const { status } = request;
      if (status === 425) return lose("Cổng còn đang nhận lần gửi trước.");
      if (status >= 500) return fail(`Cổng đang gặp sự cố (mã ${status}), chưa nhận được. ${HELD} Hãy chờ ít phút rồi gửi lại.`);
      if (status === 413) return fail(`Máy chủ không nhận lượng tệp lớn như vậy. ${HELD} Hãy bỏ bớt, gửi từng tệp một.`);
      if (status === 429) return fail(`Gửi quá nhiều lần trong thời gian ngắn. ${HELD} Hãy chờ ít phút rồi gửi lại.`);
      window.removeEventListener("beforeunload", leave);
      delete form.dataset.told;
      if (status === 204) return go(new URL(request.getResponseHeader("Location"), request.responseURL));
      show(request.responseText, request.responseURL);
    });
    meter.show(0);
    request.open("POST", submitter?.getAttribute("formaction") || form.getAttribute("action") || location.href);
    request.setRequestHeader("X-Upload", key);
    request.send(data);
  }

  function onSubmit(event) {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.enctype !== "multipart/form-data" || form.target) return;
    const inputs = [...form.querySelectorAll("input[type=file]")];
    /* A draft may be sent unfinished, past the browser's own checks, but not with a file that is refused anyway. */
    const refused = inputs.find((input) => input.validity.customError);
    if (refused) {
      event.preventDefault();
      refused.reportValidity();
      form.dispatchEvent(new Event("notsent", { bubbles: true }));
      return;
    }
    const bytes = inputs
      .flatMap((input) => [...input.files])
      .reduce((sum, file) => sum + file.size, 0);
    if (!bytes) return;
    event.preventDefault();
    const { submitter } = event;
    form.dataset.uploading = "1";
    send(form, submitter, dataOf(form, submitter), bytes);
  }

  const enhance = (root) => root.querySelectorAll("input[type=file]").forEach(makeDrop);
  document.addEventListener("submit", onSubmit);
  document.addEventListener("reset", (event) => {
    setTimeout(() => event.target.querySelectorAll("input[type=file]").forEach((input) => showFiles(input)));
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("input[type=file]")) checkFiles(event.target);
  });
  document.addEventListener("DOMContentLoaded", () => enhance(document));
  document.addEventListener("htmx:afterSettle", (event) => enhance(event.target));
})();

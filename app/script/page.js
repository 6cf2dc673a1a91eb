// The small things that every page does in the browser. They need no WASM, so a page without islands loads none. The page works
// without this script: what does nothing without it has the class `needs-script` and is hidden until it runs.
//
// Listeners stand at the window and read attributes, so elements that a live page draws later need no setting up.
(() => {
  "use strict";
  const root = document.documentElement;
  const pkg = new URL(".", document.currentScript.src).href;
  const all = (selector) => document.querySelectorAll(selector);
  root.dataset.script = "";

  // Busy buttons: a sent form marks its button, and a second press sends nothing.

  /** The time after which a form that led nowhere can be sent again: its request was stopped or lost. */
  const GIVE_UP_AFTER_MS = 20_000;

  addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button) return;
    if (button.hasAttribute("aria-busy")) return event.preventDefault();
    // The attribute only: a disabled button would be missing from the form's data.
    button.setAttribute("aria-busy", "true");
    // A form that a script sends, such as an upload, says itself when it is done.
    if (!event.defaultPrevented) setTimeout(unmark, GIVE_UP_AFTER_MS);
  });
  // A page restored from the browser's cache is no longer sending.
  addEventListener("pageshow", unmark);

  function unmark() {
    for (const button of all("[aria-busy]")) button.removeAttribute("aria-busy");
  }

  // The buttons that copy a text, show a password, and choose the theme.

  addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("[data-copy], [data-reveal], [data-wear]");
    if (!button) return;
    if (button.dataset.copy !== undefined) copy(button);
    else if (button.dataset.reveal !== undefined) reveal(button);
    else wear(button.dataset.wear);
  });

  function copy(button) {
    // The promise is ignored: a browser that refuses tells its user.
    navigator.clipboard?.writeText(button.dataset.copy).catch(() => {});
    button.dataset.done = "";
    setTimeout(() => delete button.dataset.done, 1500);
  }

  function reveal(button) {
    const field = document.getElementById(button.dataset.reveal);
    if (!field) return;
    const shows = field.type === "password";
    field.type = shows ? "text" : "password";
    button.firstElementChild.textContent = shows ? "Hide" : "Show";
  }

  /** Dresses the page in a theme; empty for the system's. The cookie lives for a year, or is removed with the choice. */
  function wear(theme) {
    // The browser may forbid cookies; the page still changes.
    document.cookie = `theme=${theme}; path=/; max-age=${theme ? 31_536_000 : 0}; samesite=lax`;
    if (theme) root.dataset.theme = theme;
    else delete root.dataset.theme;
    for (const button of all("[data-wear]")) button.setAttribute("aria-pressed", String(button.dataset.wear === theme));
    // The browser's frame has the colour of the chosen theme, or one for each of the system's.
    for (const mark of all("meta[name=theme-color]")) {
      const chosen = theme ? document.querySelector(`meta[name=theme-color][media*=${theme}]`) : mark;
      mark.content = chosen?.dataset.colour ?? mark.content;
    }
  }

  // The time left until a deadline. It is counted from what the server said was left, so a wrong clock here does not matter.

  const MINUTE = 60_000, HOUR = 60 * MINUTE, DAY = 24 * HOUR;
  const begun = new WeakMap();

  function count() {
    const now = Date.now();
    for (const time of all("time.countdown")) {
      const given = time.dataset.left;
      if (begun.get(time)?.given !== given) begun.set(time, { given, at: now });
      const left = given - (now - begun.get(time).at);
      const text = words(left);
      if (time.textContent !== text) time.textContent = text;
      if (left < 12 * HOUR) time.dataset.near = left < 4 * HOUR ? "late" : "soon";
    }
  }

  /** Formats the time left as the server does: `9 d 10 h`, `18 h 22 m`, `12 m 05 s`. */
  function words(left) {
    const two = (number) => String(number).padStart(2, "0");
    const of = (whole, unit) => Math.floor((left % whole) / unit);
    if (left <= 0) return "now";
    if (left < HOUR) return `${of(HOUR, MINUTE)} m ${two(of(MINUTE, 1000))} s`;
    if (left < DAY) return `${of(DAY, HOUR)} h ${two(of(HOUR, MINUTE))} m`;
    return `${Math.floor(left / DAY)} d ${two(of(DAY, HOUR))} h`;
  }

  // Times in the reader's zone. UTC stays in the title, and the page says once which zone it shows.

  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

  function localize() {
    const year = new Date().getFullYear();
    for (const time of all("time[data-when]")) {
      const at = new Date(time.dateTime);
      if (!isNaN(at)) time.textContent = written(at, time.dataset.when === "moment", year);
    }
  }

  function written(at, withHour, year) {
    const two = (number) => String(number).padStart(2, "0");
    const day = `${at.getDate()} ${MONTHS[at.getMonth()]}${at.getFullYear() === year ? "" : ` ${at.getFullYear()}`}`;
    return withHour ? `${day} ${two(at.getHours())}:${two(at.getMinutes())}` : day;
  }

  // A question that came back with an error opens as a modal dialog again: the page behind is shaded, Escape closes it, and the
  // focus goes to the error.

  function ask(dialog) {
    dialog.open = false;
    try {
      dialog.showModal();
    } catch {
      // In a browser that refuses, the question stays open in the page.
      dialog.open = true;
    }
    dialog.querySelector("[aria-invalid=true], .refusal")?.focus();
  }

  // The number of lines that came since the page was drawn, as a link to the page as it is now.

  function follow(link) {
    let lines = 0;
    const source = new EventSource(link.dataset.fresh);
    const more = () => {
      lines += 1;
      link.hidden = false;
      link.textContent = `${lines} new`;
    };
    for (const kind of ["task.created", "task.completed", "payout"]) source.addEventListener(kind, more);
  }

  // Islands: the WASM is loaded when the page has one.

  let islands;
  const wake = (island, name) => islands?.[name]?.(island);
  // A live page wakes the islands that it draws later by this name.
  window.__hydrateIsland = wake;

  async function load() {
    const code = await import(`${pkg}guildhall.js`);
    await code.default({ module_or_path: `${pkg}guildhall_bg.wasm` });
    code.hydrate();
    islands = code;
    for (const island of all("leptos-island")) wake(island, island.dataset.component);
  }

  localize();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  for (const name of all("[data-zone]")) name.textContent = zone || name.textContent;
  if (document.querySelector("time.countdown")) count();
  setInterval(count, 1000);
  document.addEventListener("redrawn", () => {
    localize();
    count();
  });
  for (const dialog of all("dialog[data-modal]")) ask(dialog);
  const fresh = document.querySelector("[data-fresh]");
  if (fresh) follow(fresh);
  const ready = () => (root.dataset.script = "ready");
  if (document.querySelector("leptos-island")) load().then(ready, (error) => console.error(error));
  else ready();
})();

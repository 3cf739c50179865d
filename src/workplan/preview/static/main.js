// The page of `workplan preview`: its frame, its views by address (#/sheets/区教育局), and news from the server.

import { ChartsView } from "./charts.js";
import { CompareView } from "./compare.js";
import { DocumentView } from "./document.js";
import { el, replace } from "./dom.js";
import { Keys } from "./keys.js";
import { get, inLanguage, listen } from "./net.js";
import { takeRoot } from "./places.js";
import { SheetsView } from "./sheets.js";
import { TasksView } from "./tasks.js";
import { language, say, take } from "./words.js";

const VIEWS = { document: DocumentView, sheets: SheetsView, tasks: TasksView, compare: CompareView, charts: ChartsView };

const views = {};
let state = null;
let parts = null;
let asked = new URLSearchParams(location.search).get("at");

/** A step of the address as text; what nobody could have encoded so stays as it is. */
function decoded(step) {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}

/** The view that the address names, the steps behind it, and its arguments. */
function route() {
  const [path, query] = location.hash.replace(/^#\/?/, "").split("?");
  const [view, ...rest] = path.split("/").map(decoded);
  return { view: Object.hasOwn(VIEWS, view) ? view : "document", path: rest, query: new URLSearchParams(query ?? "") };
}

async function show() {
  const now = route();
  for (const [name, link] of Object.entries(parts.tabs)) {
    if (name === now.view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  views[now.view] ??= new VIEWS[now.view]();
  const view = views[now.view];
  if (now.view !== "document") parts.at = null;
  if (parts.shown !== view) replace(parts.main, view.element);
  parts.shown = view;
  document.documentElement.dataset.view = now.view;
  try {
    await view.update(state, now);
    const at = now.query.get("at") ?? asked;
    // Before the first pages are there, no place has been printed yet.
    if (now.view === "document" && at && state.good !== null && parts.at !== location.href) {
      parts.at = location.href;
      asked = null;
      await view.goToPlace(at);
    }
  } catch (fault) {
    parts.status.textContent = say("failed", { reason: fault.message });
  }
}

async function refresh() {
  let answer;
  try {
    answer = await get(["state"]);
  } catch (fault) {
    parts.status.textContent = fault.status === 401 || fault.status === 403 ? say("refused") : say("failed", { reason: fault.message });
    return;
  }
  const same = state?.revision === answer.revision;
  state = answer;
  takeRoot(state.plan.root);
  tell();
  if (!same) await show();
  // Read by whoever has to know which build the page shows, such as a test.
  parts.status.dataset.revision = state.revision;
}

/** What the head says: which plan, how many findings, whether the pages are those of the files. */
function tell() {
  document.title = say("title", { plan: state.plan.name });
  parts.plan.textContent = state.plan.name;
  parts.title.textContent = state.plan.title ?? "";
  const told = ["errors", "warnings", "infos"].filter((kind) => state.summary[kind]).map((kind) => el("span", { class: `total ${kind}` }, say(kind, { count: state.summary[kind] })));
  replace(parts.totals, told.length ? told : el("span", { class: "total" }, say("clean")));
  const stale = state.good !== null && state.good !== state.revision;
  parts.status.textContent = stale ? say("older") : say("ready");
  parts.status.title = say("made", { revision: state.revision, seconds: (state.seconds ?? 0).toFixed(2) });
  document.body.classList.remove("busy", "lost");
  document.body.classList.toggle("stale", stale);
}

function frame() {
  const tabs = Object.fromEntries(Object.keys(VIEWS).map((name) => [name, el("a", { href: `#/${name}` }, say(`tab.${name}`))]));
  parts = {
    tabs,
    plan: el("b", { class: "plan-name" }), title: el("span", { class: "plan-title" }), totals: el("span", { class: "totals" }),
    status: el("span", { class: "status", role: "status" }, say("loading")),
    main: el("main", { id: "main", tabindex: "-1" }),
  };
  const other = language === "zh" ? "en" : "zh";
  const button = (text, label, act) => el("button", { type: "button", class: "quiet", "aria-label": label, title: label, onclick: act }, text);
  document.documentElement.lang = language;
  document.body.append(
    el("a", { class: "skip", href: "#main", onclick: (event) => { event.preventDefault(); parts.main.focus(); } }, say("skip")),
    el("header", {}, el("h1", {}, parts.plan, parts.title), el("nav", { class: "tabs", "aria-label": say("views") }, Object.values(tabs)),
      el("div", { class: "state" }, parts.totals, parts.status, button("?", say("keys.show"), () => keys.show()),
        el("a", { class: "language", href: inLanguage(other), lang: other, hreflang: other }, say("language")))),
    parts.main, keys.dialog);
}

const act = (name, ...given) => () => parts.shown?.[name]?.(...given);
const tab = (name) => () => { location.hash = `#/${name}`; };
const zoom = (name, ...given) => () => parts.shown?.zoom?.[name](...given);
let keys = null;

/** Printing takes pictures that are fine enough for paper. */
async function print() {
  await parts.shown?.printable?.();
  window.print();
  parts.shown?.printed?.();
}

async function begin() {
  take(await get(["words"]));
  keys = new Keys({
    ...Object.fromEntries(Object.keys(VIEWS).map((name, place) => [String(place + 1), tab(name)])),
    n: act("step", "finding", 1), p: act("step", "finding", -1), "]": act("step", "page", 1), "[": act("step", "page", -1),
    j: act("step", "paragraph", 1), k: act("step", "paragraph", -1), o: () => parts.shown?.dock?.open(), "/": act("focusFilter"),
    "+": zoom("by", 1), "=": zoom("by", 1), "-": zoom("by", -1), 0: zoom("fit"), s: act("togglePanel"), "?": () => keys.show(),
    Escape: act("pick", null),
  });
  frame();
  addEventListener("hashchange", show);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "p" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    print();
  });
  await refresh();
  listen({
    state: (told) => { if (told.revision !== state?.revision) refresh(); },
    busy: () => { document.body.classList.add("busy"); parts.status.textContent = say("busy"); },
    lost: () => { document.body.classList.add("lost"); parts.status.textContent = say("lost"); },
    found: () => refresh(),
  });
}

begin();

// The view 任务分解表: all tasks in a table to filter, and the matrix of units and tasks.

import { el, labelled, replace, select } from "./dom.js";
import { matrix, ROLES, unitsOf } from "./matrix.js";
import { get } from "./net.js";
import { brief } from "./places.js";
import { listed, say } from "./words.js";

const EMPTY = { unit: "", role: "", text: "", due: "" };

export class TasksView {
  constructor(route) {
    this.route = route;
    this.wanted = { ...EMPTY };
    this.filters = el("form", { class: "filters", role: "search", "aria-label": say("tasks.filters"), onsubmit: (event) => event.preventDefault() });
    this.result = el("div", { class: "result", tabindex: "0", role: "region" });
    this.count = el("p", { class: "count-line", role: "status" });
    const tab = (name) => el("button", { type: "button", onclick: () => this.#switch(name) }, say(`tasks.${name}`));
    this.tabs = { table: tab("table"), matrix: tab("matrix") };
    this.shape = "table";
    this.element = el("div", { class: "tasks" }, el("div", { class: "bar-line" },
      el("div", { class: "switch", role: "group", "aria-label": say("views") }, Object.values(this.tabs)), this.filters, this.count), this.result);
  }

  async update(state, { query }) {
    if (this.revision !== state.good) {
      this.tasks = (await get(["tasks"])).tasks;
      this.revision = state.good;
      this.#choices();
    }
    if (query.has("unit") && query.get("unit") !== this.wanted.unit) {
      this.wanted = { ...EMPTY, unit: query.get("unit") };
      this.#choices();
    }
    this.#show();
  }

  #switch(shape) {
    this.shape = shape;
    this.#show();
  }

  /** What can be chosen: the units and deadlines that there are. */
  #choices() {
    const all = ["", say("tasks.all")];
    const units = [...new Set(this.tasks.flatMap((task) => unitsOf(task).map((one) => one.unit)))];
    const days = [...new Set(this.tasks.flatMap((task) => task.due.map((due) => due.date).filter(Boolean)))].sort();
    const dues = [["with", say("tasks.with-due")], ["without", say("tasks.without-due")],
      ...(this.tasks.some((task) => task.due.some((due) => due.every)) ? [["every", say("tasks.every")]] : []),
      ...days.map((day) => [day, say("tasks.before", { date: day })])];
    if (this.wanted.unit && !units.includes(this.wanted.unit)) this.wanted.unit = "";
    if (this.wanted.due && !dues.some(([key]) => key === this.wanted.due)) this.wanted.due = "";
    const set = (name) => (value) => { this.wanted[name] = value; this.#show(); };
    this.text = el("input", { type: "search", value: this.wanted.text, oninput: (event) => set("text")(event.target.value) });
    replace(this.filters,
      select(say("tasks.unit"), [all, ...units.map((unit) => [unit, unit])], this.wanted.unit, set("unit")),
      select(say("tasks.role"), [all, ...ROLES.map((role) => [role, say(`sheets.${role}`)])], this.wanted.role, set("role")),
      select(say("tasks.due"), [all, ...dues], this.wanted.due, set("due")),
      labelled(say("tasks.text"), this.text),
      el("button", { type: "button", onclick: () => { this.wanted = { ...EMPTY }; this.#choices(); this.#show(); } }, say("tasks.clear")));
  }

  #fits(task) {
    const { unit, role, text, due } = this.wanted;
    const people = unitsOf(task).filter((one) => (!unit || one.unit === unit) && (!role || one.role === role));
    if ((unit || role) && !people.length) return false;
    if (text && ![task.title, task.text, task.section, task.number, ...task.assignments.map((one) => one.printed)].some((one) => one?.includes(text))) return false;
    if (due === "with") return task.due.length > 0;
    if (due === "without") return task.due.length === 0;
    if (due === "every") return task.due.some((one) => one.every);
    return !due || task.due.some((one) => one.date && one.date <= due);
  }

  #show() {
    const shown = this.tasks.filter((task) => this.#fits(task));
    this.count.textContent = say("tasks.shown", { count: shown.length, total: this.tasks.length });
    for (const [name, tab] of Object.entries(this.tabs)) tab.setAttribute("aria-pressed", String(name === this.shape));
    const { scrollTop, scrollLeft } = this.result;
    this.result.setAttribute("aria-label", say(`tasks.${this.shape}`));
    const made = shown.length === 0 ? el("p", { class: "empty" }, say("tasks.none")) : this.shape === "table" ? this.#table(shown) : matrix(shown, this.wanted);
    replace(this.result, made);
    Object.assign(this.result, { scrollTop, scrollLeft });
  }

  #table(tasks) {
    const heads = ["number", "section", "title", "units", "deadline", "place"];
    return el("table", { class: "task-table" }, el("caption", { class: "hidden" }, say("tasks.caption")),
      el("thead", {}, el("tr", {}, heads.map((head) => el("th", { scope: "col", class: head }, say(`tasks.${head}`))))),
      el("tbody", {}, tasks.map((task) => this.#row(task))));
  }

  #row(task) {
    const cell = (name, ...inside) => el("td", { class: name, "data-label": say(`tasks.${name}`) }, ...inside);
    const at = task.file ? `${task.file}:${task.line}` : null;
    const title = task.title || task.text.slice(0, 24);
    return el("tr", {},
      cell("number", task.number ?? ""), cell("section", task.section ?? ""),
      el("th", { scope: "row", class: "title", "data-label": say("tasks.title") }, at ? el("a", { href: `#/?at=${encodeURIComponent(at)}` }, title) : title,
        task.text && task.text !== title ? el("p", {}, task.text) : null),
      cell("units", ROLES.map((role) => this.#people(task, role))),
      cell("deadline", listed(task.due.map((due) => due.text))),
      cell("place", at ? el("code", {}, brief(task)) : "", " ", el("a", { href: `#/compare?task=${encodeURIComponent(task.id)}` }, say("tasks.life"))));
  }

  #people(task, role) {
    const people = unitsOf(task).filter((one) => one.role === role);
    if (!people.length) return null;
    return el("p", { class: `people ${role}` }, el("b", {}, say(`sheets.${role}`)), people.map((one) => [" ", el("a", { href: `#/sheets/${encodeURIComponent(one.unit)}` }, one.printed)]).flat());
  }

  focusFilter() {
    this.text?.focus();
  }
}

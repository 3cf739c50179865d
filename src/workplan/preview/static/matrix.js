// Units down, tasks across: who has which role in what.

import { el } from "./dom.js";
import { say } from "./words.js";

/** The roles of a unit in a task, strongest first, and what stands for each. */
export const ROLES = ["lead", "responsible", "support"];
const MARKS = { lead: "★", responsible: "●", support: "○" };

/** The units of a task, each once with its strongest role. */
export function unitsOf(task) {
  const found = new Map();
  for (const assignment of task.assignments) {
    for (const one of assignment.units) {
      const name = one.unit ?? one.printed;
      const known = found.get(name);
      if (!known || ROLES.indexOf(one.role) < ROLES.indexOf(known.role)) found.set(name, { unit: name, printed: one.printed, role: one.role });
    }
  }
  return [...found.values()];
}

/** The matrix of these tasks, of one unit or one role where they are wanted. */
export function matrix(tasks, wanted) {
  const rows = new Map();
  tasks.forEach((task, place) => {
    for (const one of unitsOf(task)) {
      if ((wanted.unit && one.unit !== wanted.unit) || (wanted.role && one.role !== wanted.role)) continue;
      if (!rows.has(one.unit)) rows.set(one.unit, new Map());
      rows.get(one.unit).set(place, one.role);
    }
  });
  const heads = tasks.map((task) => el("th", { scope: "col" }, el("a", { href: `#/?at=${encodeURIComponent(`${task.file ?? ""}:${task.line ?? 1}`)}`, title: task.title }, el("span", {}, `${task.number ?? ""} ${task.title}`.trim()))));
  return el("div", { class: "matrix-frame" }, el("p", { class: "legend" }, say("tasks.legend")),
    el("table", { class: "matrix" }, el("caption", { class: "hidden" }, say("tasks.matrix-caption")),
      el("thead", {}, el("tr", {}, el("th", { scope: "col", class: "corner" }, say("tasks.unit")), heads)),
      el("tbody", {}, [...rows].sort((one, other) => other[1].size - one[1].size).map(([unit, roles]) => row(unit, roles, tasks)))));
}

function row(unit, roles, tasks) {
  const cells = tasks.map((_, place) => {
    const role = roles.get(place);
    return role ? el("td", { class: role, title: say(`sheets.${role}`) }, el("span", { "aria-hidden": "true" }, MARKS[role]), el("span", { class: "hidden" }, say(`sheets.${role}`))) : el("td");
  });
  return el("tr", {}, el("th", { scope: "row" }, el("a", { href: `#/sheets/${encodeURIComponent(unit)}` }, unit), " ", el("small", {}, String(roles.size))), cells);
}

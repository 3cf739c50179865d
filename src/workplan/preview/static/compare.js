// The view 对照: two years or revisions side by side, what became of each unit, and the life of a task.

import { card } from "./changes.js";
import { el, replace, select } from "./dom.js";
import { Life } from "./life.js";
import { get } from "./net.js";
import { listed, say } from "./words.js";

export class CompareView {
  constructor(route) {
    this.route = route;
    this.old = this.new = null;
    this.kind = "";
    this.choice = el("form", { class: "filters", "aria-label": say("compare.choose"), onsubmit: (event) => event.preventDefault() });
    this.summary = el("p", { class: "count-line", role: "status" });
    this.result = el("div", { class: "compared" });
    this.life = new Life();
    this.element = el("div", { class: "compare", tabindex: "0", role: "region", "aria-label": say("tab.compare") },
      el("div", { class: "bar-line" }, this.choice, this.summary), this.result, this.life.element);
  }

  async update(state, { query }) {
    if (this.revision !== state.good) {
      this.sides = (await get(["sides"])).sides;
      this.revision = state.good;
      this.compared = null;
    }
    if (query.get("old")) this.old = query.get("old");
    if (query.get("new")) this.new = query.get("new");
    this.#settle(state.plan.name);
    this.#choices();
    await Promise.all([this.#compare(), this.life.update(state, query.get("task"))]);
    if (query.get("task")) this.life.element.scrollIntoView({ block: "start" });
  }

  /** Both sides where none was chosen: this plan, and what stands before it. */
  #settle(plan) {
    const ids = this.sides.map((side) => side.id);
    if (ids.length < 2) return;
    if (ids.includes(this.old) && ids.includes(this.new)) return;
    const own = ids.includes(plan) ? plan : ids[0];
    const years = ids.filter((id) => /^\d{4}/.test(id) && id.length < 8).sort();
    const earlier = years.filter((id) => id < own).at(-1);
    const later = years.find((id) => id > own);
    [this.old, this.new] = earlier ? [earlier, own] : later ? [own, later] : [ids.find((id) => id !== own), own];
  }

  #choices() {
    if (this.sides.length < 2) {
      replace(this.choice, el("p", {}, say("compare.nothing")));
      return;
    }
    const sides = this.sides.map((side) => [side.id, side.label ?? side.id]);
    const set = (name) => (value) => { this[name] = value; this.#compare(); };
    replace(this.choice, select(say("compare.old"), sides, this.old, set("old")),
      el("button", { type: "button", onclick: () => { [this.old, this.new] = [this.new, this.old]; this.#choices(); this.#compare(); } }, "⇄ ", say("compare.swap")),
      select(say("compare.new"), sides, this.new, set("new")));
  }

  async #compare() {
    if (this.sides.length < 2) return;
    const asked = `${this.old}\n${this.new}`;
    if (this.compared === asked) return;
    this.compared = asked;
    this.summary.textContent = say("loading");
    try {
      const answer = await get(["diff"], { old: this.old, new: this.new });
      if (this.compared === asked) this.#show(answer);
    } catch (fault) {
      this.summary.textContent = say("failed", { reason: fault.message });
      this.compared = null;
      replace(this.result);
    }
  }

  #show(answer) {
    this.answer = answer;
    const counts = new Map();
    for (const change of answer.changes) for (const kind of change.kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    const told = [...counts].map(([kind, count]) => `${say(`diff.kinds.${kind}`)} ${count}`);
    const nothing = !answer.changes.length && !answer.renumbered.length && !answer.registry.length;
    this.summary.textContent = nothing ? say("compare.none") : listed(told);
    if (this.kind && !counts.has(this.kind)) this.kind = "";
    const kinds = [["", say("tasks.all")], ...[...counts.keys()].map((kind) => [kind, say(`diff.kinds.${kind}`)])];
    this.cards = el("div", { class: "cards" });
    const label = (id) => this.sides.find((side) => side.id === id)?.label ?? id;
    const heading = el("p", { class: "print-only" }, `${label(this.old)} → ${label(this.new)}`);
    replace(this.result, heading, nothing ? null : [
      el("section", { class: "units-balance", "aria-labelledby": "balance" }, el("h2", { id: "balance" }, say("compare.units")), balance(answer.units)),
      el("section", { "aria-labelledby": "changes" }, el("div", { class: "head-line" }, el("h2", { id: "changes" }, say("compare.changes")),
        select(say("compare.filter"), kinds, this.kind, (kind) => { this.kind = kind; this.#cards(); })), this.cards)]);
    this.#cards();
  }

  #cards() {
    replace(this.cards, this.answer.changes.filter((change) => !this.kind || change.kinds.includes(this.kind)).map(card));
    if (this.answer.renumbered.length && !this.kind) {
      this.cards.append(el("p", { class: "renumbered" }, el("b", {}, say("compare.renumbered")), " ",
        listed(this.answer.renumbered.map((one) => `${one.id} ${one.from} → ${one.to}`))));
    }
  }

  focusFilter() {
    this.choice.querySelector("select")?.focus();
  }
}

/** What each unit gained and lost. */
function balance(units) {
  const touched = units.filter((one) => one.gained.length || one.lost.length || one.roles.length);
  const heads = ["unit", "gained", "lost", "roles", "reworded"];
  const role = (one) => `${one.id}：${say(`diff.roles.${one.from}`)} → ${say(`diff.roles.${one.to}`)}`;
  const cell = (name, texts) => el("td", { class: name, "data-label": say(`compare.${name}`) }, texts.map((text) => el("p", {}, text)));
  const rows = touched.map((one) => el("tr", {}, el("th", { scope: "row" }, one.unit), cell("gained", one.gained), cell("lost", one.lost),
    cell("roles", one.roles.map(role)), cell("reworded", one.reworded)));
  const rest = units.length - touched.length;
  return [rows.length ? el("table", { class: "balance" }, el("caption", { class: "hidden" }, say("compare.units")),
    el("thead", {}, el("tr", {}, heads.map((head) => el("th", { scope: "col" }, say(`compare.${head}`))))), el("tbody", {}, rows)) : null,
  rest ? el("p", { class: "rest" }, say("compare.unchanged-units", { count: rest })) : null].filter(Boolean);
}

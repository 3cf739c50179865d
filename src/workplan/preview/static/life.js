// The life of a task: every revision and year in which it changed, the newest last.

import { details, labels, named, text } from "./changes.js";
import { el, replace, select } from "./dom.js";
import { get } from "./net.js";
import { say } from "./words.js";

export class Life {
  constructor() {
    this.task = "";
    this.choice = el("div", { class: "filters" });
    this.steps = el("ol", { class: "life" });
    this.element = el("section", { class: "life-of-task", "aria-labelledby": "life" },
      el("div", { class: "head-line" }, el("h2", { id: "life" }, say("compare.life")), this.choice), this.steps);
  }

  async update(state, task) {
    if (this.revision !== state.good) {
      this.tasks = (await get(["tasks"])).tasks;
      this.revision = state.good;
      this.shown = null;
    }
    if (task) this.task = task;
    const choices = [["", say("compare.pick")], ...this.tasks.map((one) => [one.id, `${one.number ?? ""} ${one.title || one.id}`.trim()])];
    replace(this.choice, select(say("compare.task"), choices, this.task, (chosen) => { this.task = chosen; this.#show(); }));
    await this.#show();
  }

  async #show() {
    if (this.shown === this.task) return;
    this.shown = this.task;
    if (!this.task) {
      replace(this.steps);
      return;
    }
    const asked = this.task;
    try {
      const { steps } = await get(["life"], { task: asked });
      if (asked === this.task) replace(this.steps, steps.length ? steps.map(step) : el("li", {}, say("compare.no-steps")));
    } catch (fault) {
      replace(this.steps, el("li", {}, say("failed", { reason: fault.message })));
    }
  }
}

function step(one) {
  const when = one.date ? say("compare.by", { date: one.date, author: one.author ?? "" }) : say("compare.at-hand");
  const plans = one.from && one.from !== one.plan ? `${one.from} → ${one.plan}` : one.plan;
  const changes = one.changes.map((change) => el("div", { class: "change" },
    el("p", { class: "kinds" }, labels(change), " ", (change.new.length ? change.new : change.old).map(named).join(" ")),
    el("div", { class: "sides" }, ["-", "+"].map((side) => el("div", { class: "side" }, text(change, side)))), details(change)));
  return el("li", {}, el("p", { class: "when" }, el("b", {}, when), " ", one.subject ?? "", " ", el("code", {}, (one.revision ?? "").slice(0, 8)), " ", el("span", { class: "plan" }, plans ?? "")), changes);
}

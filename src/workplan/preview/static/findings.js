// Findings: marks on their words, notes beside the page, and the list of them all.

import { el, replace } from "./dom.js";
import { brief, editorAddress } from "./places.js";
import { say } from "./words.js";

/** Pixels between two notes. */
const GAP = 6;

export class Findings {
  constructor(view) {
    this.view = view;
    this.all = [];
    this.active = null;
    this.heading = el("h2", {});
    this.stale = el("p", { class: "stale-line", hidden: true }, say("stale"));
    this.items = el("ol", { class: "findings" });
    this.list = el("section", { class: "found-list", "aria-label": say("document.findings") }, this.heading, this.stale, this.items);
    const step = (text, label, by) => el("button", { type: "button", "aria-label": label, title: label, onclick: () => this.step(by) }, text);
    this.count = el("output", {}, "");
    this.steps = el("div", { class: "steps", role: "group", "aria-label": say("document.findings") },
      el("span", { class: "steps-name" }, say("document.findings")),
      step("↑", `${say("document.findings")}: ${say("document.previous")}`, -1), this.count,
      step("↓", `${say("document.findings")}: ${say("document.next")}`, 1));
  }

  show(state) {
    this.stale.hidden = state.good === null || state.good === state.revision;
    const active = this.active && identity(this.active.finding);
    this.all = (state.diagnostics ?? []).map((finding) => ({ finding, pins: finding.pins ?? [], marks: [], note: null, item: null }));
    this.all.sort((one, other) => place(one) - place(other));
    for (const paper of this.view.papers) {
      paper.marks.replaceChildren();
      paper.notes.replaceChildren();
    }
    for (const one of this.all) this.#pin(one);
    replace(this.heading, say("document.findings"), el("span", { class: "count" }, String(this.all.length)));
    replace(this.items, this.all.length ? this.all.map((one) => this.#item(one)) : el("li", { class: "none" }, say("clean")));
    this.steps.hidden = this.all.length === 0;
    this.active = null;
    this.activate(this.all.find((one) => identity(one.finding) === active)?.finding ?? null, false);
    this.arrange();
  }

  #pin(one) {
    const { finding } = one;
    for (const pin of one.pins) {
      const paper = this.view.papers[pin.page - 1];
      if (paper) one.marks.push(...paper.mark(pin.boxes, `pin ${finding.severity}`));
    }
    const paper = this.view.papers[one.pins[0]?.page - 1];
    if (!paper) return;
    one.note = el("li", { class: `note ${finding.severity}` }, ...this.#told(one));
    one.note.top = one.pins[0].boxes[0]?.[1] ?? 0;
    paper.notes.append(one.note);
  }

  #item(one) {
    one.item = el("li", { class: `finding ${one.finding.severity}` }, ...this.#told(one));
    return one.item;
  }

  /** A finding in words: what it says, the way out, and where it stands. */
  #told(one) {
    const { finding } = one;
    const said = el("button", { type: "button", class: "said", onclick: () => this.activate(finding, true) },
      el("b", {}, say(`severity.${finding.severity}`)), " ", finding.message);
    const where = finding.file
      ? el("a", { class: "place", href: editorAddress(finding), title: say("document.open") }, brief(finding)) : null;
    return [said, el("p", { class: "hint" }, finding.hint ? `${finding.hint}　` : "", where)];
  }

  /** Notes stand beside their words, below one another where there are many. */
  arrange() {
    // All is read before anything is written, so that the browser lays the page out once.
    const found = this.view.papers.flatMap((paper) => {
      const top = paper.leaf.offsetTop;
      return [...paper.notes.children].map((note) => ({ note, top, wanted: top + note.top * paper.k, height: note.offsetHeight }));
    });
    const last = this.view.papers.at(-1)?.leaf;
    const end = last?.offsetTop;
    let floor = -Infinity;
    for (const { note, top, wanted, height } of found) {
      const stands = Math.max(wanted, floor);
      note.style.top = `${stands - top}px`;
      floor = stands + height + GAP;
    }
    if (last) last.style.minHeight = Number.isFinite(floor) ? `${floor - end}px` : "";
  }

  /** Those whose marks have the point ({page, x, y} in pt) in them. */
  at({ page, x, y }) {
    return this.all.filter((one) => one.pins.some((pin) => pin.page === page && pin.boxes.some(([left, top, right, bottom]) => x >= left && x <= right && y >= top && y <= bottom)))
      .map((one) => one.finding);
  }

  activate(finding, go) {
    const classes = (one, active) => [one.item, one.note, ...one.marks].forEach((element) => element?.classList.toggle("active", active));
    if (this.active) classes(this.active, false);
    this.active = this.all.find((one) => one.finding === finding) ?? null;
    const index = this.all.indexOf(this.active);
    this.count.textContent = this.active ? `${index + 1}/${this.all.length}` : String(this.all.length);
    if (this.active) classes(this.active, true);
    this.arrange();
    if (!this.active || !go) return;
    this.active.item.scrollIntoView({ block: "nearest" });
    const pin = this.active.pins[0];
    if (pin) this.#reach(pin, finding);
    else this.view.dock.show(finding, [finding]);
  }

  /** Shows the words of a finding, and says below where they come from. */
  #reach(pin, finding) {
    this.view.goTo(pin.page, pin.boxes[0]?.[1] ?? 0);
    this.view.dock.show(finding, [finding]);
  }

  step(by) {
    if (!this.all.length) return;
    const now = this.all.indexOf(this.active);
    const next = now < 0 ? (by > 0 ? 0 : this.all.length - 1) : (now + by + this.all.length) % this.all.length;
    this.activate(this.all[next].finding, true);
  }
}

const identity = (finding) => [finding.rule, finding.file, finding.message].join("\n");

/** Errors that stand on no page come first, then all in the order of the pages. */
function place(one) {
  const pin = one.pins[0];
  return pin ? pin.page * 10000 + (pin.boxes[0]?.[1] ?? 0) : one.finding.severity === "error" ? -1 : 1e9;
}

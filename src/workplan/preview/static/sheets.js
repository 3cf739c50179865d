// The view 任务单: every unit with its load, and its sheet as it prints.

import { el, replace } from "./dom.js";
import { address, get } from "./net.js";
import { Paper } from "./paper.js";
import { has, say } from "./words.js";
import { Zoom } from "./zoom.js";

const ROLES = ["lead", "responsible", "support"];

export class SheetsView {
  constructor(route) {
    this.route = route;
    this.unit = null;
    this.digest = null;
    this.papers = [];
    this.search = el("input", { type: "search", class: "filter", "aria-label": say("sheets.find"), placeholder: say("sheets.find"), oninput: () => this.#list() });
    this.body = el("tbody");
    this.count = el("p", { class: "count-line", role: "status" });
    const heads = [say("sheets.units"), ...ROLES.map((role) => say(`sheets.${role}`)), say("sheets.rows")];
    const table = el("table", { class: "units" }, el("caption", { class: "hidden" }, say("sheets.load")),
      el("thead", {}, el("tr", {}, heads.map((head, place) => el("th", { scope: "col", class: place ? "number" : null }, head)))), this.body);
    this.panel = el("aside", { class: "panel", "aria-label": say("sheets.units") }, this.search, this.count, table);
    this.pages = el("div", { class: "pages", tabindex: "0", role: "region", "aria-label": say("document.pages") });
    this.head = el("h2", { class: "sheet-head" });
    this.zoom = new Zoom(this.pages, () => this.papers.forEach((paper) => paper.show(paper.page, this.zoom.of(paper.page))));
    this.element = el("div", { class: "document sheets" }, this.panel,
      el("div", { class: "reading" }, el("div", { class: "tools" }, this.head, this.zoom.element), this.pages));
  }

  async update(state, { path }) {
    if (this.revision !== state.good) {
      this.units = (await get(["sheets"])).units;
      this.revision = state.good;
    }
    this.unit = path[0] ?? null;
    this.#list();
    await this.#sheet();
  }

  #list() {
    const wanted = this.search.value.trim();
    const shown = this.units.filter((one) => one.unit.includes(wanted));
    const most = Math.max(1, ...this.units.map((one) => one.rows));
    replace(this.body, shown.map((one) => this.#row(one, most)));
    this.count.textContent = this.units.length ? say("sheets.count", { count: shown.length }) : say("sheets.none");
  }

  #row(one, most) {
    const link = el("a", { href: `#/sheets/${encodeURIComponent(one.unit)}`, "aria-current": one.unit === this.unit ? "true" : null }, one.unit);
    const bar = el("span", { class: "bar", "aria-hidden": "true" }, ROLES.map((role) => {
      const part = el("i", { class: role });
      part.style.width = `${(100 * (one[role] ?? 0)) / most}%`;
      return part;
    }));
    const kind = one.kind && one.kind !== "unit" && has(`kinds.${one.kind}`) ? el("small", {}, say(`kinds.${one.kind}`)) : null;
    const number = (text) => el("td", { class: "number" }, text);
    return el("tr", { class: one.unit === this.unit ? "chosen" : null }, el("th", { scope: "row" }, link, kind, bar),
      ROLES.map((role) => number(one[role] ? String(one[role]) : "")), number(String(one.rows)));
  }

  async #sheet() {
    const known = this.units.find((one) => one.unit === this.unit);
    this.element.classList.toggle("picked-one", Boolean(known));
    if (!known) {
      replace(this.head, say("sheets.pick"));
      this.#clear();
      return;
    }
    if (this.shown === this.unit && known.digest && known.digest === this.digest) return;
    const sheet = await get(["sheets", this.unit]);
    if (sheet.unit !== this.unit) return;
    const same = this.shown === this.unit;
    this.shown = this.unit;
    this.digest = known.digest;
    replace(this.head, el("a", { class: "back", href: "#/sheets" }, "‹ ", say("sheets.units")), el("span", {}, say("sheets.pages", { unit: this.unit })));
    if (!same) this.#clear();
    this.#put(sheet);
    if (!same) this.pages.scrollTop = 0;
  }

  #clear() {
    this.papers = [];
    this.pages.replaceChildren();
  }

  #put(sheet) {
    for (const gone of this.papers.splice(sheet.pages.length)) gone.element.remove();
    this.zoom.measure(sheet.pages[0]);
    for (const [place, page] of sheet.pages.entries()) {
      let paper = this.papers[place];
      if (!paper) {
        paper = new Paper(say("document.page", { number: page.number }), (digest, scale) => address(["sheets", sheet.unit, "pages", `${page.number}.png`], { digest, scale }));
        this.papers.push(paper);
        this.pages.append(paper.element);
      }
      paper.show(page, this.zoom.of(page));
      paper.write(page.lines ?? (sheet.lines ?? []).filter((line) => line.page === page.number));
    }
  }

  focusFilter() {
    this.search.focus();
  }

  async printable() {
    const loaded = await Promise.all(this.papers.map((paper) => paper.load(paper.page.digest, 3)));
    this.papers.forEach((paper, place) => paper.show(paper.page, { k: paper.k, scale: 3 }, loaded[place]));
  }

  printed() {
    this.papers.forEach((paper) => paper.show(paper.page, this.zoom.of(paper.page)));
  }
}

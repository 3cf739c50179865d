// The view 公文: the pages as they print, what is found on them beside, the outline, and the way to the files.

import { el, replace, smooth } from "./dom.js";
import { address, get } from "./net.js";
import { Dock } from "./dock.js";
import { Findings } from "./findings.js";
import { Outline } from "./outline.js";
import { Paper } from "./paper.js";
import { parsed } from "./places.js";
import { remember, restore } from "./selection.js";
import { say } from "./words.js";
import { Zoom } from "./zoom.js";

/** Pages whose picture is loaded before it is swapped: those on the screen and this many pixels around it. */
const AROUND = 200;

export class DocumentView {
  constructor() {
    this.papers = [];
    this.picked = null;
    this.turn = 0;
    this.pages = el("div", { class: "pages", tabindex: "0", role: "region", "aria-label": say("document.pages") });
    this.notice = el("div", { class: "notice", role: "status", hidden: true });
    this.dock = new Dock(() => this.pick(null));
    this.outline = new Outline((entry) => this.goTo(entry.page, entry.y, entry.address));
    this.findings = new Findings(this);
    this.zoom = new Zoom(this.pages, () => this.#draw());
    this.panel = el("aside", { class: "panel", id: "panel", "aria-label": say("document.panel") }, this.findings.list, this.outline.element);
    const toggle = el("button", { class: "panel-toggle", type: "button", "aria-controls": "panel", onclick: () => this.togglePanel() }, say("document.panel"));
    this.toggle = toggle;
    this.tools = el("div", { class: "tools" }, toggle, this.notice, this.zoom.element, this.findings.steps);
    this.stack = el("div", { class: "reading" }, this.tools, this.pages, this.dock.element);
    this.element = el("div", { class: "document" }, this.panel, this.stack);
    this.pages.addEventListener("click", (event) => this.#click(event));
    this.pages.addEventListener("scroll", () => this.outline.follow(this.papers, this.pages), { passive: true });
    this.showPanel(innerWidth > 900);
  }

  togglePanel() {
    this.showPanel(this.element.classList.contains("no-panel"));
  }

  showPanel(shown) {
    this.element.classList.toggle("no-panel", !shown);
    this.toggle.setAttribute("aria-expanded", String(shown));
    this.zoom.refit();
  }

  /** What the server has now. Only pages with other digests are fetched; the line at the top stays where it is. */
  async update(state) {
    const turn = ++this.turn;
    const first = this.papers.length === 0;
    const fetched = await this.#fetch(state.pages ?? []).catch(() => null);
    if (turn !== this.turn || fetched === null) return;
    const anchor = this.#anchor();
    const selected = remember(this.#lines());
    const before = first ? null : new Set(this.#lines().map((element) => element.key));
    this.#put(state.pages ?? [], fetched);
    restore(this.#lines(), selected);
    this.outline.show(state.outline ?? []);
    this.findings.show(state);
    this.empty(state);
    this.#keep(anchor);
    this.#highlight();
    this.outline.follow(this.papers, this.pages);
    if (before) this.#tell(before);
  }

  empty(state) {
    this.pages.querySelector(".empty")?.remove();
    if (!(state.pages ?? []).length) this.pages.append(el("p", { class: "empty" }, say("empty")));
  }

  async #fetch(pages) {
    return Promise.all(pages.map(async (page, place) => {
      const paper = this.papers[place];
      if (paper && paper.digest === page.digest) return null;
      const text = get(["pages", page.number, "text"], { digest: page.digest });
      const image = paper && this.#near(paper) ? paper.load(page.digest, this.zoom.of(page).scale) : null;
      return { lines: (await text).lines, image: await image };
    }));
  }

  #near(paper) {
    const view = this.pages.getBoundingClientRect();
    const box = paper.element.getBoundingClientRect();
    return box.bottom > view.top - AROUND && box.top < view.bottom + AROUND;
  }

  #put(pages, fetched) {
    for (const gone of this.papers.splice(pages.length)) gone.leaf.remove();
    this.zoom.measure(pages[0]);
    pages.forEach((page, place) => {
      let paper = this.papers[place];
      if (!paper) {
        paper = this.#new(page.number);
        this.papers.push(paper);
        this.pages.append(paper.leaf);
      }
      const new_ = fetched[place];
      paper.show(page, this.zoom.of(page), new_?.image ?? null);
      if (new_) paper.write(new_.lines);
    });
  }

  #new(number) {
    const paper = new Paper(say("document.page", { number }), (digest, scale) => address(["pages", `${number}.png`], { digest, scale }));
    paper.notes = el("ol", { class: "notes", "aria-label": say("document.notes", { number }) });
    paper.leaf = el("div", { class: "leaf" }, paper.element, paper.notes);
    return paper;
  }

  /** Draws all pages anew in another size. */
  #draw() {
    const anchor = this.#anchor();
    this.zoom.measure(this.papers[0]?.page);
    for (const paper of this.papers) paper.show(paper.page, this.zoom.of(paper.page));
    this.findings.arrange();
    this.#keep(anchor);
  }

  #lines() {
    return this.papers.flatMap((paper) => paper.lines);
  }

  #anchor() {
    const top = this.pages.getBoundingClientRect().top;
    const paper = this.papers.find((one) => one.element.getBoundingClientRect().bottom > top + 4);
    const element = paper?.lines.find((line) => line.line.address && line.getBoundingClientRect().bottom > top + 4);
    if (!element) return null;
    const alike = this.#lines().filter((line) => line.line.address === element.line.address);
    return { address: element.line.address, index: alike.indexOf(element), offset: element.getBoundingClientRect().top - top };
  }

  #keep(anchor) {
    if (!anchor) return;
    const alike = this.#lines().filter((line) => line.line.address === anchor.address);
    const element = alike[Math.min(anchor.index, alike.length - 1)];
    if (!element) return;
    this.pages.scrollTop += element.getBoundingClientRect().top - this.pages.getBoundingClientRect().top - anchor.offset;
  }

  /** Shows for a moment what has come, and where it is if it cannot be seen. */
  #tell(before) {
    const fresh = this.#lines().filter((element) => !before.has(element.key));
    for (const element of fresh) {
      element.classList.add("fresh");
      setTimeout(() => element.classList.remove("fresh"), 2000);
    }
    const view = this.pages.getBoundingClientRect();
    const seen = fresh.some((element) => {
      const box = element.getBoundingClientRect();
      return box.bottom > view.top && box.top < view.bottom;
    });
    this.notice.hidden = seen || fresh.length === 0;
    if (this.notice.hidden) return;
    const page = this.papers.find((paper) => paper.lines.includes(fresh[0])).page.number;
    replace(this.notice, el("span", {}, say("document.changed", { numbers: page })),
      el("button", { type: "button", onclick: () => { this.notice.hidden = true; this.reveal(fresh[0]); } }, say("document.show")),
      el("button", { type: "button", class: "quiet", "aria-label": say("close"), onclick: () => { this.notice.hidden = true; } }, "×"));
  }

  // ------------------------------------------------------------------------------------------------ places

  #click(event) {
    if (!getSelection().isCollapsed) return;
    const element = event.target.closest?.(".line");
    if (!element) return;
    const paper = this.papers.find((one) => one.lines.includes(element));
    const box = paper.sheet.getBoundingClientRect();
    const point = { page: paper.page.number, x: (event.clientX - box.left) / paper.k, y: (event.clientY - box.top) / paper.k };
    this.pick(element, this.findings.at(point));
    this.dock.opened();
  }

  /** Makes the paragraph of a line the one that is spoken of; null for none. */
  pick(element, findings = []) {
    this.picked = element?.line.address ?? null;
    this.findings.activate(findings[0] ?? null, false);
    this.dock.show(element?.line ?? null, findings);
    this.#highlight();
  }

  #highlight() {
    for (const element of this.#lines()) element.classList.toggle("picked", this.picked !== null && element.line.address === this.picked);
  }

  reveal(element) {
    element.scrollIntoView({ block: "nearest" });
  }

  /** Shows a place of a page, `y` in pt from its top, and picks the paragraph with the address. */
  goTo(page, y, wanted = null) {
    const paper = this.papers[page - 1];
    if (!paper) return;
    const element = wanted && paper.lines.find((line) => line.line.address === wanted);
    if (element) this.pick(element);
    const view = this.pages.getBoundingClientRect();
    const by = paper.sheet.getBoundingClientRect().top - view.top + y * paper.k - Math.min(120, view.height / 4);
    this.pages.scrollBy({ top: by, behavior: Math.abs(by) < view.height ? smooth() : "auto" });
    if (innerWidth <= 900) this.showPanel(false);
  }

  /** Shows the text of a place such as tasks.yaml:65. */
  async goToPlace(at) {
    const { file, line } = parsed(at);
    try {
      const found = await get(["at"], { file, line });
      const box = found.boxes[0];
      const paper = this.papers[found.page - 1];
      const element = box && paper.lines.find(({ line }) => line.box[1] < (box[1] + box[3]) / 2 && line.box[3] > (box[1] + box[3]) / 2 && line.box[2] > box[0]);
      this.goTo(found.page, box?.[1] ?? 0, element?.line.address);
    } catch {
      replace(this.notice, el("span", {}, say("document.not-found", { at })),
        el("button", { type: "button", class: "quiet", "aria-label": say("close"), onclick: () => { this.notice.hidden = true; } }, "×"));
      this.notice.hidden = false;
    }
  }

  // ------------------------------------------------------------------------------------------------ keys

  step(kind, by) {
    if (kind === "finding") this.findings.step(by);
    if (kind === "page") this.#stepPage(by);
    if (kind === "paragraph") this.#stepParagraph(by);
  }

  #stepPage(by) {
    const top = this.pages.getBoundingClientRect().top;
    const now = this.papers.findIndex((paper) => paper.element.getBoundingClientRect().bottom > top + 60);
    this.papers[Math.max(0, Math.min(this.papers.length - 1, now + by))]?.element.scrollIntoView({ block: "start", behavior: smooth() });
  }

  #stepParagraph(by) {
    const lines = this.#lines().filter((element) => element.line.file);
    const starts = lines.filter((element, place) => place === 0 || lines[place - 1].line.address !== element.line.address);
    const now = starts.findIndex((element) => element.line.address === this.picked);
    const next = starts[now < 0 ? 0 : Math.max(0, Math.min(starts.length - 1, now + by))];
    if (!next) return;
    this.pick(next);
    this.reveal(next);
  }

  /** All pictures, sharp enough for paper. */
  async printable() {
    const loaded = await Promise.all(this.papers.map((paper) => paper.load(paper.page.digest, 3)));
    this.papers.forEach((paper, place) => paper.show(paper.page, { k: paper.k, scale: 3 }, loaded[place]));
  }

  printed() {
    this.#draw();
  }
}

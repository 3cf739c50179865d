// The outline: the headings of the document, and where on it the reader is.

import { el, replace } from "./dom.js";
import { say } from "./words.js";

export class Outline {
  constructor(chosen) {
    this.chosen = chosen;
    this.entries = [];
    this.list = el("ol", { class: "outline" });
    this.element = el("nav", { "aria-label": say("document.outline") }, el("h2", {}, say("document.outline")), this.list);
  }

  show(outline) {
    const told = JSON.stringify(outline);
    if (told === this.told) return;
    this.told = told;
    this.entries = outline.map((entry) => {
      const button = el("button", { type: "button", onclick: () => this.chosen(entry) }, entry.text);
      const item = el("li", { class: `level-${Math.min(4, entry.level)}` }, button);
      return { ...entry, item, button };
    });
    replace(this.list, this.entries.map((entry) => entry.item));
    if (!outline.length) this.list.append(el("li", { class: "none" }, say("document.no-outline")));
  }

  /** Marks the heading under which the top of the screen stands. */
  follow(papers, pages) {
    const top = pages.getBoundingClientRect().top + 140;
    let now = null;
    for (const entry of this.entries) {
      const sheet = papers[entry.page - 1]?.sheet.getBoundingClientRect();
      if (!sheet || sheet.top + (entry.y / (papers[entry.page - 1].page?.height || 1)) * sheet.height > top) break;
      now = entry;
    }
    if (now === this.now) return;
    this.now?.button.removeAttribute("aria-current");
    now?.button.setAttribute("aria-current", "location");
    this.now = now;
  }
}

// The bar below the pages: where the picked text comes from, what is found in it, and the way to the editor.

import { el, replace } from "./dom.js";
import { brief, editorAddress } from "./places.js";
import { say } from "./words.js";

const KEPT = "workplan-opens";

export class Dock {
  constructor(closed) {
    this.closed = closed;
    this.link = null;
    this.element = el("section", { class: "dock", hidden: true, "aria-label": say("document.place") });
    const kept = localStorage.getItem(KEPT);
    // A finger that reads on a phone has no editor beside it.
    this.opens = kept === null ? !matchMedia("(pointer: coarse)").matches : kept === "yes";
  }

  show(line, findings = []) {
    this.element.hidden = line === null;
    this.link = null;
    if (line === null) return;
    const found = findings.map((finding) => el("p", { class: `found ${finding.severity}` },
      el("b", {}, say(`severity.${finding.severity}`)), ` ${finding.message}`, finding.hint ? el("span", { class: "hint" }, finding.hint) : null));
    replace(this.element, found, el("div", { class: "where" }, this.#where(line)));
  }

  #where(line) {
    const close = el("button", { type: "button", class: "quiet", "aria-label": say("close"), onclick: () => this.closed() }, "×");
    if (!line.file) return [el("span", {}, say("document.added")), close];
    this.link = el("a", { class: "open", href: editorAddress(line) }, say("document.open"));
    const box = el("input", { type: "checkbox", checked: this.opens, onchange: (event) => this.#choose(event.target.checked) });
    return [el("code", { class: "place" }, `${brief(line)}${line.column ? `:${line.column}` : ""}`), this.link,
      el("label", { class: "check" }, box, say("document.opens")), close];
  }

  #choose(opens) {
    this.opens = opens;
    localStorage.setItem(KEPT, opens ? "yes" : "no");
  }

  /** After a click on the text: opens the editor where that is wanted. */
  opened() {
    if (this.opens) this.open();
  }

  open() {
    this.link?.click();
  }
}

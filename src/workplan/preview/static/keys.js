// The keyboard: what each key does, and the table of keys that ? shows.

import { el } from "./dom.js";
import { say } from "./words.js";

const TABLE = [
  ["views", ["1", "…", "5"]],
  ["finding", ["n", "p"]],
  ["page", ["]", "["]],
  ["paragraph", ["j", "k"]],
  ["open", ["o"]],
  ["filter", ["/"]],
  ["zoom", ["+", "-", "0"]],
  ["panel", ["s"]],
  ["leave", ["Esc"]],
  ["help", ["?"]],
];

export class Keys {
  /** `acts` has a function for each key. */
  constructor(acts) {
    const rows = TABLE.map(([name, keys]) => el("tr", {}, el("td", {}, keys.map((key) => [el("kbd", {}, key), " "]).flat()), el("td", {}, say(`keys.${name}`))));
    const close = el("button", { type: "button", class: "quiet", "aria-label": say("close"), onclick: () => this.dialog.close() }, "×");
    this.dialog = el("dialog", { class: "keys", "aria-labelledby": "keys-title" },
      el("div", { class: "head-line" }, el("h2", { id: "keys-title" }, say("keys.title")), close), el("table", {}, el("tbody", {}, rows)));
    document.addEventListener("keydown", (event) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const typing = event.target.closest?.("input:not([type=checkbox]), select, textarea");
      if (typing && event.key === "Escape") typing.blur();
      if (typing || this.dialog.open || !acts[event.key]) return;
      event.preventDefault();
      acts[event.key]();
    });
  }

  show() {
    this.dialog.showModal();
  }
}

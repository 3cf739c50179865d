// The view 图: how many tasks each unit has, and the calendar of deadlines.

import { el, replace } from "./dom.js";
import { address } from "./net.js";
import { say } from "./words.js";

const CHARTS = ["load", "calendar"];

export class ChartsView {
  constructor() {
    this.element = el("div", { class: "charts", tabindex: "0", role: "region", "aria-label": say("tab.charts") });
  }

  update(state) {
    if (this.revision === state.good) return;
    this.revision = state.good;
    replace(this.element, CHARTS.map((name) => this.#figure(name, state.good)));
  }

  #figure(name, revision) {
    const title = say(`charts.${name}`);
    const image = el("img", { src: address(["charts", `${name}.svg`], { revision }), alt: say("charts.picture", { title }) });
    image.addEventListener("error", () => image.replaceWith(el("p", { class: "empty" }, say("charts.none"))));
    return el("figure", {}, el("figcaption", {}, title), image);
  }
}

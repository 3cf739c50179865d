// How large pages are shown: CSS pixels for a point, by choice or so that a page fits the width.

import { el } from "./dom.js";
import { say } from "./words.js";

const STEPS = [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3];
/** CSS pixels for a point at 100 %. */
const FULL = 96 / 72;
/** The server draws in steps of this, and no finer than that. */
const STEP = 0.05;
const FINEST = 4;

export class Zoom {
  constructor(pages, drawn) {
    this.pages = pages;
    this.drawn = drawn;
    this.chosen = null;
    this.k = FULL;
    this.shown = el("output", {}, "");
    const button = (text, label, act) => el("button", { type: "button", "aria-label": label, title: label, onclick: act }, text);
    this.element = el("div", { class: "zoom", role: "group", "aria-label": say("document.zoom") },
      button("−", say("document.smaller"), () => this.by(-1)), this.shown,
      button("+", say("document.larger"), () => this.by(1)), button("↔", say("document.fit"), () => this.fit()));
    this.element.lastChild.classList.add("fit");
    new ResizeObserver(() => this.refit()).observe(pages);
  }

  by(step) {
    const now = this.chosen ?? this.k / FULL;
    const sizes = step > 0 ? STEPS.filter((size) => size > now + 0.01) : STEPS.filter((size) => size < now - 0.01).reverse();
    if (sizes.length) this.#choose(sizes[0]);
  }

  fit() {
    this.#choose(null);
  }

  refit() {
    clearTimeout(this.later);
    this.later = setTimeout(() => { if (this.chosen === null && this.width) this.#redraw(); }, 100);
  }

  #choose(size) {
    this.chosen = size;
    this.#redraw();
  }

  #redraw() {
    const before = this.k;
    this.measure({ width: this.width });
    if (before !== this.k) this.drawn();
  }

  /** Settles the size for pages as wide as this one. */
  measure(page) {
    if (!page?.width) return;
    this.width = page.width;
    this.k = this.#fitting(page.width);
    this.shown.textContent = `${Math.round((this.chosen ?? this.k / FULL) * 100)}%`;
  }

  /** A size that can be drawn so that every pixel of the picture is one of the screen. */
  #fitting(width) {
    const pixels = this.#wanted(width) * devicePixelRatio;
    return (Math.max(1, Math.floor(pixels / STEP + 0.01)) * STEP) / devicePixelRatio;
  }

  #wanted(width) {
    if (this.chosen !== null) return this.chosen * FULL;
    const style = getComputedStyle(this.pages);
    const given = (name) => parseFloat(style.getPropertyValue(name)) || 0;
    const room = Math.floor(this.pages.clientWidth - given("--beside") - 2 * given("--gutter"));
    return Math.max(0.4, Math.min(FULL * 1.1, room / (width - 2 * given("--trim"))));
  }

  /** The size of a page: CSS pixels for a point (k), and pixels of its picture for a point, as many as the screen has. */
  of(page) {
    const k = this.#fitting(page.width);
    return { k, scale: Number(Math.min(FINEST, k * devicePixelRatio).toFixed(2)) };
  }
}

// One printed page: its picture, and its text over it, transparent, to select, search and click.

import { el } from "./dom.js";

const length = (points) => `calc(var(--k) * ${points.toFixed(2)}px)`;

/** Puts an element at a box of the page ([left, top, right, bottom] in pt). */
export function place(element, [left, top, right, bottom]) {
  element.style.left = length(left);
  element.style.top = length(top);
  element.style.width = length(right - left);
  element.style.height = length(bottom - top);
}

const keyOf = (line) => `${line.address ?? ""}\n${line.text}`;

export class Paper {
  /** `label` names the page; `picture(digest, scale)` is the address of its picture. */
  constructor(label, picture) {
    this.picture = picture;
    this.image = el("img", { alt: "", loading: "lazy", decoding: "async" });
    this.marks = el("div", { class: "marks", "aria-hidden": "true" });
    this.text = el("div", { class: "text" });
    this.sheet = el("div", { class: "sheet" }, this.image, this.marks, this.text);
    this.element = el("section", { class: "paper", "aria-label": label }, this.sheet);
    this.digest = null;
    this.scale = null;
    this.lines = [];
  }

  /** The page in its size, and the picture of it; `ready` is one that is loaded already. */
  show(page, { k, scale }, ready = null) {
    this.page = page;
    this.k = k;
    this.element.style.setProperty("--k", String(k));
    this.sheet.style.width = length(page.width);
    this.sheet.style.height = length(page.height);
    if (page.digest === this.digest && scale === this.scale) return;
    this.digest = page.digest;
    this.scale = scale;
    const image = ready ?? el("img", { alt: "", loading: "lazy", decoding: "async" });
    if (!ready) image.src = this.picture(page.digest, scale);
    this.image.replaceWith(image);
    this.image = image;
  }

  /** A picture that is loaded and decoded, so that it can be put in without a flash; null where it cannot be had. */
  async load(digest, scale) {
    const image = el("img", { alt: "" });
    image.src = this.picture(digest, scale);
    return image.decode().then(() => image, () => null);
  }

  /** Puts new lines in. Those that stay keep their element, and with it the selection; what is new is returned. */
  write(lines) {
    const kept = new Map();
    for (const element of this.text.children) kept.set(element.key, [...(kept.get(element.key) ?? []), element]);
    const wanted = lines.filter((line) => line.text.trim()).map((line) => {
      const element = kept.get(keyOf(line))?.shift() ?? el("div", { class: "line" }, line.text);
      element.key = keyOf(line);
      this.#set(element, line);
      return element;
    });
    const staying = new Set(wanted);
    for (const element of [...this.text.children]) if (!staying.has(element)) element.remove();
    let next = this.text.firstChild;
    for (const element of wanted) {
      if (element === next) next = next.nextSibling;
      else this.text.insertBefore(element, next);
    }
    this.lines = wanted;
    this.#stretch();
  }

  /** Makes each line as wide as its words are on the page: first all are measured, then all are set. */
  #stretch() {
    const fresh = this.lines.filter((element) => !element.natural);
    const found = fresh.map((element) => element.getBoundingClientRect().width / this.k / element.size);
    fresh.forEach((element, place) => { element.natural = found[place]; });
    for (const element of this.lines) {
      const [left, , right] = element.line.box;
      if (element.natural) element.style.transform = `scaleX(${((right - left) / (element.natural * element.size)).toFixed(4)})`;
    }
  }

  #set(element, line) {
    element.line = line;
    const [left, top, right, bottom] = line.box;
    const size = line.size || bottom - top;
    element.style.left = length(left);
    element.style.top = length(top);
    element.style.height = length(bottom - top);
    element.style.lineHeight = length(bottom - top);
    element.style.fontSize = length(size);
    element.size = size;
    element.classList.toggle("placed", Boolean(line.file));
  }

  /** Lays boxes ([left, top, right, bottom] in pt) under the text, all of a class. */
  mark(boxes, name) {
    return boxes.map((box) => {
      const element = el("div", { class: name });
      place(element, box);
      this.marks.append(element);
      return element;
    });
  }
}

// Elements of the page. Texts of a plan come in as text nodes only: nothing here reads markup.

/** An element: attributes by name, `on…` for listeners, null or false for none; children are elements or texts. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Something in a page that has been asked for before and did not change keeps its node, its focus and its selection. */
export function replace(parent, ...children) {
  parent.replaceChildren(...children.flat().filter(Boolean));
  return parent;
}

let fields = 0;

/** A control with its label beside it. */
export function labelled(label, control) {
  control.id = `field-${(fields += 1)}`;
  return el("span", { class: "field" }, el("label", { for: control.id }, label), control);
}

/** A select with the values of `choices` ([value, text]…); calls `chosen` with the value. */
export function select(label, choices, value, chosen) {
  const options = choices.map(([key, text]) => el("option", { value: key, selected: key === value }, text));
  return labelled(label, el("select", { onchange: (event) => chosen(event.target.value) }, options));
}

/** Whether things may move on this screen. */
export function smooth() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}

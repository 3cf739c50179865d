// What changed, told side by side: for the comparison and for the life of a task.

import { el } from "./dom.js";
import { has, listed, say } from "./words.js";

/** An entry of a plan by name: its number and title, or what part of the frame it is. */
export function named(entry) {
  const frame = `diff.frames.${entry.id}`;
  if (entry.kind === "frame" && has(frame)) return say(frame);
  return [entry.number, entry.title || entry.section || entry.id].filter(Boolean).join(" ");
}

/** The kinds of a change as small labels. */
export function labels(change) {
  const kinds = change.kinds.map((kind) => el("span", { class: `kind ${kind}` }, say(`diff.kinds.${kind}`)));
  return [...kinds, change.doubtful ? el("span", { class: "kind doubtful" }, say("compare.doubtful")) : null];
}

/** The text of one side: what stayed, and what went ("-") or came ("+"). */
export function text(change, side) {
  const pieces = change.text_diff.filter(([sign]) => sign === "=" || sign === side);
  if (!pieces.some(([, words]) => words)) return null;
  const tag = side === "-" ? "del" : "ins";
  return el("p", { class: "words" }, pieces.map(([sign, words]) => (sign === "=" ? words : el(tag, {}, words))));
}

/** What else is to be told of a change: units, figures, deadlines, targets. */
export function details(change) {
  const units = change.units.map((one) => unitChange(one));
  const figures = change.old.length && change.new.length ? change.figures.map((one) => `${one.from || say("none")} → ${one.to || say("none")}`) : [];
  const pairs = ["due", "targets"].filter((key) => change[key].from.length || change[key].to.length)
    .map((key) => [say(`diff.labels.${key}`), `${quoted(change[key].from)} → ${quoted(change[key].to)}`]);
  const lines = [[say("diff.labels.units"), listed(units)], [say("diff.labels.figures"), listed(figures)], ...pairs].filter(([, told]) => told);
  return lines.length ? el("ul", { class: "details" }, lines.map(([label, told]) => el("li", {}, el("b", {}, label), told))) : null;
}

const quoted = (given) => listed(given.map((one) => one.text ?? String(one))) || say("none");

function unitChange(one) {
  const role = (name) => (has(`diff.roles.${name}`) ? say(`diff.roles.${name}`) : name ?? "");
  const [old, now] = one.change === "role" ? [role(one.old ?? one.from), role(one.new ?? one.to)] : [one.old ?? one.from ?? one.unit, one.new ?? one.to ?? one.unit];
  return say(`diff.units.${one.change}`, { unit: one.unit, old, new: now, since: one.since ?? "" });
}

/** A change as a card with both sides. */
export function card(change) {
  const side = (entries, sign, none) => el("div", { class: "side" },
    el("h3", {}, entries.length ? listed(entries.map(named)) : none), entries.length ? text(change, sign) : null);
  return el("article", { class: "change" }, el("p", { class: "kinds" }, labels(change)),
    el("div", { class: "sides" }, side(change.old, "-", say("compare.only-new")), side(change.new, "+", say("compare.only-old"))), details(change));
}

// The words of the page: all of them come from the catalogue of workplan, in the language that is asked for.

let words = {};
export let language = "zh";

export function take(answer) {
  words = answer.words;
  language = answer.lang;
}

export const has = (id) => Object.hasOwn(words, id);

/** The words under `id`, filled; "(count:page|pages)" hangs on a number, as in the catalogues. */
export function say(id, given = {}) {
  const text = words[id] ?? id;
  const numbered = text.replace(/\((\w+):([^|()]*)\|([^|()]*)\)/g, (_, name, one, many) => (String(given[name]) === "1" ? one : many));
  return numbered.replace(/\{(\w+)\}/g, (whole, name) => (name in given ? String(given[name]) : whole));
}

export const listed = (texts) => texts.join(say("and"));

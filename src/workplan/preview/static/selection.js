// What a reader has selected, kept while pages are written anew: by paragraph and by the words, since lines break otherwise.

const plain = () => String(getSelection()).replaceAll("\n", "");

/** The lines of a paragraph, in order, and all that they say. */
function paragraph(lines, address) {
  const own = lines.filter((element) => element.line.address === address);
  return { own, text: own.map((element) => element.textContent).join("") };
}

/** Paragraph and place in it of one end of the selection; null where that is no text of a page. */
function end(lines, node, offset) {
  const element = node?.parentElement?.closest(".line");
  if (!element?.line) return null;
  const { address } = element.line;
  const { own } = paragraph(lines, address);
  const before = own.slice(0, own.indexOf(element)).reduce((sum, one) => sum + one.textContent.length, 0);
  return { address, offset: before + offset };
}

/** What is selected in these lines; null for nothing. */
export function remember(lines) {
  const selection = getSelection();
  if (selection.isCollapsed) return null;
  const from = end(lines, selection.anchorNode, selection.anchorOffset);
  const to = end(lines, selection.focusNode, selection.focusOffset);
  return from && to ? { from, to, text: plain() } : null;
}

/** Where in a paragraph the words stand now, nearest to where they stood. */
function nearest(text, words, offset) {
  let best = -1;
  for (let found = text.indexOf(words); found >= 0; found = text.indexOf(words, found + 1)) {
    if (best < 0 || Math.abs(found - offset) < Math.abs(best - offset)) best = found;
  }
  return best;
}

function spot(lines, { address, offset }) {
  let left = offset;
  for (const element of paragraph(lines, address).own) {
    const { length } = element.textContent;
    if (left <= length) return [element.firstChild, left];
    left -= length;
  }
  return null;
}

/** Selects again what was selected, if it still stands. */
export function restore(lines, kept) {
  if (!kept || plain() === kept.text) return;
  let { from, to } = kept;
  if (from.address === to.address) {
    const start = nearest(paragraph(lines, from.address).text, kept.text, Math.min(from.offset, to.offset));
    if (start < 0) return;
    const forward = from.offset <= to.offset;
    [from, to] = [start, start + kept.text.length].map((offset) => ({ ...from, offset }));
    if (!forward) [from, to] = [to, from];
  }
  const [one, other] = [spot(lines, from), spot(lines, to)];
  if (one && other) getSelection().setBaseAndExtent(...one, ...other);
}

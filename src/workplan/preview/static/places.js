// From a place in a file to the editor.

let root = "";

export function takeRoot(folder) {
  root = folder;
}

function absolute(file) {
  const steps = [];
  const whole = file.startsWith("/") || /^[A-Za-z]:/.test(file) ? file : `${root}/${file}`;
  for (const step of whole.replaceAll("\\", "/").split("/")) {
    if (step === "..") steps.pop();
    else if (step !== "." && step !== "") steps.push(step);
  }
  return steps.map((step) => (/^[A-Za-z]:$/.test(step) ? step : encodeURIComponent(step))).join("/");
}

/** The address that VS Code opens: vscode://file/<path>:<line>:<column>. */
export function editorAddress({ file, line, column }) {
  return `vscode://file/${absolute(file)}:${line ?? 1}:${column ?? 1}`;
}

/** "tasks.yaml:65", as people write it; the folders before it stay out. */
export function brief({ file, line }) {
  return `${file.split("/").at(-1)}:${line ?? 1}`;
}

/** "tasks.yaml:65" or "tasks.yaml:65:3" to file, line and column. */
export function parsed(text) {
  const found = /^(.+?):(\d+)(?::(\d+))?$/.exec(text);
  return found ? { file: found[1], line: Number(found[2]), column: found[3] ? Number(found[3]) : null } : { file: text, line: 1, column: null };
}

// What the page asks of the server that serves it, and nothing else.

const asked = new URLSearchParams(location.search).get("lang");

export class Failure extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** The address of an endpoint: the steps of its path, each made safe, and arguments. */
export function address(steps, given = {}) {
  const path = steps.map((step) => encodeURIComponent(step)).join("/");
  const query = new URLSearchParams(Object.entries(given).filter(([, value]) => value !== null && value !== undefined && value !== ""));
  if (asked) query.set("lang", asked);
  return `/api/${path}${query.size ? `?${query}` : ""}`;
}

/** The answer to GET of an endpoint; Failure where it gives none. */
export async function get(steps, given = {}) {
  let response;
  try {
    response = await fetch(address(steps, given), { headers: { Accept: "application/json" } });
  } catch (fault) {
    throw new Failure(0, String(fault.message ?? fault));
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Failure(response.status, String(answer.error ?? response.status));
  return answer;
}

/** The same page in the other language. */
export function inLanguage(language) {
  const query = new URLSearchParams(location.search);
  query.set("lang", language);
  return `/?${query}${location.hash}`;
}

/** Tells of finished and begun builds, and of a connection that is lost and found again. */
export function listen({ state, busy, lost, found }) {
  const source = new EventSource("/events");
  source.addEventListener("state", (event) => state(JSON.parse(event.data)));
  source.addEventListener("busy", () => busy());
  source.addEventListener("open", () => found());
  source.addEventListener("error", () => lost());
}

// The page's HTTP calls and its stream of events.

async function request(path, init) {
  let response;
  try {
    response = await fetch(path, init);
  } catch {
    throw new Error("The sandbox does not answer. Is it still running?");
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.error ?? `The sandbox answered ${response.status}.`);
  return body;
}

const get = (path, query) => request(`${path}?${new URLSearchParams(query)}`);
const post = (path, body) =>
  request(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });

export const api = {
  state: (as) => get("/page/state", as ? { as } : {}),
  messages: (as, channel, before) =>
    get("/page/messages", { as, channel, limit: 50, ...(before ? { before } : {}) }),
  commands: (as, channel) => get("/page/commands", { as, channel }),
  previews: () => get("/page/previews", {}),
  preview: (name) => get("/page/preview", { name }),
  membership: (body) => post("/page/membership", body),
  say: (body) => post("/page/say", body),
  command: (body) => post("/page/command", body),
  autocomplete: (body) => post("/page/autocomplete", body),
  click: (body) => post("/page/click", body),
  menu: (body) => post("/page/menu", body),
  submit: (body) => post("/page/submit", body),
  react: (body) => post("/page/react", body),
  dismiss: (body) => post("/page/dismiss", body),
  faults: () => get("/page/faults", {}),
  fault: (body) => post("/page/faults", body),
  clearFaults: () => post("/page/faults/clear", {}),
  nextDay: () => post("/page/advance", { next_day: true }),
};

const RETRY_MS = 1500;

/** Listens until the returned function is called. `onEvent` gets each event, `onLost` each break. */
export function listen(as, onEvent, onLost) {
  let source;
  let retry;
  const open = () => {
    source = new EventSource(`/page/events?as=${encodeURIComponent(as)}`);
    source.onmessage = (message) => onEvent(JSON.parse(message.data));
    source.onerror = () => {
      onLost();
      // A browser retries by itself after a broken connection, but not after an error status.
      if (source.readyState === EventSource.CLOSED) retry = setTimeout(open, RETRY_MS);
    };
  };
  open();
  return () => {
    clearTimeout(retry);
    source.close();
  };
}

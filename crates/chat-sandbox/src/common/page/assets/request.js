// HTTP calls of a page, and its stream of events.

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

export const get = (path, query) => request(`${path}?${new URLSearchParams(query)}`);
export const post = (path, body) =>
  request(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });

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

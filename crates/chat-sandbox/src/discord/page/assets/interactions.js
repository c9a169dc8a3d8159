// Waits for what becomes of a command, click or form: the answer to the request only names it.

const LOST_MS = 20000;
const waiting = new Map();
const settled = new Map();

/** Notes an `interaction` event; it may come before the request that caused it is answered. */
export function settle(event) {
  const resolve = waiting.get(event.id);
  if (resolve) {
    waiting.delete(event.id);
    resolve(event);
  } else {
    settled.set(event.id, event);
    if (settled.size > 100) settled.delete(settled.keys().next().value);
  }
}

/** Null once acknowledged, or else why it failed. */
export async function outcome(request) {
  let interaction;
  try {
    ({ interaction } = await request);
  } catch (error) {
    return error.message;
  }
  const early = settled.get(interaction);
  settled.delete(interaction);
  const event =
    early ??
    (await new Promise((resolve) => {
      waiting.set(interaction, resolve);
      setTimeout(resolve, LOST_MS, { state: "failed" });
    }));
  return event.state === "acknowledged" ? null : (event.message ?? "The application did not respond");
}

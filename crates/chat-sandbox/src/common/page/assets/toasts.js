// Short notices that nothing else on the page can carry.
import { byId, h } from "./element.js";

const SHOWN_MS = 7000;

export function toast(text) {
  const note = h("div", { class: "toast" }, text);
  byId("toasts").append(note);
  setTimeout(() => note.remove(), SHOWN_MS);
}

/** Runs a request and shows why it failed, if it did. */
export async function attempt(promise) {
  try {
    return await promise;
  } catch (error) {
    toast(error.message);
    return null;
  }
}

// Commands in the menus of messages and people: a button for each.
import { h } from "./element.js";
import { api } from "./api.js";
import { outcome } from "./interactions.js";
import { state } from "./state.js";
import { toast } from "./toasts.js";

async function use(event, command, target) {
  const button = event.currentTarget;
  button.disabled = true;
  const body = { as: state.me.id, channel: state.channel, command, ...target };
  const failed = await outcome(api.menu(body));
  button.disabled = false;
  if (failed) toast(failed);
}

/** The buttons for a target, `{ message: id }` or `{ person: id }`. */
export function menu(target, whose) {
  const names = state.menus["message" in target ? "message" : "person"];
  return names.map((name) =>
    h(
      "button",
      { type: "button", class: "small app", onclick: (event) => use(event, name, target) },
      name,
      h("span", { class: "sr" }, ` for ${whose}`),
    ),
  );
}

// Buttons and selects below a message, as Discord's component objects describe them.
import { glyph, h, webLink } from "./element.js";
import { api } from "./api.js";
import { emit, state } from "./state.js";
import { outcome } from "./interactions.js";
import { select } from "./select.js";

const ROW = 1;
const BUTTON = 2;
const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "link" };
const LINK = 5;

/** The component rows of a message, and a place below for what went wrong. */
export function components(message) {
  if (!message.components?.length) return null;
  const note = h("p", { class: "failed-note", role: "status" });
  const rows = message.components.map((row) =>
    h(
      "div",
      { class: "row" },
      (row.type === ROW ? row.components : [row]).map((part) => component(part, message, note)),
    ),
  );
  return h("div", { class: "components" }, rows, note);
}

function component(part, message, note) {
  if (part.type === BUTTON) return button(part, message, note);
  const options = choices(part);
  if (!options) return h("span", { class: "muted" }, "(a component this page does not show)");
  return select({ ...part, options }, (values, control) =>
    use(message, part.custom_id, values, control, note),
  );
}

// The options of a select: its own, or the people, roles or channels of the server.
function choices(part) {
  const people = () => state.people.map((person) => ({ label: person.name, value: person.id }));
  const roles = () => state.roles.map((role) => ({ label: role.name, value: role.id }));
  const channels = () => state.channels.map((channel) => ({ label: `#${channel.name}`, value: channel.id }));
  const lists = {
    3: () => part.options ?? [],
    5: people,
    6: roles,
    7: () => [...people(), ...roles()],
    8: channels,
  };
  return lists[part.type]?.() ?? null;
}

function emoji(part) {
  return (
    part.emoji?.name &&
    h("span", { class: "button-emoji" }, part.emoji.id ? `:${part.emoji.name}:` : part.emoji.name)
  );
}

function button(part, message, note) {
  const style = STYLES[part.style] ?? "secondary";
  if (part.style === LINK) {
    const address = webLink(part.url);
    const usable = address && !part.disabled;
    return h(
      "a",
      {
        class: "button link",
        ...(usable
          ? { href: address, target: "_blank", rel: "noopener noreferrer" }
          : { "aria-disabled": "true", role: "link" }),
      },
      emoji(part),
      part.label ?? "",
      glyph("out"),
    );
  }
  return h(
    "button",
    {
      class: `button ${style}`,
      type: "button",
      disabled: part.disabled,
      "data-key": part.custom_id,
      onclick: (event) => use(message, part.custom_id, undefined, event.currentTarget, note),
    },
    emoji(part),
    h("span", { class: "label" }, part.label ?? ""),
  );
}

async function use(message, customId, values, control, note) {
  const all = control.closest(".components");
  if (all.dataset.busy) return;
  all.dataset.busy = "true";
  control.classList.add("loading");
  control.setAttribute("aria-busy", "true");
  note.textContent = "";
  const failed = await outcome(
    api.click({ as: state.me.id, message: message.id, custom_id: customId, values }),
  );
  delete all.dataset.busy;
  control.classList.remove("loading");
  control.removeAttribute("aria-busy");
  if (failed) note.textContent = failed;
  else emit("did", { pressed: control.textContent, on: message });
}

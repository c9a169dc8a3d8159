// What people press, choose and fill in. `place` says where that is and what becomes of it:
//   where    { channel, message } or { view }, as the page's calls have it
//   message  the message, where it is in one
//   held     (block, action) -> what the element holds, as Slack has it
//   values   () -> what is in all fields, by block and action, to be sent along
//   changed  (element, block, value) -> notes what a field holds now
import { glyph, h, webLink } from "./element.js";
import { api } from "./api.js";
import { combo } from "./combo.js";
import { confirmed } from "./confirm.js";
import { menuButton } from "./menus.js";
import { isTyped, ticked, typed } from "./pickers.js";
import { plainText } from "./mrkdwn.js";
import { channelName, emit, state } from "./state.js";

const KEYS = {
  static_select: ["selected_option", "initial_option"],
  external_select: ["selected_option", "initial_option"],
  radio_buttons: ["selected_option", "initial_option"],
  checkboxes: ["selected_options", "initial_options"],
  multi_static_select: ["selected_options", "initial_options"],
  multi_external_select: ["selected_options", "initial_options"],
  users_select: ["selected_user", "initial_user"],
  multi_users_select: ["selected_users", "initial_users"],
  conversations_select: ["selected_conversation", "initial_conversation"],
  multi_conversations_select: ["selected_conversations", "initial_conversations"],
  channels_select: ["selected_channel", "initial_channel"],
  multi_channels_select: ["selected_channels", "initial_channels"],
  datepicker: ["selected_date", "initial_date"],
  timepicker: ["selected_time", "initial_time"],
  datetimepicker: ["selected_date_time", "initial_date_time"],
};
const PLAIN = ["value", "initial_value"];

/** Under which key an element holds its value. */
export const keyOf = (element) => (KEYS[element.type] ?? PLAIN)[0];

/** What an element holds now, or at first. */
export function valueOf(element, block, place) {
  const [key, first] = KEYS[element.type] ?? PLAIN;
  const held = place.held(block.block_id, element.action_id);
  return held && key in held ? held[key] : (element[first] ?? null);
}

/** A value as the page's calls take it: an option by its value, but whole where the app offered it. */
export function given(element, value) {
  const one = (item) =>
    item && typeof item === "object" && !element.type.endsWith("external_select") ? item.value : item;
  return Array.isArray(value) ? value.map(one) : one(value ?? null);
}

/** The node of an element, named by `name` where nothing is written on it. */
export function elementNode(element, block, place, name = "", field = {}) {
  const key = `${block.block_id}/${element.action_id}`;
  const input = block.type === "input";
  const dispatched = !input || block.dispatch_action === true;
  const told = (value, control) => {
    if (dispatched) act(element, block, place, value, control);
    return dispatched;
  };
  const use = { key, name: name || plainText(element.placeholder) || "Choice", ...field };
  use.changed = (value) => place.changed(element, block, value);
  use.told = told;
  use.done = (value, control) => {
    use.changed(value);
    told(value, control);
  };
  use.value = valueOf(element, block, place);
  switch (element.type) {
    case "button":
    case "workflow_button":
      return button(element, block, place, key);
    case "overflow":
      return overflow(element, block, place, key);
    case "radio_buttons":
    case "checkboxes":
      return ticked(element, use);
    default:
      if (element.type?.endsWith("_select")) return select(element, block, place, use);
      if (isTyped(element.type)) return typed(element, use);
      return h("p", { class: "muted small-text" }, "The sandbox has no such field.");
  }
}

function button(element, block, place, key) {
  const style = ["primary", "danger"].includes(element.style) ? element.style : "";
  const address = webLink(element.url);
  const attributes = {
    class: `button ${style}`,
    "data-key": key,
    "aria-label": element.accessibility_label,
    onclick: (event) => act(element, block, place, null, event.currentTarget),
  };
  const label = plainText(element.text);
  if (!address) return h("button", { type: "button", ...attributes }, label);
  return h(
    "a",
    { href: address, target: "_blank", rel: "noreferrer noopener", ...attributes },
    label,
    glyph("out"),
  );
}

function overflow(element, block, place, key) {
  const items = (element.options ?? []).map((option) => ({
    label: plainText(option.text),
    description: plainText(option.description),
    act: (control) => {
      const address = webLink(option.url);
      if (address) window.open(address, "_blank", "noreferrer,noopener");
      act(element, block, place, option, control);
    },
  }));
  return menuButton({ name: "More options", sign: "more", className: "button overflow", key }, items);
}

const option = (raw) => ({
  value: raw.value,
  label: plainText(raw.text),
  description: plainText(raw.description),
  raw,
});
const person = ({ id, name, username }) => ({ value: id, label: name, description: `@${username}`, raw: id });
const channel = (known) => ({
  value: known.id,
  label: known.direct ? channelName(known) : `#${known.name}`,
  raw: known.id,
});

// What can be chosen in that kind of select.
function offered(element) {
  const kind = element.type.replace("multi_", "");
  if (kind === "users_select")
    return [{ label: null, options: state.people.filter(({ gone }) => !gone).map(person) }];
  if (kind === "channels_select" || kind === "conversations_select") {
    const shown = state.channels.filter(({ direct }) => !direct || kind === "conversations_select");
    return [{ label: null, options: shown.map(channel) }];
  }
  if (element.option_groups) {
    return element.option_groups.map(({ label, options }) => ({
      label: plainText(label),
      options: (options ?? []).map(option),
    }));
  }
  return [{ label: null, options: (element.options ?? []).map(option) }];
}

function select(element, block, place, use) {
  const multi = element.type.startsWith("multi_");
  const groups = offered(element);
  const known = groups.flatMap(({ options }) => options);
  const chosen = [use.value ?? []]
    .flat()
    .map((raw) =>
      typeof raw === "object"
        ? option(raw)
        : (known.find(({ value }) => value === raw) ?? { value: raw, label: raw, raw }),
    );
  const external = element.type.endsWith("external_select");
  const fetch = async (text) => {
    const asked = { place: place.where, block: block.block_id, action: element.action_id, typed: text };
    const { options } = await api.offered(asked);
    return options.map(option);
  };
  return combo({
    name: use.name,
    key: use.key,
    describedby: use.describedby,
    placeholder: plainText(element.placeholder),
    groups,
    fetch: external ? fetch : null,
    least: element.min_query_length ?? 3,
    multi,
    most: element.max_selected_items ?? Infinity,
    chosen,
    done: (options, control) => {
      const raws = options.map(({ raw }) => raw);
      use.done(multi ? raws : raws[0], control);
    },
  });
}

/** Tells the app that an element was used, and shows beside it if that failed. */
async function act(element, block, place, value, control) {
  if (control.getAttribute("aria-busy") === "true") return;
  if (!(await confirmed(element.confirm))) {
    // What was chosen is not chosen after all.
    if (element.type !== "button") emit("redraw");
    return;
  }
  const mark = control.closest(".combo, .menu-root, .choices") ?? control;
  if (mark.nextElementSibling?.matches(".failed-note")) mark.nextElementSibling.remove();
  control.setAttribute("aria-busy", "true");
  const failed = await sent(element, block, place, value);
  control.removeAttribute("aria-busy");
  const label = plainText(element.text);
  if (failed) mark.after(failure(failed));
  else if (element.type === "button") emit("did", { pressed: label, on: place.message });
}

async function sent(element, block, place, value) {
  try {
    const { failed, refused } = await api.act({
      place: place.where,
      block: block.block_id,
      action: element.action_id,
      given: given(element, value),
      values: place.values(),
    });
    return failed ? `This ${failed}` : refused;
  } catch (error) {
    return error.message;
  }
}

/** Why something failed, beside it. */
export const failure = (text) =>
  h("span", { class: "failed-note", role: "alert" }, glyph("warning"), ` ${text}`);

// Fields that something is typed or ticked in: texts, numbers, dates and times, radio buttons and checkboxes.
import { h } from "./element.js";
import { plainText, textNodes } from "./mrkdwn.js";

const LONGEST = 3000;
const WAIT_MS = 400; // how long nothing is typed before the app is told of characters

let count = 0;

const pad = (number) => String(number).padStart(2, "0");

// A moment in seconds as a field of the browser has it, and back; both in the reader's zone.
function local(seconds) {
  if (!seconds) return "";
  const date = new Date(seconds * 1000);
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}T${pad(date.getHours())}:${pad(date.getMinutes())}`;
}

const TYPES = {
  plain_text_input: "text",
  email_text_input: "email",
  url_text_input: "url",
  number_input: "number",
  datepicker: "date",
  timepicker: "time",
  datetimepicker: "datetime-local",
};

export const isTyped = (kind) => kind in TYPES;

/** A field; `changed(value)` hears of each change, `told(value)` of those of which the app wants to know. */
export function typed(element, { id, name, value, required, describedby, key, changed, told }) {
  const moment = element.type === "datetimepicker";
  const read = () => (moment ? Math.round(new Date(input.value) / 1000) || null : input.value || null);
  const input = h(element.multiline ? "textarea" : "input", {
    id,
    type: element.multiline ? null : TYPES[element.type],
    rows: element.multiline ? "4" : null,
    step: element.type === "number_input" && element.is_decimal_allowed ? "any" : null,
    min: element.min_value,
    max: element.max_value,
    maxlength: Math.min(element.max_length ?? LONGEST, LONGEST),
    placeholder: plainText(element.placeholder) || null,
    "aria-label": id ? null : name,
    "aria-required": required ? "true" : null,
    "aria-describedby": describedby,
    "data-key": key,
    autocomplete: "off",
  });
  input.value = moment ? local(value) : (value ?? "");
  input.addEventListener("input", () => changed(read()));
  if (!(element.type in { datepicker: 1, timepicker: 1, datetimepicker: 1 }))
    return texts(element, input, read, told);
  input.addEventListener("change", () => read() !== null && told(read(), input));
  return input;
}

// The app hears of a text when Enter is pressed, or as one types.
function texts(element, input, read, told) {
  const when = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  let timer;
  if (when.includes("on_character_entered")) {
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => told(read(), input), WAIT_MS);
    });
  }
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || element.multiline || event.isComposing) return;
    if (when.includes("on_enter_pressed") && told(read(), input)) event.preventDefault();
  });
  return input;
}

/** Radio buttons or checkboxes; `done(options)` is called after each choice. */
export function ticked(element, { name, value, describedby, key, done }) {
  const several = element.type === "checkboxes";
  const group = `ticked-${(count += 1)}`;
  const chosen = new Set(
    (Array.isArray(value) ? value : [value]).filter(Boolean).map((option) => option.value),
  );
  const choices = (element.options ?? []).map((option, at) => {
    const input = h("input", {
      type: several ? "checkbox" : "radio",
      name: group,
      checked: chosen.has(option.value),
      "data-key": `${key}-${at}`,
    });
    input.addEventListener("change", () => {
      const on = [...root.querySelectorAll("input")].flatMap((other, place) =>
        other.checked ? [element.options[place]] : [],
      );
      done(several ? on : on[0], input);
    });
    return h(
      "label",
      { class: "choice" },
      input,
      h(
        "span",
        { class: "option-text" },
        h("span", {}, textNodes(option.text)),
        option.description && h("span", { class: "muted small-text" }, textNodes(option.description)),
      ),
    );
  });
  const root = h(
    "div",
    {
      class: "choices",
      role: several ? "group" : "radiogroup",
      "aria-label": name,
      "aria-describedby": describedby,
    },
    choices,
  );
  return root;
}

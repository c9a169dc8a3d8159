// The modal on top: its fields, what is wrong with them, and what becomes of it.
import { byId, glyph, h } from "./element.js";
import { api } from "./api.js";
import { blockNodes } from "./blocks.js";
import { failure, given, keyOf, valueOf } from "./elements.js";
import { on, state } from "./state.js";
import { attempt } from "./toasts.js";

const REQUIRED = "Please complete this required field.";
const TROUBLE = "We had some trouble connecting. Try again?";

let id = null; // the modal that is shown
let drawn = null; // what of it
let held = {}; // what is in its fields: by block, by action, as Slack has it
let errors = {}; // what the app says of its fields, by block
let closing = null; // the modal that is being closed
let back = null; // what had the focus before

const dialog = () => byId("modal");

export function startModal() {
  dialog().addEventListener("cancel", (event) => {
    event.preventDefault();
    close();
  });
  on("form", draw);
}

function draw() {
  const { form } = state;
  if (!form) {
    if (dialog().open) dialog().close();
    if (id !== null) back?.focus?.();
    [id, drawn, back] = [null, null, null];
    return;
  }
  const another = form.id !== id;
  const key = JSON.stringify([form.id, form.title, form.submit, form.close, form.blocks]);
  if (drawn === key) return;
  if (id === null) back = document.activeElement;
  const kept = another ? {} : held;
  if (another) errors = {};
  held = structuredClone(form.values ?? {});
  // What one wrote stays in a field for as long as there is such a field.
  for (const [block, actions] of Object.entries(held)) {
    for (const [action, value] of Object.entries(actions)) {
      const own = kept[block]?.[action];
      if (own?.type === value.type) actions[action] = own;
    }
  }
  [id, drawn] = [form.id, key];
  build(form, another);
}

const place = () => ({
  where: { view: id },
  held: (block, action) => held[block]?.[action],
  values: fields,
  changed: (element, block, value) => {
    (held[block.block_id] ??= {})[element.action_id] = { type: element.type, [keyOf(element)]: value };
    if (!errors[block.block_id]) return;
    delete errors[block.block_id];
    const mark = document.activeElement?.closest(".block")?.querySelector(".field-about .failed-note");
    mark?.remove();
  },
  error: (block) => errors[block],
});

// What is in the fields that the modal has now, as the page's calls take it.
function fields() {
  const values = {};
  for (const block of state.form?.blocks ?? []) {
    const element = block.type === "input" && block.element;
    if (element)
      values[block.block_id] = { [element.action_id]: given(element, valueOf(element, block, place())) };
  }
  return values;
}

function build(form, another) {
  const focused = dialog().contains(document.activeElement) ? document.activeElement.dataset.key : null;
  const caret = focused && document.activeElement.selectionStart;
  const body = h("div", { class: "modal-body" }, blockNodes(form.blocks, place()));
  const root = h(
    "form",
    { novalidate: true, "data-view": form.id },
    h(
      "header",
      {},
      h("h2", { id: "modal-title" }, form.title),
      h(
        "button",
        { type: "button", class: "icon", onclick: close, "data-key": "close" },
        glyph("close"),
        h("span", { class: "sr" }, "Close"),
      ),
    ),
    body,
    h("p", { id: "modal-trouble", role: "alert" }),
    h(
      "footer",
      {},
      h(
        "button",
        { type: "button", class: "button", onclick: close, "data-key": "cancel" },
        form.close ?? (form.submit ? "Cancel" : "Close"),
      ),
      form.submit &&
        h("button", { type: "submit", class: "button primary", "data-key": "submit" }, form.submit),
    ),
  );
  root.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(root);
  });
  dialog().replaceChildren(root);
  if (!dialog().open) dialog().showModal();
  const wanted = form.blocks.map(({ element }) => element).find((element) => element?.focus_on_load);
  const key = (name) => root.querySelector(`[data-key="${CSS.escape(name)}"]`);
  const first = wanted && root.querySelector(`[data-key$="${CSS.escape(`/${wanted.action_id}`)}"]`);
  const target =
    (!another && focused && key(focused)) ||
    first ||
    body.querySelector("input:not(.combo-input), textarea, .combo-opener") ||
    key("submit") ||
    key("close");
  target.focus();
  if (
    !another &&
    typeof caret === "number" &&
    target.setSelectionRange &&
    target.type !== "email" &&
    target.type !== "number"
  )
    target.setSelectionRange(caret, caret);
}

const isEmpty = (value) =>
  value === null || value === undefined || value === "" || (Array.isArray(value) && !value.length);

// What Slack's client itself finds wrong.
function missing() {
  const found = {};
  for (const block of state.form.blocks) {
    if (block.type !== "input" || block.optional === true) continue;
    const value = valueOf(block.element, block, place());
    const least = block.element.min_length ?? 0;
    const short = typeof value === "string" && value.length < least;
    if (isEmpty(value)) found[block.block_id] = REQUIRED;
    else if (short) found[block.block_id] = `Please enter at least ${least} characters.`;
  }
  return found;
}

function showErrors(found) {
  errors = found;
  build(state.form, false);
  dialog()
    .querySelector(".field-about .failed-note")
    ?.closest(".block")
    .querySelector("input:not(.combo-input), textarea, .combo-opener")
    ?.focus();
}

async function submit(root) {
  const button = root.querySelector("[type=submit]");
  if (button?.getAttribute("aria-busy") === "true") return;
  const found = missing();
  if (Object.keys(found).length) return showErrors(found);
  button?.setAttribute("aria-busy", "true");
  const trouble = (text) => byId("modal-trouble")?.replaceChildren(failure(text));
  byId("modal-trouble").replaceChildren();
  try {
    const answer = await api.submit({ view: id, values: fields() });
    if (answer.errors && state.form) showErrors(answer.errors);
    else if (answer.failed) trouble(`${TROUBLE} (It ${answer.failed}.)`);
    else if (answer.refused) trouble(answer.refused);
  } catch (error) {
    trouble(error.message);
  }
  button?.removeAttribute("aria-busy");
}

// The modal goes even where the app takes no note of it.
async function close() {
  if (id === null || closing === id) return;
  closing = id;
  await attempt(api.close({ view: id }));
  closing = null;
}

// A form a command or button brings up.
import { byId, glyph, h } from "./element.js";
import { api } from "./api.js";
import { namedChannels, state } from "./state.js";
import { outcome } from "./interactions.js";

// What a menu of each type offers.
const OFFERED = {
  3: (menu) => menu.options,
  5: () => state.people.map(named),
  6: () => state.roles.map(named),
  7: () => [...state.people, ...state.roles].map(named),
  8: () => namedChannels().map(named),
};
const named = ({ id, name }) => ({ value: id, label: name });

function menu(data, id) {
  const preset = new Set((data.menu.default_values ?? []).map((value) => value.id));
  const option = ({ value, label, default: chosen }) =>
    h("option", { value, selected: chosen || preset.has(value) }, label);
  const several = (data.menu.max_values ?? 1) > 1;
  return h(
    "select",
    { id, name: data.id, required: data.required, multiple: several, "aria-describedby": "modal-error" },
    !several && h("option", { value: "" }, data.placeholder ?? "Choose"),
    OFFERED[data.menu.type](data.menu).map(option),
  );
}

const valueOf = (input) =>
  input.tagName === "SELECT" ? [...input.selectedOptions].map((option) => option.value) : input.value;

function field(data) {
  const id = `field-${data.id}`;
  const attributes = {
    id,
    name: data.id,
    required: data.required,
    placeholder: data.placeholder,
    minlength: data.min,
    maxlength: data.max ?? 4000,
    "aria-describedby": "modal-error",
  };
  const input = data.menu
    ? menu(data, id)
    : data.style === "paragraph"
      ? h("textarea", { ...attributes, rows: "5" })
      : h("input", { ...attributes, type: "text" });
  if (!data.menu) input.value = data.value ?? "";
  return h(
    "div",
    { class: "modal-field" },
    h(
      "label",
      { for: id },
      data.label,
      data.required && h("span", { class: "required", title: "required" }, " *"),
    ),
    input,
  );
}

export function openModal(modal) {
  const dialog = byId("modal");
  const error = h("p", { id: "modal-error", class: "failed-note", role: "alert" });
  const submit = h("button", { type: "submit", class: "button primary" }, "Submit");
  const close = () => dialog.close();
  const form = h(
    "form",
    { method: "dialog" },
    h(
      "header",
      {},
      h("h2", { id: "modal-title" }, modal.title),
      h(
        "button",
        { type: "button", class: "icon", onclick: close },
        glyph("close"),
        h("span", { class: "sr" }, "Close"),
      ),
    ),
    h("p", { class: "muted" }, `This form goes to ${state.application.name}. Do not share passwords.`),
    modal.fields.map(field),
    error,
    h(
      "footer",
      {},
      h("button", { type: "button", class: "button secondary", onclick: close }, "Cancel"),
      submit,
    ),
  );

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    submit.disabled = true;
    error.textContent = "";
    const values = Object.fromEntries(modal.fields.map((part) => [part.id, valueOf(form.elements[part.id])]));
    const failed = await outcome(api.submit({ as: state.me.id, modal: modal.id, values }));
    submit.disabled = false;
    if (failed) error.textContent = failed;
    else close();
  });
  dialog.replaceChildren(form);
  if (!dialog.open) dialog.showModal();
  form.querySelector("input, textarea, select")?.focus();
}

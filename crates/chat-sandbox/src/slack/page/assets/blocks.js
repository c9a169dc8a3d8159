// Block Kit: the blocks of messages, modals and the app's Home.
import { glyph, h } from "./element.js";
import { elementNode, failure } from "./elements.js";
import { link, plainText, textNodes } from "./mrkdwn.js";
import { markdown } from "./markdown.js";
import { rich } from "./rich.js";

const list = (value) => (Array.isArray(value) ? value : []);

/** The nodes of blocks. `place` is as elements.js has it; a form also has `error(block)`, what the app says of one. */
export function blockNodes(blocks, place) {
  return list(blocks).map((block) =>
    h("div", { class: `block ${block.type}-block` }, (KINDS[block.type] ?? unknown)(block, place)),
  );
}

const unknown = (block) =>
  h("p", { class: "muted" }, `The sandbox shows no block of the type ${block?.type}.`);

const KINDS = {
  section,
  header: ({ text }) => h("h4", { class: "block-header" }, textNodes(text)),
  divider: () => h("hr"),
  actions: (block, place) =>
    h(
      "div",
      { class: "row" },
      list(block.elements).map((element) => elementNode(element, block, place)),
    ),
  context: ({ elements }) =>
    h(
      "div",
      { class: "context" },
      list(elements).map((part) =>
        part.type === "image" ? picture(part, "little") : h("span", { class: "text" }, textNodes(part)),
      ),
    ),
  image: (block) => [
    block.title && h("p", { class: "image-title" }, textNodes(block.title)),
    picture(block, "wide"),
  ],
  rich_text: ({ elements }) => h("div", { class: "text" }, rich(elements)),
  markdown: ({ text }) => h("div", { class: "text markdown" }, markdown(String(text ?? ""))),
  table,
  input,
  video: ({ title, title_url, description, alt_text }) => [
    h("p", {}, h("strong", {}, title_url ? link(title_url, plainText(title)) : plainText(title))),
    description && h("p", {}, textNodes(description)),
    h("p", { class: "muted" }, `Video: ${alt_text}`),
  ],
};

// Pictures from elsewhere are named, not loaded: the page asks nobody for anything.
function picture({ image_url, alt_text }, className) {
  const label = [glyph("picture"), className === "little" ? null : h("span", {}, alt_text)];
  if (className === "little")
    return h(
      "span",
      { class: "picture little", role: "img", "aria-label": alt_text, title: alt_text },
      label,
    );
  return h(
    "span",
    { class: `picture ${className}` },
    image_url ? link(image_url, h("span", { class: "row" }, label)) : label,
  );
}

function section(block, place) {
  const { text, fields, accessory } = block;
  const aside =
    accessory &&
    (accessory.type === "image"
      ? picture(accessory, "little")
      : elementNode(accessory, block, place, plainText(text)));
  return h(
    "div",
    { class: "section" },
    h(
      "div",
      { class: "section-body" },
      text && h("div", { class: "text" }, textNodes(text)),
      fields &&
        h(
          "div",
          { class: "fields" },
          list(fields).map((field) => h("div", { class: "text" }, textNodes(field))),
        ),
    ),
    aside && h("div", { class: "accessory" }, aside),
  );
}

function table({ rows, column_settings: settings }) {
  const aligned = (at) => {
    const align = list(settings)[at]?.align;
    return ["center", "right"].includes(align) ? `align-${align}` : null;
  };
  const said = (cell) =>
    cell.type === "rich_text" ? rich(cell.elements) : String(cell.text ?? cell.value ?? "");
  const line = (row, tag) =>
    h(
      "tr",
      {},
      list(row).map((cell, at) =>
        h(tag, { class: aligned(at), scope: tag === "th" ? "col" : null }, said(cell)),
      ),
    );
  const [head, ...rest] = list(rows);
  return h(
    "div",
    { class: "table", tabindex: "0", role: "region", "aria-label": "Table" },
    h(
      "table",
      {},
      h("thead", {}, line(head, "th")),
      h(
        "tbody",
        {},
        rest.map((row) => line(row, "td")),
      ),
    ),
  );
}

let count = 0;

// A field with its label, hint and what is wrong with it.
function input(block, place) {
  const element = block.element ?? {};
  const label = plainText(block.label);
  const id = `field-${(count += 1)}`;
  const wrong = place.error?.(block.block_id);
  const grouped = element.type?.endsWith("_select") || ["radio_buttons", "checkboxes"].includes(element.type);
  const field = {
    id: grouped ? null : id,
    required: block.optional !== true,
    describedby: `${id}-about`,
  };
  const optional = block.optional === true && h("span", { class: "muted" }, " (optional)");
  return [
    h(
      grouped ? "span" : "label",
      { class: "field-label", for: grouped ? null : id, "aria-hidden": grouped ? "true" : null },
      label,
      optional,
    ),
    elementNode(element, block, place, label, field),
    h(
      "div",
      { id: `${id}-about`, class: "field-about" },
      wrong && failure(wrong),
      block.hint && h("span", { class: "muted small-text" }, textNodes(block.hint)),
    ),
  ];
}

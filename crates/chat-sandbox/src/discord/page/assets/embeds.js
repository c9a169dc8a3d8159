// Embeds and attachments of a message.
import { glyph, h, webLink } from "./element.js";
import { markup } from "./markup.js";
import { stamp } from "./time.js";

// Pictures come from the sandbox only: the page's policy blocks every other address.
const local = (address) =>
  typeof address === "string" && (address.startsWith("/files/") || address.startsWith("data:image/"));

function picture(address, className, alt) {
  if (!address) return null;
  if (local(address)) return h("img", { class: className, src: address, alt, loading: "lazy" });
  const link = webLink(address);
  return (
    link &&
    h(
      "a",
      { class: "picture-link", href: link, target: "_blank", rel: "noopener noreferrer" },
      glyph("picture"),
      ` ${link}`,
    )
  );
}

function linked(content, address) {
  const link = webLink(address);
  return link
    ? h("a", { href: link, target: "_blank", rel: "noopener noreferrer nofollow" }, content)
    : content;
}

// Discord sets up to three inline fields beside each other.
function fields(list) {
  if (!list?.length) return null;
  return h(
    "dl",
    { class: "embed-fields" },
    list.map((field) =>
      h(
        "div",
        { class: field.inline ? "field inline" : "field" },
        h("dt", {}, markup(field.name_html, "span")),
        h("dd", {}, markup(field.value_html)),
      ),
    ),
  );
}

export function embed(data) {
  const foot = [data.footer, data.timestamp && stamp(new Date(data.timestamp))].filter(Boolean).join(" • ");
  const card = h(
    "article",
    { class: "embed" },
    h(
      "div",
      { class: "embed-body" },
      data.author && h("p", { class: "embed-author" }, linked(data.author.name, data.author.url)),
      data.title_html && h("h4", { class: "embed-title" }, linked(markup(data.title_html, "span"), data.url)),
      data.description_html && markup(data.description_html, "div", "embed-description"),
      fields(data.fields),
      picture(data.image, "embed-image", "Image of this embed"),
      foot && h("p", { class: "embed-footer" }, foot),
    ),
    picture(data.thumbnail, "embed-thumbnail", ""),
  );
  if (/^#[0-9a-f]{6}$/i.test(data.color ?? "")) card.style.setProperty("--bar", data.color);
  return card;
}

function size(bytes) {
  if (bytes < 1024) return `${bytes} bytes`;
  return bytes < 1048576 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}

export function attachment(file) {
  if (file.content_type?.startsWith("image/") && local(file.url)) {
    return h(
      "a",
      { href: file.url, target: "_blank", rel: "noopener" },
      h("img", { class: "attached-image", src: file.url, alt: file.name, loading: "lazy" }),
    );
  }
  return h(
    "div",
    { class: "file" },
    glyph("file"),
    h(
      "div",
      {},
      h("a", { href: file.url, download: file.name }, file.name),
      h("span", { class: "muted" }, size(file.size)),
    ),
    h(
      "a",
      { class: "icon file-get", href: file.url, download: file.name, title: "Download" },
      glyph("download"),
      h("span", { class: "sr" }, `Download ${file.name}`),
    ),
  );
}

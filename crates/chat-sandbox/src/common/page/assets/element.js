// Builds elements. Text is always text: only markup.js parses HTML.

/** An element with attributes, `on…` listeners, and children (strings, elements, null). */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(
    ...children.flat().filter((child) => child !== null && child !== undefined && child !== false),
  );
  return element;
}

export const byId = (id) => document.getElementById(id);

/** One of the page's drawn signs; index.html has their shapes. */
export function glyph(name) {
  const SVG = "http://www.w3.org/2000/svg";
  const picture = document.createElementNS(SVG, "svg");
  const shape = document.createElementNS(SVG, "use");
  picture.setAttribute("class", "glyph");
  picture.setAttribute("aria-hidden", "true");
  shape.setAttribute("href", `#glyph-${name}`);
  picture.append(shape);
  return picture;
}

/** What stands before a channel's name. */
export const channelSign = (channel) => (channel?.direct ? "@" : channel?.parent ? glyph("thread") : "#");

/** The address if a browser may follow it, else null. */
export function webLink(address) {
  return typeof address === "string" && /^https?:\/\//i.test(address) ? address : null;
}

/** A coloured circle with the name's first letter. */
export function avatar(person, size = "") {
  const circle = h("span", { class: `avatar ${size}`, "aria-hidden": "true" }, initial(person.name));
  if (/^#[0-9a-f]{6}$/i.test(person.color ?? "")) {
    circle.style.setProperty("--avatar", person.color);
    circle.style.setProperty("--avatar-text", bright(person.color) ? "#1a1b1e" : "#ffffff");
  }
  return circle;
}

function initial(name) {
  return [...(name || "?")][0].toUpperCase();
}

// Relative luminance as WCAG 2 defines it; black text reads better above about 0.18.
function bright(color) {
  const [r, g, b] = [1, 3, 5]
    .map((at) => parseInt(color.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.18;
}

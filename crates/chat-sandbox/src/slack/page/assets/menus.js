// Menus that a button opens. Arrows move, Enter chooses, Escape closes.
import { glyph, h } from "./element.js";

const GAP = 4; // pixels between a button and what it opens
const EDGE = 8; // pixels that stay free at the edges of the window

/** Shows a popup below its opener, or above it where there is more room. */
export function showAt(popup, opener, width = null) {
  const box = opener.getBoundingClientRect();
  if (width) popup.style.setProperty("width", `${Math.max(box.width, width)}px`);
  popup.showPopover();
  const { offsetWidth, offsetHeight } = popup;
  const under = innerHeight - box.bottom - GAP - EDGE;
  const above = offsetHeight > under && box.top > under;
  const top = above ? Math.max(EDGE, box.top - GAP - offsetHeight) : box.bottom + GAP;
  const left = Math.max(EDGE, Math.min(box.left, innerWidth - offsetWidth - EDGE));
  popup.style.setProperty("top", `${top}px`);
  popup.style.setProperty("left", `${left}px`);
}

/** A button with a menu. Each item is `{ label, description, act }`. */
export function menuButton({ name, sign, face, className = "icon", key }, items) {
  const menu = h("div", { class: "popup menu", popover: "auto", role: "menu", "aria-label": name });
  const opener = h(
    "button",
    {
      type: "button",
      class: className,
      title: name,
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "data-key": key,
    },
    face ?? glyph(sign),
    h("span", { class: "sr" }, name),
  );
  const choices = items.map((item) =>
    h(
      "button",
      {
        type: "button",
        role: "menuitem",
        tabindex: "-1",
        onclick: () => {
          menu.hidePopover();
          opener.focus();
          item.act(opener);
        },
      },
      h("span", {}, item.label),
      " ",
      item.description && h("span", { class: "muted small-text" }, item.description),
    ),
  );
  menu.append(...choices);
  opener.addEventListener("click", () => {
    showAt(menu, opener);
    choices[0]?.focus();
  });
  menu.addEventListener("toggle", (event) =>
    opener.setAttribute("aria-expanded", String(event.newState === "open")),
  );
  menu.addEventListener("keydown", (event) => moved(event, choices, menu));
  return h("span", { class: "menu-root" }, opener, menu);
}

function moved(event, choices, menu) {
  const at = choices.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: choices.length - 1 }[event.key];
  if (event.key === "Tab") menu.hidePopover();
  if (to === undefined) return;
  event.preventDefault();
  choices[(to + choices.length) % choices.length].focus();
}

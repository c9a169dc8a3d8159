// A select menu: a button that opens a list box. Arrows move, Enter or Space choose, Escape closes.
import { glyph, h } from "./element.js";

let count = 0;

/** `done(values, control)` is called once something was chosen. */
export function select(part, done) {
  const id = `select-${(count += 1)}`;
  const most = part.max_values ?? 1;
  const least = part.min_values ?? 1;
  const chosen = new Set(part.options.filter((option) => option.default).map((option) => option.value));
  const original = [...chosen].join("\n");
  let active = 0;

  const face = h("span", { class: "select-face" });
  const list = h("ul", {
    id,
    role: "listbox",
    class: "select-list",
    tabindex: "-1",
    hidden: true,
    "aria-label": part.placeholder ?? "Options",
    "aria-multiselectable": most > 1 ? "true" : null,
  });
  const opener = h(
    "button",
    {
      type: "button",
      class: "select-opener",
      "aria-haspopup": "listbox",
      "aria-expanded": "false",
      "aria-controls": id,
      disabled: part.disabled,
      "data-key": part.custom_id,
    },
    face,
    glyph("down"),
  );
  const root = h("div", { class: "select" }, opener, list);

  const items = part.options.map((option, at) =>
    h(
      "li",
      { id: `${id}-${at}`, role: "option", onclick: () => pick(at), onmousemove: () => move(at) },
      h(
        "span",
        { class: "option-text" },
        h(
          "span",
          { class: "option-label" },
          option.emoji?.name && !option.emoji.id ? `${option.emoji.name} ` : "",
          option.label,
        ),
        option.description && h("span", { class: "muted" }, option.description),
      ),
      h("span", { class: "tick" }, glyph("tick")),
    ),
  );
  list.append(...items);

  function show() {
    const labels = part.options.filter((option) => chosen.has(option.value)).map((option) => option.label);
    face.textContent = labels.join(", ") || part.placeholder || "Make a selection";
    face.classList.toggle("placeholder", labels.length === 0);
    items.forEach((item, at) => {
      item.setAttribute("aria-selected", String(chosen.has(part.options[at].value)));
      item.classList.toggle("active", at === active);
    });
    list.setAttribute("aria-activedescendant", `${id}-${active}`);
  }
  function move(to) {
    active = (to + items.length) % items.length;
    show();
    items[active].scrollIntoView({ block: "nearest" });
  }
  function open() {
    list.hidden = false;
    opener.setAttribute("aria-expanded", "true");
    active = Math.max(
      0,
      part.options.findIndex((option) => chosen.has(option.value)),
    );
    show();
    list.focus();
    list.scrollIntoView({ block: "nearest" });
  }
  // As on Discord, several choices are sent when the list closes.
  function close(refocus) {
    if (list.hidden) return;
    list.hidden = true;
    opener.setAttribute("aria-expanded", "false");
    if (refocus) opener.focus();
    if (most > 1 && chosen.size >= least && [...chosen].join("\n") !== original) done([...chosen], opener);
  }
  function pick(at) {
    const { value } = part.options[at];
    if (most === 1) {
      chosen.clear();
      chosen.add(value);
      close(true);
      done([value], opener);
    } else if (chosen.has(value)) chosen.delete(value);
    else if (chosen.size < most) chosen.add(value);
    show();
  }

  opener.addEventListener("click", () => (list.hidden ? open() : close(true)));
  opener.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      open();
    }
  });
  list.addEventListener("keydown", (event) => {
    const act = {
      ArrowDown: () => move(active + 1),
      ArrowUp: () => move(active - 1),
      Home: () => move(0),
      End: () => move(items.length - 1),
      Enter: () => pick(active),
      " ": () => pick(active),
      Escape: () => close(true),
      Tab: () => close(true),
    }[event.key];
    if (act) {
      event.preventDefault();
      event.stopPropagation();
      act();
    } else if (event.key.length === 1) {
      const found = part.options.findIndex((option) =>
        option.label.toLowerCase().startsWith(event.key.toLowerCase()),
      );
      if (found >= 0) move(found);
    }
  });
  root.addEventListener("focusout", (event) => {
    if (!root.contains(event.relatedTarget)) close(false);
  });
  show();
  return root;
}

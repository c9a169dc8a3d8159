// A select menu: a button that opens a list box. Arrows move, Enter or Space choose, Escape closes.
import { glyph, h } from "./element.js";

let count = 0;

/** `done(values, control)` is called once something was chosen. */
export function select(part, done) {
  return new Menu(part, done).root;
}

class Menu {
  constructor(part, done) {
    this.part = part;
    this.done = done;
    this.id = `select-${(count += 1)}`;
    this.most = part.max_values ?? 1;
    this.least = part.min_values ?? 1;
    this.chosen = new Set(part.options.filter((option) => option.default).map((option) => option.value));
    this.sent = [...this.chosen].join("\n");
    this.active = 0;
    this.build();
    this.listen();
    this.show();
  }

  build() {
    const { part, id } = this;
    this.face = h("span", { class: "select-face" });
    this.items = part.options.map((option, at) => this.item(option, at));
    this.list = h(
      "ul",
      {
        id,
        role: "listbox",
        class: "select-list",
        tabindex: "-1",
        hidden: true,
        "aria-label": part.placeholder ?? "Options",
        "aria-multiselectable": this.most > 1 ? "true" : null,
      },
      this.items,
    );
    this.opener = h(
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
      this.face,
      glyph("down"),
    );
    this.root = h("div", { class: "select" }, this.opener, this.list);
  }

  item(option, at) {
    const sign = option.emoji?.name && !option.emoji.id ? `${option.emoji.name} ` : "";
    return h(
      "li",
      {
        id: `${this.id}-${at}`,
        role: "option",
        onclick: () => this.pick(at),
        onmousemove: () => this.move(at),
      },
      h(
        "span",
        { class: "option-text" },
        h("span", { class: "option-label" }, sign, option.label),
        option.description && h("span", { class: "muted" }, option.description),
      ),
      h("span", { class: "tick" }, glyph("tick")),
    );
  }

  listen() {
    this.opener.addEventListener("click", () => (this.list.hidden ? this.open() : this.close(true)));
    this.opener.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      event.preventDefault();
      this.open();
    });
    this.list.addEventListener("keydown", (event) => this.key(event));
    this.root.addEventListener("focusout", (event) => {
      if (!this.root.contains(event.relatedTarget)) this.close(false);
    });
  }

  key(event) {
    const act = {
      ArrowDown: () => this.move(this.active + 1),
      ArrowUp: () => this.move(this.active - 1),
      Home: () => this.move(0),
      End: () => this.move(this.items.length - 1),
      Enter: () => this.pick(this.active),
      " ": () => this.pick(this.active),
      Escape: () => this.close(true),
      Tab: () => this.close(true),
    }[event.key];
    if (act) {
      event.preventDefault();
      event.stopPropagation();
      act();
    } else if (event.key.length === 1) {
      const typed = event.key.toLowerCase();
      const found = this.part.options.findIndex((option) => option.label.toLowerCase().startsWith(typed));
      if (found >= 0) this.move(found);
    }
  }

  show() {
    const { options, placeholder } = this.part;
    const labels = options.filter((option) => this.chosen.has(option.value)).map((option) => option.label);
    this.face.textContent = labels.join(", ") || placeholder || "Make a selection";
    this.face.classList.toggle("placeholder", labels.length === 0);
    this.items.forEach((item, at) => {
      item.setAttribute("aria-selected", String(this.chosen.has(options[at].value)));
      item.classList.toggle("active", at === this.active);
    });
    this.list.setAttribute("aria-activedescendant", `${this.id}-${this.active}`);
  }

  move(to) {
    const next = (to + this.items.length) % this.items.length;
    if (next === this.active) return;
    this.active = next;
    this.show();
    this.items[next].scrollIntoView({ block: "nearest" });
  }

  open() {
    this.list.hidden = false;
    this.opener.setAttribute("aria-expanded", "true");
    const first = this.part.options.findIndex((option) => this.chosen.has(option.value));
    this.active = Math.max(0, first);
    this.show();
    this.list.focus();
    this.list.scrollIntoView({ block: "nearest" });
  }

  // As on Discord, several choices are sent when the list closes.
  close(refocus) {
    if (this.list.hidden) return;
    this.list.hidden = true;
    this.opener.setAttribute("aria-expanded", "false");
    if (refocus) this.opener.focus();
    const values = [...this.chosen];
    if (this.most > 1 && values.length >= this.least && values.join("\n") !== this.sent) this.send(values);
  }

  pick(at) {
    const { value } = this.part.options[at];
    if (this.most === 1) {
      this.chosen = new Set([value]);
      this.show();
      this.close(true);
      this.send([value]);
      return;
    }
    if (this.chosen.has(value)) this.chosen.delete(value);
    else if (this.chosen.size < this.most) this.chosen.add(value);
    this.active = at;
    this.show();
  }

  send(values) {
    this.sent = values.join("\n");
    this.done(values, this.opener);
  }
}

// A select: a button that opens a list, which is searched as one types. The app may offer what is in it.
import { glyph, h } from "./element.js";
import { showAt } from "./menus.js";

const MOST_SHOWN = 200;
const WAIT_MS = 250; // how long nothing is typed before the app is asked
const WIDTH = 280; // pixels, at least

let count = 0;

/**
 * The root of a select. Options are `{ value, label, description, raw }`, in groups of `{ label, options }`; or
 * `fetch(typed)` asks for them once `least` characters were typed. `done(options)` is called after a choice; with
 * `multi` when the list closes and something was changed.
 */
export function combo(settings) {
  return new Combo(settings).root;
}

class Combo {
  constructor(settings) {
    Object.assign(this, { groups: [], least: 0, multi: false, most: Infinity, chosen: [], ...settings });
    this.id = `combo-${(count += 1)}`;
    this.items = []; // those shown: { option, element }
    this.active = -1;
    this.asked = 0;
    this.build();
    this.face();
  }

  build() {
    const { id, name, key, multi, describedby } = this;
    this.label = h("span", { class: "combo-face" });
    this.opener = h(
      "button",
      {
        type: "button",
        class: "combo-opener",
        "aria-haspopup": "listbox",
        "aria-expanded": "false",
        "aria-describedby": describedby,
        "data-key": key,
        onclick: () => this.open(),
        onkeydown: (event) => {
          if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
          event.preventDefault();
          this.open();
        },
      },
      this.label,
      glyph("down"),
    );
    this.input = h("input", {
      type: "text",
      class: "combo-input",
      role: "combobox",
      autocomplete: "off",
      maxlength: "150",
      placeholder: "Search",
      "aria-label": `Search: ${name}`,
      "aria-autocomplete": "list",
      "aria-expanded": "true",
      "aria-controls": `${id}-list`,
      oninput: () => this.typed(),
      onkeydown: (event) => this.pressed(event),
    });
    this.list = h("div", {
      id: `${id}-list`,
      class: "combo-list",
      role: "listbox",
      "aria-label": name,
      "aria-multiselectable": multi ? "true" : null,
    });
    this.note = h("p", { class: "combo-note muted", role: "status" });
    this.popup = h("div", { class: "popup combo-popup", popover: "auto" }, this.input, this.list, this.note);
    this.popup.addEventListener("toggle", (event) => this.toggled(event.newState === "open"));
    this.root = h("div", { class: "combo" }, this.opener, this.popup);
  }

  face() {
    const labels = this.chosen.map((option) => option.label).join(", ");
    const text = labels || this.placeholder || (this.multi ? "Select options" : "Select an option");
    this.label.textContent = text;
    this.label.classList.toggle("placeholder", !labels);
    this.opener.setAttribute("aria-label", text === this.name ? text : `${this.name}: ${text}`);
  }

  open() {
    this.before = this.values();
    this.input.value = "";
    this.show(this.groups);
    showAt(this.popup, this.opener, WIDTH);
    this.input.focus();
    this.typed();
  }

  values() {
    return this.chosen.map((option) => option.value).join("\n");
  }

  toggled(open) {
    this.opener.setAttribute("aria-expanded", String(open));
    if (open) return;
    clearTimeout(this.timer);
    this.asked += 1;
    if (this.multi && this.values() !== this.before) this.done(this.chosen, this.opener);
  }

  typed() {
    const typed = this.input.value;
    if (!this.fetch) {
      const wanted = typed.trim().toLowerCase();
      const fits = (option) => option.label.toLowerCase().includes(wanted);
      this.show(this.groups.map(({ label, options }) => ({ label, options: options.filter(fits) })));
      return;
    }
    clearTimeout(this.timer);
    const asked = (this.asked += 1);
    if ([...typed].length < this.least) {
      const left = this.least === 1 ? "a character" : `${this.least} characters`;
      return this.show([], `Type ${left} or more to search`);
    }
    this.say("Searching…");
    this.timer = setTimeout(() => this.ask(typed, asked), typed ? WAIT_MS : 0);
  }

  async ask(typed, asked) {
    let options = [];
    let note;
    try {
      options = await this.fetch(typed);
    } catch (error) {
      note = error.message;
    }
    if (asked === this.asked) this.show([{ label: null, options }], note);
  }

  say(text) {
    this.note.textContent = text;
    this.note.hidden = !text;
  }

  show(groups, note) {
    this.items = [];
    const drawn = groups.map(({ label, options }) => {
      const rows = options
        .slice(0, Math.max(0, MOST_SHOWN - this.items.length))
        .map((option) => this.row(option));
      if (!label || !rows.length) return rows;
      const title = h("div", { class: "combo-group", "aria-hidden": "true" }, label);
      return [h("div", { role: "group", "aria-label": label }, title, rows)];
    });
    this.list.replaceChildren(...drawn.flat());
    const chosen = this.items.findIndex(({ option }) => this.has(option));
    this.move(this.items.length ? Math.max(0, chosen) : -1);
    this.say(note ?? (this.items.length ? "" : "No results"));
    this.list.hidden = !this.items.length;
  }

  row(option) {
    const at = this.items.length;
    const element = h(
      "div",
      {
        id: `${this.id}-${at}`,
        role: "option",
        class: "combo-option",
        "aria-selected": String(this.has(option)),
        onclick: () => this.pick(at),
        onmousemove: () => this.move(at),
      },
      h(
        "span",
        { class: "option-text" },
        h("span", {}, option.label),
        option.description && " ",
        option.description && h("span", { class: "muted small-text" }, option.description),
      ),
      h("span", { class: "tick" }, glyph("tick")),
    );
    this.items.push({ option, element });
    return element;
  }

  has(option) {
    return this.chosen.some(({ value }) => value === option.value);
  }

  move(to) {
    this.items[this.active]?.element.classList.remove("active");
    this.active = this.items.length ? (to + this.items.length) % this.items.length : -1;
    const element = this.items[this.active]?.element;
    if (!element) return this.input.removeAttribute("aria-activedescendant");
    element.classList.add("active");
    this.input.setAttribute("aria-activedescendant", element.id);
    element.scrollIntoView({ block: "nearest" });
  }

  pressed(event) {
    const act = {
      ArrowDown: () => this.move(this.active + 1),
      ArrowUp: () => this.move(this.active - 1),
      Enter: () => this.pick(this.active),
      Tab: () => this.close(),
    }[event.key];
    if (!act || event.isComposing) return;
    event.preventDefault();
    act();
  }

  close() {
    this.popup.hidePopover();
    this.opener.focus();
  }

  pick(at) {
    const option = this.items[at]?.option;
    if (!option) return;
    if (!this.multi) {
      this.chosen = [option];
      this.face();
      this.close();
      this.done(this.chosen, this.opener);
      return;
    }
    if (this.has(option)) this.chosen = this.chosen.filter(({ value }) => value !== option.value);
    else if (this.chosen.length < this.most) this.chosen = [...this.chosen, option];
    else return this.say(`At most ${this.most} can be chosen`);
    this.items[at].element.setAttribute("aria-selected", String(this.has(option)));
    this.face();
  }
}

// A box that people write in: messages, replies, slash commands. Commands and people are suggested as one types.
import { byId, h } from "./element.js";
import { on, state } from "./state.js";

const MOST_SUGGESTED = 12;

/**
 * `form` is the id of its form; its other parts are named after it. `send(text)` sends what was written and says what
 * was `refused` or `failed`, if anything was; `draft()` names what is written there; `commands` says whether commands
 * are suggested.
 */
export function startComposer({ form, label, send, draft, commands = false }) {
  const root = byId(form);
  const box = root.querySelector("textarea");
  const hint = root.querySelector(".composer-hint");
  const list = suggestions(root, box, commands);
  const key = () => `sandbox:slack-draft:${state.me?.id}:${draft()}`;

  const grow = () => {
    box.style.setProperty("height", "auto");
    box.style.setProperty("height", `${box.scrollHeight}px`);
  };
  const changed = () => {
    if (box.value) sessionStorage.setItem(key(), box.value);
    else sessionStorage.removeItem(key());
    hint.textContent = "";
    grow();
    list.suggest();
  };
  const fill = (text) => {
    box.value = text;
    box.focus();
    box.setSelectionRange(text.length, text.length);
    changed();
  };
  const submit = async () => {
    const text = box.value.trim();
    if (!text) return;
    box.value = "";
    changed();
    const answer = await send(text);
    if (!answer?.refused) return;
    if (!box.value) fill(text);
    hint.textContent = answer.refused;
  };

  box.addEventListener("input", changed);
  box.addEventListener("keydown", (event) => {
    if (event.isComposing || list.key(event)) return;
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    submit();
  });
  box.addEventListener("blur", () => setTimeout(() => document.activeElement !== box && list.close(), 100));
  root.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  list.accept = fill;

  const changedPlace = () => {
    box.placeholder = label();
    box.setAttribute("aria-label", commands ? `${label()}. Type / for commands.` : label());
    box.value = sessionStorage.getItem(key()) ?? "";
    hint.textContent = "";
    grow();
    list.close();
  };
  return { fill, changedPlace };
}

// What fits what stands before the caret: `{ label, hint, insert }`.
function fitting(before, commands) {
  if (commands && /^\/\S*$/.test(before)) {
    const fits = state.commands.filter(({ name }) => name.startsWith(before.toLowerCase()));
    return fits.map(({ name, hint }) => ({ label: name, hint, insert: `${name} ` }));
  }
  const mention = /(?:^|\s)@([\w.-]*)$/.exec(before);
  if (!mention) return [];
  const wanted = mention[1].toLowerCase();
  const fits = state.people.filter(
    ({ username, name, gone }) =>
      !gone && [username, name].some((known) => known.toLowerCase().startsWith(wanted)),
  );
  const start = before.slice(0, before.length - wanted.length);
  return fits.map(({ username, name }) => ({
    label: name,
    hint: `@${username}`,
    insert: `${start}${username} `,
  }));
}

function suggestions(root, box, commands) {
  const panel = root.querySelector(".suggestions");
  const list = root.querySelector("[role=listbox]");
  const usage = root.querySelector(".usage");
  let items = [];
  let active = 0;
  let moved = false;

  const api = {
    accept: () => {},
    close() {
      items = [];
      panel.hidden = true;
      box.removeAttribute("aria-activedescendant");
      box.setAttribute("aria-expanded", "false");
    },
    suggest() {
      const before = box.value.slice(0, box.selectionStart);
      items = fitting(before, commands).slice(0, MOST_SUGGESTED);
      [active, moved] = [0, false];
      showUsage();
      if (!items.length) return api.close();
      draw();
    },
    /** Whether the key was one for the suggestions. */
    key(event) {
      if (!items.length) return false;
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const taken = event.key === "Tab" && !event.shiftKey;
      // Enter sends, unless one went to a suggestion, or the name is not whole.
      const whole = items.some(({ label }) => label === box.value.trim());
      const chosen = event.key === "Enter" && !event.shiftKey && (moved || !whole);
      if (by) move(by);
      else if (taken || chosen) pick(active);
      else if (event.key === "Escape") api.close();
      else return false;
      event.preventDefault();
      return true;
    },
  };

  // How a command is used, while one writes what goes behind its name.
  function showUsage() {
    if (!usage) return;
    const [name, rest] = box.value.split(/ (.*)/s);
    const known = rest === undefined ? null : state.commands.find((command) => command.name === name);
    usage.textContent = known?.hint ? `${known.name} ${known.hint}` : "";
  }
  function move(by) {
    moved = true;
    active = (active + by + items.length) % items.length;
    draw();
  }
  function pick(at) {
    const rest = box.value.slice(box.selectionStart);
    api.accept(items[at].insert + rest.trimStart());
  }
  function draw() {
    const id = (at) => `${list.id}-${at}`;
    list.replaceChildren(
      ...items.map(({ label, hint }, at) =>
        h(
          "li",
          {
            id: id(at),
            role: "option",
            "aria-selected": String(at === active),
            onmousedown: (event) => event.preventDefault(),
            onclick: () => pick(at),
          },
          h("span", { class: "suggestion-label" }, label),
          h("span", { class: "muted" }, hint),
        ),
      ),
    );
    panel.hidden = false;
    box.setAttribute("aria-expanded", "true");
    box.setAttribute("aria-activedescendant", id(active));
    byId(id(active)).scrollIntoView({ block: "nearest" });
  }
  on("state", () => items.length && api.suggest());
  return api;
}

// The list above the composer: what could come next in the text.
import { byId, h } from "./element.js";
import { api } from "./api.js";
import { namedChannels, state } from "./state.js";
import { TYPE, bareOption, focus, leaves, asked } from "./commands.js";

const DEBOUNCE_MS = 150;
const MOST = 25;

let items = [];
let active = -1;
let chosen = false; // whether the person moved in the list: only then Enter takes from it
let round = 0;
let timer;
let take;
const offered = new Map(); // option and shown text -> value

export const isOpen = () => !byId("suggestions").hidden;
export const activeItem = () => items[active] ?? null;
export const wasMoved = () => chosen;

/** `accept(item)` puts an item's text into the composer. */
export function startSuggestions(accept) {
  take = accept;
}

const key = (option, text) => `${option.name}\n${text.toLowerCase()}`;
/** The value behind a text the bot offered. */
export const pick = (option, text) => offered.get(key(option, text));

/** The id of a user, channel or role by name. */
export function find(type, name) {
  const lists = {
    [TYPE.user]: [state.people],
    [TYPE.channel]: [namedChannels()],
    [TYPE.role]: [state.roles],
    [TYPE.mentionable]: [state.people, state.roles],
  };
  return (lists[type] ?? [])
    .flat()
    .find(
      (entry) =>
        [entry.name, entry.username].some((known) => known?.toLowerCase() === name.toLowerCase()) ||
        entry.id === name,
    )?.id;
}

export function closeSuggestions() {
  round += 1;
  clearTimeout(timer);
  byId("suggestions").hidden = true;
  items = [];
  active = -1;
  chosen = false;
  byId("composer-text").removeAttribute("aria-activedescendant");
}

export function moveSuggestion(step) {
  if (!items.length) return;
  active =
    active < 0 && step < 0
      ? items.length - 1
      : (active + (chosen || active < 0 ? step : step > 0 && active === 0 ? 1 : step) + items.length) %
        items.length;
  chosen = true;
  mark();
}

/** Looks at the text up to the caret and offers what fits. */
export function suggest(text) {
  round += 1;
  clearTimeout(timer);
  const word = /(?:^|\s)([@#])([\p{L}\p{N}_-]*)$/u.exec(text);
  if (!text.startsWith("/")) {
    if (word) return show(word[1] === "@" ? "Members" : "Channels", mentions(text, word));
    return closeSuggestions();
  }
  const at = focus(text, leaves(state.commands));
  if (at.stage === "name") return show("Commands", names(at.typed));
  options(text, at);
}

const typedName = (entry) => entry.username ?? entry.name;

function mentions(text, [, sign, typed]) {
  const list = sign === "@" ? state.people : namedChannels();
  return matching(list.map(typedName), typed).map((name) => ({
    label: `${sign}${name}`,
    insert: `${text.slice(0, text.length - typed.length)}${name} `,
  }));
}

function names(typed) {
  const rank = (leaf) => (leaf.label.startsWith(typed.toLowerCase()) ? 0 : 1);
  return leaves(state.commands)
    .filter((leaf) => leaf.label.includes(typed.toLowerCase().trim()))
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, MOST)
    .map((leaf) => ({
      label: `/${leaf.label}`,
      hint: leaf.options.map((option) => (option.required ? option.name : `[${option.name}]`)).join(" "),
      detail: leaf.description,
      insert: `/${leaf.label} `,
      command: leaf,
    }));
}

function options(text, at) {
  const title = `/${at.parsed.leaf.label} · ${at.parsed.leaf.description}`;
  const further = at.unused.map((option) => ({
    label: option.name,
    hint: option.required ? "required" : "optional",
    detail: option.description,
    insert: `${withoutStart(text, option.name)} ${option.name}:`,
    option,
  }));
  const current = at.current ?? firstBare(text, at);
  if (!current) return show(title, further);
  const values = localValues(current.option, current.raw);
  const toItem = (choice) => {
    const bare = !at.parsed.given.some((other) => other.option === current.option);
    return {
      label: choice.name,
      detail: choice.name === String(choice.value) ? "" : choice.detail,
      insert: `${text.slice(0, current.at)}${bare ? `${current.option.name}:` : ""}${choice.name} `,
    };
  };
  // A finished value, and a space after it: on to the options still open.
  const finished =
    /\s$/.test(text) &&
    current.raw !== "" &&
    (pick(current.option, current.raw) !== undefined ||
      values?.some((value) => value.name.toLowerCase() === current.raw.toLowerCase()));
  if (finished) return show(title, further);
  if (values) return show(hint(current.option), values.map(toItem));
  if (!current.option.autocomplete) return show(hint(current.option), current.raw === "" ? [] : further);
  askBot(at, current, (choices) =>
    show(hint(current.option), [
      ...choices.map(toItem),
      ...(at.current ? further : further.filter((item) => item.option !== current.option)),
    ]),
  );
}

// The text without a last word that is the start of an option's name.
function withoutStart(text, name) {
  const word = /\s(\S*)$/.exec(text);
  return (word && name.startsWith(word[1].toLowerCase()) ? text.slice(0, word.index) : text).trimEnd();
}

// Before anything is typed, what the bot offers for the first option is already of use.
function firstBare(text, at) {
  const option = bareOption(at.parsed.leaf);
  return option?.autocomplete && !at.parsed.given.length ? { option, raw: "", at: text.length } : null;
}

const hint = (option) => `${option.name} · ${option.description}`;

function matching(list, typed) {
  const low = typed.toLowerCase();
  return list
    .filter((name) => name.toLowerCase().includes(low))
    .sort((a, b) => Number(!a.toLowerCase().startsWith(low)) - Number(!b.toLowerCase().startsWith(low)));
}

// Values known without asking the bot, or null.
function localValues(option, raw) {
  const named = (entries, sign) =>
    matching(entries.map(typedName), raw.replace(/^[@#]/, "")).map((name) => ({
      name: `${sign}${name}`,
      value: name,
    }));
  if (option.choices?.length)
    return option.choices.filter((choice) => choice.name.toLowerCase().includes(raw.toLowerCase()));
  const lists = {
    [TYPE.boolean]: () => matching(["true", "false"], raw).map((name) => ({ name, value: name })),
    [TYPE.user]: () => named(state.people, "@"),
    [TYPE.channel]: () => named(namedChannels(), "#"),
    [TYPE.role]: () => named(state.roles, "@"),
    [TYPE.mentionable]: () => named([...state.people, ...state.roles], "@"),
  };
  return lists[option.type]?.() ?? null;
}

// Asks once typing pauses; an answer to an older text is dropped.
function askBot(at, current, done) {
  const mine = round;
  timer = setTimeout(async () => {
    const options = asked(at.parsed, current.option, current.raw, find, pick);
    const answer = await api
      .autocomplete({ as: state.me.id, channel: state.channel, command: at.parsed.leaf.root.id, options })
      .catch(() => ({ choices: [] }));
    if (mine !== round) return;
    for (const choice of answer.choices) offered.set(key(current.option, choice.name), choice.value);
    done(answer.choices);
  }, DEBOUNCE_MS);
}

function show(title, list) {
  if (!list.length) return closeSuggestions();
  items = list;
  active = 0;
  chosen = false;
  byId("suggestions-title").textContent = title;
  byId("suggestions-list").replaceChildren(
    ...list.map((item, index) =>
      h(
        "li",
        {
          role: "option",
          id: `suggestion-${index}`,
          onmousedown: (event) => event.preventDefault(),
          onclick: () => take(item),
        },
        h(
          "span",
          { class: "suggestion-label" },
          item.label,
          item.hint && h("span", { class: "suggestion-hint" }, ` ${item.hint}`),
        ),
        item.detail && h("span", { class: "muted" }, item.detail),
      ),
    ),
  );
  byId("suggestions").hidden = false;
  mark();
}

function mark() {
  const list = byId("suggestions-list");
  [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === active)));
  list.children[active]?.scrollIntoView({ block: "nearest" });
  byId("composer-text").setAttribute("aria-activedescendant", `suggestion-${active}`);
}

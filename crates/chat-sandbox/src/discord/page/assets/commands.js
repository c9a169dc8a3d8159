// Reads a slash command as it is typed. Pure: knows neither the page nor the network.
import { nearest, unknownOptions } from "./names.js";

export const TYPE = {
  group: 2,
  command: 1,
  string: 3,
  integer: 4,
  boolean: 5,
  user: 6,
  channel: 7,
  role: 8,
  mentionable: 9,
  number: 10,
  file: 11,
};

/** Every command one can send: subcommands are written out, "/schedule set". */
export function leaves(commands) {
  const walk = (root, node, path) => {
    const inner = (node.options ?? []).filter(
      (option) => option.type === TYPE.command || option.type === TYPE.group,
    );
    if (inner.length) return inner.flatMap((option) => walk(root, option, [...path, option]));
    return [
      {
        root,
        path,
        label: [root, ...path].map((part) => part.name).join(" "),
        description: node.description,
        options: node.options ?? [],
      },
    ];
  };
  return commands
    .flatMap((command) => walk(command, command, []))
    .sort((a, b) => a.label.localeCompare(b.label));
}

/** The command a text starts with, once its name is complete, and where the name ends. */
function leafOf(text, all) {
  let found = null;
  for (const leaf of all) {
    // Names have letters, digits, hyphens and underscores only.
    const name = leaf.label.replaceAll(" ", "\\s+");
    const [whole] = new RegExp(`^/${name}(?=\\s|$)`, "iu").exec(text) ?? [];
    if (whole && !(found?.end >= whole.length)) found = { leaf, end: whole.length };
  }
  return found;
}

const isText = (option) => option?.type === TYPE.string && !option.choices?.length;

// A word and a colon that nothing follows which makes it an address, a path in code or a face.
const NAMED = /(?<=^|\s)([\p{L}\p{N}_-]+):/gu;
const isNamed = (word, after) => /^\p{L}./u.test(word) && !/^[/:=()\\]/.test(after);

/** `{leaf, end, bare, bareAt, given: [{option, raw, at}], unknown, twice}`, or null while the name is not complete.
    A value runs until the next known `name:`; text before the first is `bare`. `unknown` has words that are written
    as options and are none, `twice` options that are given again. A text may hold words with colons: there only
    what is nearly the name of an option, or another command's, is taken for one, and only if a value follows at once. */
export function parse(text, all) {
  const named = text.startsWith("/") ? leafOf(text, all) : null;
  if (!named) return null;
  const { leaf, end: start } = named;
  const [marks, unknown, twice] = [[], [], []];
  const elsewhere = all.flatMap((other) => other.options.map((option) => option.name));
  const names = leaf.options.map((option) => option.name);
  for (const match of text.slice(start).matchAll(NAMED)) {
    const word = match[1].toLowerCase();
    const option = leaf.options.find((other) => other.name === word);
    const [from, at] = [start + match.index, start + match.index + match[0].length];
    const before = marks.at(-1);
    const first = !text.slice(before?.at ?? start, from).trim();
    const inText = isText(before ? before.option : bareOption(leaf)) && (before || !first);
    const follows = /^\S/.test(text.slice(at));
    if (option && !marks.some((mark) => mark.option === option)) marks.push({ option, from, at });
    else if (option) {
      if (!inText || follows) twice.push(option);
    } else if (isNamed(word, text.slice(at))) {
      const likely = nearest(word, names) || elsewhere.includes(word);
      if (!inText || (follows && likely)) unknown.push(match[1]);
    }
  }
  const bareText = text.slice(start, marks[0]?.from ?? text.length);
  const given = marks.map((mark, index) => ({
    option: mark.option,
    at: mark.at,
    raw: text.slice(mark.at, marks[index + 1]?.from ?? text.length).trim(),
  }));
  return {
    leaf,
    end: start,
    bare: bareText.trim(),
    bareAt: start + bareText.length - bareText.trimStart().length,
    given,
    unknown,
    twice,
  };
}

/** The option a bare rest belongs to. */
export const bareOption = (leaf) =>
  leaf.options.find((option) => option.type === TYPE.string) ?? leaf.options[0];

// What was given, the bare rest included.
function assigned({ leaf, bare, bareAt, given }) {
  const option = bare && bareOption(leaf);
  if (!option || given.some((other) => other.option === option)) return given;
  return [{ option, raw: bare, at: bareAt }, ...given];
}

const same = (a, b) => String(a).toLowerCase() === String(b).toLowerCase();

/** The value to send for what was typed; throws an Error in words for the person. */
function convert(option, raw, find) {
  if (option.choices?.length) {
    const choice =
      option.choices.find((other) => same(other.name, raw)) ??
      option.choices.find((other) => same(other.value, raw));
    if (!choice)
      throw new Error(`${option.name}: choose one of ${option.choices.map((other) => other.name).join(", ")}.`);
    return choice.value;
  }
  if (option.type === TYPE.integer || option.type === TYPE.number) return number(option, raw);
  if (option.type === TYPE.boolean) {
    if (/^(true|yes|on|1)$/i.test(raw)) return true;
    if (/^(false|no|off|0)$/i.test(raw)) return false;
    throw new Error(`${option.name}: true or false.`);
  }
  const entity = find(option.type, raw.replace(/^[@#]/, ""));
  if (entity) return entity;
  if (option.type >= TYPE.user && option.type <= TYPE.mentionable)
    throw new Error(`${option.name}: nothing here is called “${raw}”.`);
  return raw;
}

function number(option, raw) {
  const value = Number(raw);
  const written = option.type === TYPE.integer ? /^[+-]?\d+$/ : /^[+-]?\d+([.]\d+)?$/;
  if (!written.test(raw))
    throw new Error(`${option.name}: a ${option.type === TYPE.integer ? "whole " : ""}number.`);
  if (option.min_value != null && value < option.min_value)
    throw new Error(`${option.name}: at least ${option.min_value}.`);
  if (option.max_value != null && value > option.max_value)
    throw new Error(`${option.name}: at most ${option.max_value}.`);
  return value;
}

// Subcommands wrap the options, from the inside out.
const wrap = (leaf, options) =>
  leaf.path.reduceRight((inner, part) => [{ name: part.name, type: part.type, options: inner }], options);

// Refuses options that there are not, or that are given again.
function refuseNames({ leaf, bare, given, unknown, twice }) {
  if (twice.length) throw new Error(`${twice[0].name} is given twice.`);
  if (!unknown.length) return;
  const text = bareOption(leaf);
  const meantAsText = bare && isText(text) && !given.some(({ option }) => option === text);
  const advice = meantAsText ? ` If it is text, write ${text.name}: in front of it.` : "";
  throw new Error(unknownOptions(leaf, unknown) + advice);
}

/** What to send. `find(type, name)` gives a user's, channel's or role's id; `pick(option, text)` the
    value behind an offered text. Throws an Error that says what is missing or wrong. */
export function payload(parsed, find, pick) {
  refuseNames(parsed);
  const given = assigned(parsed).filter(({ raw }) => raw !== "");
  if (
    parsed.bare &&
    !assigned(parsed).some(({ raw, option }) => raw === parsed.bare && option === bareOption(parsed.leaf))
  ) {
    throw new Error(
      parsed.leaf.options.length
        ? `“${parsed.bare}” belongs to no option.`
        : `/${parsed.leaf.label} takes no options.`,
    );
  }
  const missing = parsed.leaf.options.find(
    (option) => option.required && !given.some((other) => other.option === option),
  );
  if (missing) throw Object.assign(new Error(`${missing.name} is required.`), { missing });
  return wrap(
    parsed.leaf,
    given.map(({ option, raw }) => ({
      name: option.name,
      type: option.type,
      value: pick(option, raw) ?? convert(option, raw, find),
    })),
  );
}

/** What to ask the bot for while `focused` is typed; options that make no sense yet are left out. */
export function asked(parsed, focused, raw, find, pick) {
  const options = assigned(parsed).flatMap(({ option, raw: text }) => {
    if (option === focused) return [];
    try {
      return [
        { name: option.name, type: option.type, value: pick(option, text) ?? convert(option, text, find) },
      ];
    } catch {
      return [];
    }
  });
  return wrap(parsed.leaf, [
    ...options,
    { name: focused.name, type: focused.type, value: raw, focused: true },
  ]);
}

/** What is being typed at the end of `text`: `{stage: "name", typed}`, or
    `{stage: "options", parsed, current: {option, raw, at} | null, unused}`. */
export function focus(text, all) {
  const parsed = parse(text, all);
  if (!parsed || text.length === parsed.end) return { stage: "name", typed: text.slice(1) };
  const list = assigned(parsed);
  const last = parsed.given.at(-1) ?? list.at(-1) ?? null;
  const unused = parsed.leaf.options.filter((option) => !list.some((other) => other.option === option));
  return {
    stage: "options",
    parsed,
    current: last,
    unused: unused.sort((a, b) => Number(b.required ?? false) - Number(a.required ?? false)),
  };
}

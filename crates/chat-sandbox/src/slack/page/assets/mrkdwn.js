// Slack's mrkdwn, as nodes of text: nothing in it is ever taken for HTML.
import { h, webLink } from "./element.js";
import { emoji, withEmoji } from "./emoji.js";
import { written } from "./dates.js";
import { emit, personById, state } from "./state.js";

const unescaped = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** Someone's name, as a mention. */
export function userMention(id, known) {
  const name = personById(id)?.name ?? known ?? id;
  return h("span", { class: id === state.me?.id ? "mention me" : "mention" }, `@${name}`);
}

/** A channel's name; one opens it there if one may. */
export function channelMention(id, known) {
  const name = state.names[id];
  if (!name) return h("span", { class: "mention" }, known ? `#${known}` : "a private channel");
  return h("button", { type: "button", class: "mention", onclick: () => emit("go", id) }, `#${name}`);
}

/** A link, if a browser may follow it, else its text. */
export function link(address, text) {
  const followed = webLink(address) ?? (/^mailto:/i.test(address) ? address : null);
  if (!followed) return h("span", {}, text);
  return h("a", { href: followed, target: "_blank", rel: "noreferrer noopener" }, text);
}

export const broadcast = (range) => h("span", { class: "mention me" }, `@${range}`);

/** A moment in the reader's zone. */
export function dateNode(seconds, format, fallback, address) {
  const text = written(seconds, format, fallback);
  const date = new Date(Number(seconds) * 1000);
  const known = !Number.isNaN(date.getTime());
  const node = h(
    "time",
    { datetime: known ? date.toISOString() : null, title: known ? date.toLocaleString() : null },
    text,
  );
  return address ? link(address, node) : node;
}

// What stands between `<` and `>`.
function entity(inside) {
  const [what, label] = split(inside, "|");
  if (what.startsWith("@")) return userMention(what.slice(1), label && unescaped(label));
  if (what.startsWith("#")) return channelMention(what.slice(1), label && unescaped(label));
  if (what.startsWith("!date^")) {
    const [, seconds, format = "", address] = what.split("^");
    return dateNode(seconds, unescaped(format), unescaped(label ?? ""), address && unescaped(address));
  }
  if (what.startsWith("!subteam^")) return h("span", { class: "mention" }, unescaped(label ?? "@group"));
  if (what.startsWith("!")) return broadcast(unescaped(label ?? what.slice(1)));
  return link(unescaped(what), withEmoji(unescaped(label ?? what)));
}

function split(text, sign) {
  const at = text.indexOf(sign);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

const between = (sign) =>
  `(?<![\\p{L}\\p{N}${sign}])${sign}(?![\\s${sign}])([^${sign}\\n]*[^${sign}\\s])${sign}(?![\\p{L}\\p{N}${sign}])`;
const INLINE = new RegExp(
  `<([^<>\\n]{1,3000})>|\`([^\`\\n]+)\`|${between("\\*")}|${between("_")}|${between("~")}|:([a-z0-9_+-]{1,100}):|(https?://[^\\s<>|]+)`,
  "gu",
);

function inline(text) {
  const nodes = [];
  let end = 0;
  for (const found of text.matchAll(INLINE)) {
    const [whole, inside, code, bold, italic, struck, name, address] = found;
    if (found.index > end) nodes.push(unescaped(text.slice(end, found.index)));
    end = found.index + whole.length;
    if (inside !== undefined) nodes.push(entity(inside));
    else if (code !== undefined) nodes.push(h("code", {}, unescaped(code)));
    else if (bold !== undefined) nodes.push(h("strong", {}, inline(bold)));
    else if (italic !== undefined) nodes.push(h("em", {}, inline(italic)));
    else if (struck !== undefined) nodes.push(h("s", {}, inline(struck)));
    else if (name !== undefined) nodes.push(emoji(name));
    else nodes.push(link(unescaped(address), unescaped(address)));
  }
  if (end < text.length) nodes.push(unescaped(text.slice(end)));
  return nodes;
}

// Lines that begin with `>` are a quote.
function lines(text) {
  const nodes = [];
  let quote = null;
  text.split("\n").forEach((line, at, all) => {
    const quoted = /^(?:&gt;|>) ?(.*)$/.exec(line);
    if (quoted) {
      if (!quote) nodes.push((quote = h("blockquote")));
      else quote.append("\n");
      quote.append(...inline(quoted[1]));
      return;
    }
    quote = null;
    nodes.push(...inline(line));
    if (at < all.length - 1) nodes.push("\n");
  });
  return nodes;
}

/** The nodes of a text in mrkdwn. */
export function mrkdwn(text) {
  return text.split("```").flatMap((part, at, all) => {
    // Without its end it is no block.
    if (at % 2 === 0) return lines(part);
    if (at === all.length - 1) return ["```", ...lines(part)];
    return [h("pre", { tabindex: "0" }, unescaped(part.replace(/^\n|\n$/g, "")))];
  });
}

/** The nodes of a text object. */
export function textNodes(text) {
  if (!text) return [];
  const said = String(text.text ?? "");
  if (text.type === "mrkdwn") return mrkdwn(said);
  return [text.emoji === false ? said : withEmoji(said)];
}

/** A text object without any markup, for names and titles. */
export const plainText = (text) => withEmoji(String(text?.text ?? ""));

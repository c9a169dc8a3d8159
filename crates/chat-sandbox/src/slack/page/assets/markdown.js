// What a `markdown` block says: the Markdown that most apps write, as nodes of text.
import { h } from "./element.js";
import { emoji } from "./emoji.js";
import { link } from "./mrkdwn.js";

const INLINE =
  /`([^`\n]+)`|\[([^\]\n]{1,500})\]\(([^)\s]{1,2000})\)|\*\*([^*\n]+)\*\*|~~([^~\n]+)~~|\*([^*\s][^*\n]*)\*|_([^_\s][^_\n]*)_(?![\p{L}\p{N}])|(https?:\/\/[^\s<>)]+)|:([a-z0-9_+-]{1,100}):/gu;

function inline(text) {
  const nodes = [];
  let end = 0;
  for (const found of text.matchAll(INLINE)) {
    const [whole, code, label, target, bold, struck, italic, other, address, name] = found;
    if (found.index > end) nodes.push(text.slice(end, found.index));
    end = found.index + whole.length;
    if (code !== undefined) nodes.push(h("code", {}, code));
    else if (label !== undefined) nodes.push(link(target, label));
    else if (bold !== undefined) nodes.push(h("strong", {}, inline(bold)));
    else if (struck !== undefined) nodes.push(h("s", {}, inline(struck)));
    else if (italic !== undefined || other !== undefined) nodes.push(h("em", {}, inline(italic ?? other)));
    else if (address !== undefined) nodes.push(link(address, address));
    else nodes.push(emoji(name));
  }
  if (end < text.length) nodes.push(text.slice(end));
  return nodes;
}

const FENCE = /^\s{0,3}```/;
const RULES = [
  [/^(#{1,6})\s+(.*)$/, ([, , text]) => ["heading", text]],
  [/^\s*[-*+]\s+(.*)$/, ([, text]) => ["ul", text]],
  [/^\s*\d{1,9}[.)]\s+(.*)$/, ([, text]) => ["ol", text]],
  [/^\s{0,3}>\s?(.*)$/, ([, text]) => ["blockquote", text]],
  [/^\s{0,3}([-*_])(?:\s*\1){2,}\s*$/, () => ["hr", ""]],
  [/^\s*$/, () => ["gap", ""]],
];

function kindOf(line) {
  // A rule of dashes is no item of a list.
  for (const [pattern, made] of [RULES[4], ...RULES]) {
    const found = pattern.exec(line);
    if (found) return made(found);
  }
  return ["p", line];
}

const BUILD = {
  heading: (texts) => texts.map((text) => h("p", { class: "md-heading" }, h("strong", {}, inline(text)))),
  ul: (texts) => [
    h(
      "ul",
      { class: "rich-list" },
      texts.map((text) => h("li", {}, inline(text))),
    ),
  ],
  ol: (texts) => [
    h(
      "ol",
      { class: "rich-list" },
      texts.map((text) => h("li", {}, inline(text))),
    ),
  ],
  blockquote: (texts) => [h("blockquote", {}, inline(texts.join("\n")))],
  hr: () => [h("hr")],
  gap: () => [],
  p: (texts) => [h("p", {}, inline(texts.join("\n")))],
};

/** The nodes of a text in Markdown. */
export function markdown(text) {
  const nodes = [];
  let group = null; // lines of one kind that follow each other
  const flush = () => {
    if (group) nodes.push(...BUILD[group.kind](group.texts));
    group = null;
  };
  const all = text.split("\n");
  for (let at = 0; at < all.length; at += 1) {
    if (FENCE.test(all[at])) {
      flush();
      const code = [];
      for (at += 1; at < all.length && !FENCE.test(all[at]); at += 1) code.push(all[at]);
      nodes.push(h("pre", { tabindex: "0" }, code.join("\n")));
      continue;
    }
    const [kind, said] = kindOf(all[at]);
    if (group?.kind !== kind) flush();
    group ??= { kind, texts: [] };
    group.texts.push(said);
  }
  flush();
  return nodes;
}

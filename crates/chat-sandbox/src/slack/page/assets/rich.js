// Rich text, whose texts are literal.
import { h } from "./element.js";
import { emoji } from "./emoji.js";
import { broadcast, channelMention, dateNode, link, userMention } from "./mrkdwn.js";

const list = (value) => (Array.isArray(value) ? value : []);
const said = (value) => String(value ?? "");

const KINDS = {
  text: ({ text }) => said(text),
  link: ({ url, text }) => link(said(url), said(text || url)),
  emoji: ({ name }) => emoji(said(name)),
  user: ({ user_id }) => userMention(said(user_id)),
  channel: ({ channel_id }) => channelMention(said(channel_id)),
  broadcast: ({ range }) => broadcast(said(range)),
  usergroup: () => h("span", { class: "mention" }, "@group"),
  team: ({ team_id }) => said(team_id),
  color: ({ value }) => said(value),
  date: ({ timestamp, format, url, fallback }) =>
    dateNode(timestamp, said(format), said(fallback ?? format), url ? said(url) : null),
};

const STYLES = { bold: "strong", italic: "em", strike: "s", underline: "u", code: "code" };

function styled(node, style) {
  let dressed = node;
  for (const [name, tag] of Object.entries(STYLES)) if (style?.[name]) dressed = h(tag, {}, dressed);
  return dressed;
}

const inline = (elements) =>
  list(elements).map((part) => styled(KINDS[part?.type]?.(part) ?? "", part?.style));

/** The nodes of a `rich_text` block's elements. Lists that follow each other may stand inside each other. */
export function rich(elements) {
  return list(elements).map((part) => {
    switch (part?.type) {
      case "rich_text_list":
        return richList(part);
      case "rich_text_quote":
        return h("blockquote", {}, inline(part.elements));
      case "rich_text_preformatted":
        return h("pre", { tabindex: "0" }, inline(part.elements));
      default:
        return h("div", { class: "rich-section" }, inline(part?.elements));
    }
  });
}

function richList({ style, indent, offset, elements }) {
  const items = list(elements).map((item) => h("li", {}, inline(item?.elements)));
  const root = h(
    style === "ordered" ? "ol" : "ul",
    { class: `rich-list indent-${Math.min(Number(indent) || 0, 8)}` },
    items,
  );
  if (style === "ordered" && Number(offset)) root.setAttribute("start", String(Number(offset) + 1));
  return root;
}

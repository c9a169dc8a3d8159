// One message as it stands in a channel or a thread.
import { avatar, glyph, h, webLink } from "./element.js";
import { api, fileAddress } from "./api.js";
import { blockNodes } from "./blocks.js";
import { given } from "./elements.js";
import { emoji, QUICK } from "./emoji.js";
import { menuButton } from "./menus.js";
import { mrkdwn } from "./mrkdwn.js";
import { coloured, moment, personById, state } from "./state.js";
import { attempt, toast } from "./toasts.js";
import { fullDate, sameDay, shortTime, stamp } from "./time.js";

const GROUP_SECONDS = 5 * 60;

/** Whether a message goes under the heading of the one before it. */
export function continues(message, before) {
  return (
    Boolean(before) &&
    before.author?.id === message.author.id &&
    Boolean(before.ephemeral) === Boolean(message.ephemeral) &&
    !message.broadcast &&
    message.ts - before.ts < GROUP_SECONDS &&
    sameDay(moment(message.ts), moment(before.ts))
  );
}

/** In which place its elements are. */
function placeOf(message) {
  return {
    where: { channel: message.channel, message: message.ts },
    message,
    held: (block, action) => message.chosen?.[block]?.[action],
    values: () => message.fields ?? null,
    changed: (element, block, value) => {
      if (block.type !== "input") return;
      message.fields ??= {};
      (message.fields[block.block_id] ??= {})[element.action_id] = given(element, value);
    },
  };
}

/** `scope` tells the log from the thread; `reply(message)` opens its thread, where it has or may have one. */
export function messageElement(message, before, { scope, reply }) {
  const grouped = continues(message, before);
  const author = coloured(personById(message.author.id) ?? message.author);
  const date = moment(message.ts);
  const time = (className, text) =>
    h("time", { class: className, datetime: date.toISOString(), title: fullDate(date) }, text);
  const item = h("li", { id: `${scope}-${message.ts}`, class: "message", "data-ts": message.ts });
  item.classList.toggle("grouped", grouped);
  item.classList.toggle("ephemeral", Boolean(message.ephemeral));
  item.append(
    grouped ? time("side-time", shortTime(date)) : avatar(author),
    h(
      "div",
      { class: "message-body" },
      marks(message),
      h(
        "h3",
        { class: grouped ? "message-head sr" : "message-head" },
        h(
          "span",
          { class: "author" },
          h("bdi", {}, author.name),
          message.author.bot && h("span", { class: "tag" }, "APP"),
        ),
        " ",
        time("muted", stamp(date)),
      ),
      body(message),
      replies(message, reply),
    ),
    tools(message, reply),
  );
  return item;
}

/** What only this page tells, as Slackbot would. */
export function noteElement(note) {
  return h(
    "li",
    { class: "message ephemeral note" },
    avatar({ name: "Slackbot", color: "#5c6470" }),
    h(
      "div",
      { class: "message-body" },
      onlyYou(),
      h("h3", { class: "message-head" }, h("span", { class: "author" }, "Slackbot")),
      h("div", { class: "text" }, note.text),
    ),
  );
}

const onlyYou = () => h("p", { class: "mark" }, glyph("eye"), " Only visible to you");

function marks(message) {
  return [
    message.ephemeral && onlyYou(),
    message.pinned && h("p", { class: "mark" }, "📌 Pinned"),
    message.broadcast && h("p", { class: "mark" }, glyph("thread"), " Replied to a thread"),
  ];
}

function body(message) {
  const place = placeOf(message);
  const edited = message.edited && h("span", { class: "edited" }, " (edited)");
  const said = message.blocks.length
    ? blockNodes(message.blocks, place)
    : message.text && [h("div", { class: "text" }, mrkdwn(message.text))];
  if (edited && said) {
    const last = said.at(-1).querySelector(":scope > .text") ?? said.at(-1);
    last.append(edited);
  }
  return [
    said,
    !said && edited,
    message.attachments.map((attached) => attachment(attached, place)),
    (message.files ?? []).map((file) => fileNode(message, file)),
    reactions(message),
  ].flat();
}

// What an app sent in the old way, beside a bar.
function attachment({ blocks, pretext, title, title_link, text, fallback, color }, place) {
  const root = h("div", { class: "attachment" });
  if (/^#?[0-9a-f]{6}$/i.test(color ?? "")) root.style.setProperty("--bar", `#${color.replace("#", "")}`);
  const said = (value) => value && h("div", { class: "text" }, mrkdwn(String(value)));
  const address = webLink(title_link);
  root.append(
    ...(blocks?.length
      ? blockNodes(blocks, place)
      : [
          said(pretext),
          title &&
            h(
              "strong",
              {},
              address
                ? h("a", { href: address, target: "_blank", rel: "noreferrer noopener" }, title)
                : title,
            ),
          said(text ?? (title ? null : fallback)),
        ].filter(Boolean)),
  );
  return root;
}

function size(bytes) {
  return bytes < 1024
    ? `${bytes} B`
    : bytes < 1048576
      ? `${Math.round(bytes / 1024)} KB`
      : `${(bytes / 1048576).toFixed(1)} MB`;
}

function fileNode(message, file) {
  const address = fileAddress(message, file);
  if (file.picture) {
    const picture = h("img", { src: address, alt: file.title, class: "attached-image", loading: "lazy" });
    return h("figure", {}, h("figcaption", { class: "muted small-text" }, file.title), picture);
  }
  return h(
    "div",
    { class: "file" },
    glyph("file"),
    h(
      "div",
      {},
      h("a", { href: address, download: file.name }, file.title),
      h("span", { class: "muted" }, size(file.size)),
    ),
  );
}

const react = (message, name) =>
  attempt(api.react({ channel: message.channel, message: message.ts, emoji: name }));

function reactions(message) {
  if (!message.reactions?.length) return null;
  return h(
    "div",
    { class: "reactions" },
    message.reactions.map(({ name, count, mine }) =>
      h(
        "button",
        {
          type: "button",
          class: "reaction",
          "aria-pressed": String(mine),
          "aria-label": `${name}, ${count}`,
          "data-key": `reaction-${name}`,
          onclick: () => react(message, name),
        },
        h("span", {}, emoji(name)),
        h("b", {}, String(count)),
      ),
    ),
  );
}

function replies({ replies: thread, ...message }, reply) {
  if (!thread || !reply) return null;
  const faces = thread.users.map((id) => avatar(coloured(personById(id) ?? { id, name: id }), "tiny"));
  return h(
    "button",
    { type: "button", class: "replies", "data-key": "replies", onclick: () => reply(message) },
    faces,
    h("b", {}, thread.count === 1 ? "1 reply" : `${thread.count} replies`),
    h("span", { class: "muted" }, `Last reply ${stamp(moment(thread.last))}`),
  );
}

// What shows when the message is hovered or focused.
function tools(message, reply) {
  if (message.ephemeral) return "";
  const reactions = QUICK.map((name) => ({
    label: `${emoji(name)} ${name}`,
    act: () => react(message, name),
  }));
  const shortcuts = state.shortcuts.filter((known) => known.on_message);
  return h(
    "div",
    { class: "tools", role: "group", "aria-label": `Message by ${message.author.name}` },
    menuButton({ name: "Add a reaction", sign: "smile", key: "react" }, reactions),
    reply &&
      h(
        "button",
        {
          type: "button",
          class: "icon",
          title: "Reply in thread (T)",
          "data-key": "reply",
          onclick: () => reply(message),
        },
        glyph("thread"),
        h("span", { class: "sr" }, "Reply in thread"),
      ),
    shortcuts.length > 0 &&
      menuButton(
        { name: "More actions", sign: "more", key: "more" },
        shortcuts.map(({ name }) => ({
          label: name,
          description: state.app.name,
          act: () => useShortcut(name, message),
        })),
      ),
  );
}

/** Uses a shortcut, on a message or on none. */
export async function useShortcut(name, message = null) {
  const on = message ? { channel: message.channel, message: message.ts } : {};
  const answer = await attempt(api.shortcut({ name, ...on }));
  if (answer?.failed) toast(`${name} ${answer.failed}`);
  else if (answer?.refused) toast(answer.refused);
}

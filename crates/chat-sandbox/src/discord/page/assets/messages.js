// One message as it stands in the log.
import { avatar, glyph, h } from "./element.js";
import { api } from "./api.js";
import { channelById, state } from "./state.js";
import { attempt } from "./toasts.js";
import { attachment, embed } from "./embeds.js";
import { components } from "./components.js";
import { markup } from "./markup.js";
import { menu } from "./menus.js";
import { fullDate, sameDay, shortTime, stamp } from "./time.js";

const GROUP_MS = 7 * 60 * 1000;
const QUICK = ["👍", "🎉", "❤️", "😂", "🤔", "✅"];

/** Whether `message` goes under the heading of the one before it. */
export function continues(message, before) {
  return (
    Boolean(before) &&
    before.author.id === message.author.id &&
    before.ephemeral === message.ephemeral &&
    !message.reply_to &&
    !message.command &&
    new Date(message.timestamp) - new Date(before.timestamp) < GROUP_MS &&
    sameDay(new Date(message.timestamp), new Date(before.timestamp))
  );
}

export function concernsMe(message) {
  return message.pings && message.author.id !== state.me.id;
}

/** `reply(message)` starts a reply, `jump(id)` shows another message, `open(id)` a channel. */
export function messageElement(message, before, { reply, jump, open }) {
  const grouped = continues(message, before);
  const date = new Date(message.timestamp);
  const item = h("li", {
    id: `message-${message.id}`,
    class: "message",
    "data-id": message.id,
  });
  item.classList.toggle("grouped", grouped);
  item.classList.toggle("ephemeral", message.ephemeral);
  item.classList.toggle("concerns-me", concernsMe(message));
  const time = (className, text) =>
    h("time", { class: className, datetime: message.timestamp, title: fullDate(date) }, text);
  item.append(
    context(message, jump) ?? "",
    grouped ? time("side-time", shortTime(date)) : avatar(message.author),
    h(
      "div",
      { class: "message-body" },
      h(
        "h3",
        { class: grouped ? "message-head sr" : "message-head" },
        author(message.author),
        " ",
        time("muted", stamp(date)),
      ),
      body(message),
      thread(message, open),
    ),
    tools(message, reply),
  );
  return item;
}

function author(person) {
  return h(
    "span",
    { class: "author" },
    h("bdi", {}, person.name),
    person.bot && h("span", { class: "tag" }, "APP"),
  );
}

// The line above: what this replies to, or the command it answers.
function context(message, jump) {
  if (message.command) {
    return h(
      "div",
      { class: "context" },
      h("span", { class: "spine", "aria-hidden": "true" }),
      avatar(message.command.user, "tiny"),
      h(
        "span",
        {},
        h("b", {}, message.command.user.name),
        " used ",
        h("span", { class: "command-name" }, `/${message.command.name}`),
      ),
    );
  }
  if (!message.reply_to) return null;
  const { id, author: to, excerpt } = message.reply_to;
  return h(
    "div",
    { class: "context" },
    h("span", { class: "spine", "aria-hidden": "true" }),
    to && avatar(to, "tiny"),
    h(
      "button",
      { type: "button", class: "plain", onclick: () => jump(id) },
      h("span", { class: "sr" }, "In reply to "),
      to && h("b", {}, to.name),
      " ",
      h("span", { class: "excerpt", dir: "auto" }, excerpt || "Click to see the message"),
    ),
  );
}

function body(message) {
  if (message.thinking) {
    return [
      h(
        "p",
        { class: "thinking" },
        h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")),
        `${message.author.name} is thinking…`,
      ),
      ephemeralNote(message),
    ];
  }
  const content = message.html?.trim() ? markup(message.html, "div", "content") : null;
  const edited = message.edited && h("span", { class: "edited" }, "(edited)");
  if (content && edited)
    (content.lastElementChild?.tagName === "P" ? content.lastElementChild : content).append(" ", edited);
  return [
    content,
    message.embeds.map(embed),
    !content && edited,
    message.attachments.map(attachment),
    components(message),
    reactions(message),
    ephemeralNote(message),
  ].flat();
}

// The thread that began from it, which has its id.
function thread(message, open) {
  const begun = channelById(message.id);
  if (!begun) return null;
  return h(
    "button",
    { type: "button", class: "thread-link", "data-key": "thread", onclick: () => open(begun.id) },
    glyph("thread"),
    h("b", {}, begun.name),
    h("span", { class: "muted" }, begun.archived ? "Archived thread" : "Open thread"),
  );
}

function ephemeralNote(message) {
  if (!message.ephemeral) return null;
  const dismiss = () => attempt(api.dismiss({ as: state.me.id, message: message.id }));
  return h(
    "p",
    { class: "ephemeral-note" },
    glyph("eye"),
    " ",
    "Only you can see this · ",
    h("button", { type: "button", class: "as-link", onclick: dismiss }, "Dismiss message"),
  );
}

const react = (message, emoji, on) => attempt(api.react({ as: state.me.id, message: message.id, emoji, on }));

function reactions(message) {
  if (!message.reactions?.length) return null;
  return h(
    "div",
    { class: "reactions" },
    message.reactions.map(({ emoji, count, me }) =>
      h(
        "button",
        {
          type: "button",
          class: "reaction",
          "aria-pressed": String(me),
          "data-key": `reaction-${emoji}`,
          "aria-label": `${emoji}, ${count}`,
          onclick: () => react(message, emoji, !me),
        },
        h("span", {}, emoji),
        h("b", {}, String(count)),
      ),
    ),
  );
}

// What shows when the message is hovered or focused.
function tools(message, reply) {
  if (message.ephemeral || message.thinking) return "";
  const emoji = h(
    "div",
    { class: "quick", hidden: true },
    QUICK.map((sign) =>
      h(
        "button",
        {
          type: "button",
          class: "icon",
          "aria-label": `React with ${sign}`,
          onclick: () => react(message, sign, true),
        },
        sign,
      ),
    ),
  );
  const toggle = (event) => {
    emoji.hidden = !emoji.hidden;
    event.currentTarget.setAttribute("aria-expanded", String(!emoji.hidden));
  };
  return h(
    "div",
    { class: "tools", role: "group", "aria-label": `Message by ${message.author.name}` },
    emoji,
    h(
      "button",
      { type: "button", class: "icon", title: "Add a reaction", "aria-expanded": "false", onclick: toggle },
      glyph("smile"),
      h("span", { class: "sr" }, "Add a reaction"),
    ),
    h(
      "button",
      { type: "button", class: "icon", title: "Reply", "data-key": "reply", onclick: () => reply(message) },
      glyph("reply"),
      h("span", { class: "sr" }, `Reply to ${message.author.name}`),
    ),
    menu({ message: message.id }, `the message by ${message.author.name}`),
  );
}

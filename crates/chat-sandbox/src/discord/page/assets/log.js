// The log of the open channel: which messages stand in it, where it is scrolled, what is new.
import { avatar, byId, channelSign, glyph, h } from "./element.js";
import { api } from "./api.js";
import {
  channelById,
  channelLabel,
  channelName,
  currentChannel,
  emit,
  later,
  logOf,
  markRead,
  on,
  putMessage,
  readMark,
  removeMessage,
  state,
} from "./state.js";
import { attempt } from "./toasts.js";
import { concernsMe, messageElement } from "./messages.js";
import { longDate, sameDay, shortTime, now } from "./time.js";

const NEAR = 80; // pixels from the end that count as being there

let actions;
let unreadFrom = "0"; // messages after this were new when the channel was opened
let older = false; // whether older messages are being fetched
const pending = new Set(); // commands on their way, or failed: { element, after }

const scroll = () => byId("scroll");
const atEnd = () => scroll().scrollHeight - scroll().scrollTop - scroll().clientHeight < NEAR;
const toEnd = () => {
  scroll().scrollTop = scroll().scrollHeight;
};

export function startLog({ reply, open }) {
  actions = { reply, jump, open };
  scroll().addEventListener("scroll", () => {
    byId("to-end").hidden = atEnd();
    if (atEnd() && document.hasFocus()) read();
    if (scroll().scrollTop < NEAR) loadOlder();
  });
  byId("to-end").addEventListener("click", toEnd);
  window.addEventListener("focus", () => atEnd() && read());
  // Pictures and late fonts change heights after the log was scrolled to its end.
  new ResizeObserver(() => stuck && toEnd()).observe(byId("log"));
  scroll().addEventListener("scroll", () => {
    stuck = atEnd();
  });
  on("log", (id) => (id ? refresh(id) : draw()));
}

let stuck = true;

function read() {
  if (!state.channel) return;
  markRead(state.channel);
  emit("channels");
}

/** Shows a channel, fetching it if it was not seen yet. */
export async function openLog(channel) {
  const log = logOf(channel);
  unreadFrom = readMark(channel);
  pending.clear();
  if (!log.loaded) {
    byId("log").replaceChildren();
    const page = await attempt(api.messages(state.me.id, channel));
    if (!page || state.channel !== channel) return;
    // What events brought meanwhile is newer.
    const known = new Set(log.messages.map((message) => message.id));
    for (const message of page.messages) if (!known.has(message.id)) putMessage(message);
    log.more = page.more;
    log.loaded = true;
  }
  draw();
  toEnd();
  stuck = true;
  read();
}

async function loadOlder() {
  const channel = state.channel;
  const log = logOf(channel);
  if (!log.more || older || !log.messages.length) return;
  older = true;
  const page = await attempt(api.messages(state.me.id, channel, log.messages[0].id));
  older = false;
  if (!page) return;
  for (const message of page.messages) putMessage(message);
  log.more = page.more;
  if (state.channel !== channel) return;
  const height = scroll().scrollHeight;
  draw();
  scroll().scrollTop += scroll().scrollHeight - height;
}

/** Takes in a message that is new or changed. */
export function take(message) {
  const { loaded } = logOf(message.channel);
  if (!loaded && message.channel !== state.channel) return notice(message);
  const fresh = putMessage(message);
  if (loaded && message.channel === state.channel) {
    refresh(message.id);
    // What one did oneself, or an answer to it, comes into view.
    if (fresh && (message.author.id === state.me.id || message.ephemeral)) toEnd();
  }
  if (fresh) notice(message);
}

// Keeps the marks beside the channel names.
function notice(message) {
  const channel = state.channels.find((other) => other.id === message.channel);
  if (!channel) return;
  if (!channel.last_message || later(message.id, channel.last_message)) {
    channel.last_message = message.id;
    const seen =
      message.author.id === state.me.id ||
      (message.channel === state.channel && atEnd() && document.hasFocus());
    if (seen) markRead(channel.id);
    else if (concernsMe(message)) state.mentions.set(channel.id, (state.mentions.get(channel.id) ?? 0) + 1);
  }
  emit("channels");
}

export function drop(channel, id) {
  removeMessage(channel, id);
  if (channel === state.channel) draw();
}

function draw() {
  const { messages, more, loaded } = logOf(state.channel);
  byId("beginning").replaceChildren(...(loaded && !more ? beginning() : []));
  byId("log").replaceChildren(
    ...messages.flatMap((message, at) => [...place(messages, at), ...pendingAfter(message.id)]),
    ...pendingAfter(null),
  );
}

// A failed command stays where it failed; one on its way is last.
const pendingAfter = (id) => [...pending].filter((entry) => entry.after === id).map((entry) => entry.element);

function beginning() {
  const channel = currentChannel();
  const label = channelLabel(channel);
  const [title, text] = channel.direct
    ? [channelName(channel), "What you two say here, nobody else sees."]
    : channel.parent
      ? [label, `This is the start of a thread in ${channelLabel(channelById(channel.parent))}.`]
      : [`Welcome to ${label}`, `This is the start of the ${label} channel.`];
  return [
    h("span", { class: "beginning-hash", "aria-hidden": "true" }, channelSign(channel)),
    h("h2", {}, title),
    h("p", { class: "muted" }, text),
  ];
}

// A message with the dividers that belong above it.
function place(messages, at) {
  const message = messages[at];
  const before = messages[at - 1];
  const date = new Date(message.timestamp);
  const newDay = !before || !sameDay(date, new Date(before.timestamp));
  const firstNew =
    unreadFrom !== "0" &&
    later(message.id, unreadFrom) &&
    (!before || !later(before.id, unreadFrom)) &&
    message.author.id !== state.me.id;
  const divider =
    newDay || firstNew
      ? h(
          "li",
          { class: firstNew ? "divider new" : "divider", "data-before": message.id },
          newDay && h("span", {}, longDate(date)),
          firstNew && h("b", {}, "New"),
        )
      : null;
  const element = messageElement(message, divider ? null : before, actions);
  return divider ? [divider, element] : [element];
}

// Redraws one message and the one after it, whose grouping depends on it; keeps the focus.
function refresh(id) {
  const { messages } = logOf(state.channel);
  const at = messages.findIndex((message) => message.id === id);
  if (at < 0) return draw();
  const focusKey =
    document.activeElement?.closest?.(".message")?.dataset.id === id
      ? document.activeElement.dataset.key
      : null;
  const hadEnd = stuck;
  for (const index of [at, at + 1]) {
    if (!messages[index]) continue;
    const old = byId(`message-${messages[index].id}`);
    const divider = old?.previousElementSibling;
    if (divider?.dataset.before === messages[index].id) divider.remove();
    const fresh = place(messages, index);
    if (old) old.replaceWith(...fresh);
    else insert(messages, index, fresh);
  }
  if (focusKey)
    byId(`message-${id}`)
      .querySelector(`[data-key="${CSS.escape(focusKey)}"]`)
      ?.focus();
  if (hadEnd) toEnd();
  else byId("to-end").hidden = atEnd();
}

function insert(messages, at, elements) {
  const next = messages[at + 1] && byId(`message-${messages[at + 1].id}`);
  const anchor = next ?? pendingAfter(null)[0] ?? null;
  if (anchor) anchor.before(...elements);
  else byId("log").append(...elements);
}

function jump(id) {
  const target = byId(`message-${id}`);
  if (!target) return;
  target.scrollIntoView({ block: "center" });
  target.classList.add("jumped");
  setTimeout(() => target.classList.remove("jumped"), 1600);
}

/** A command on its way. The returned function takes why it failed, or null. */
export function showPending(name) {
  const channel = state.channel;
  const bot = state.application.name;
  const note = h(
    "p",
    { class: "thinking" },
    h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")),
    "Sending…",
  );
  const element = h(
    "li",
    { class: "message pending" },
    h(
      "div",
      { class: "context" },
      h("span", { class: "spine", "aria-hidden": "true" }),
      avatar(state.me, "tiny"),
      h("span", {}, h("b", {}, state.me.name), " used ", h("span", { class: "command-name" }, `/${name}`)),
    ),
    avatar(state.people.find((person) => person.bot) ?? { name: bot }),
    h(
      "div",
      { class: "message-body" },
      h(
        "h3",
        { class: "message-head" },
        h("span", { class: "author" }, bot, h("span", { class: "tag" }, "APP")),
        " ",
        h("time", { class: "muted" }, shortTime(now())),
      ),
      note,
    ),
  );
  const entry = { element, after: null };
  pending.add(entry);
  byId("log").append(element);
  toEnd();
  const remove = () => {
    pending.delete(entry);
    element.remove();
  };
  return (failed) => {
    if (!failed || state.channel !== channel) return remove();
    entry.after = logOf(channel).messages.at(-1)?.id ?? null;
    element.classList.add("failed");
    note.replaceWith(
      h("p", { class: "failed-note" }, glyph("warning"), ` ${failed}`),
      h(
        "p",
        { class: "ephemeral-note" },
        "Only you can see this · ",
        h("button", { type: "button", class: "as-link", onclick: remove }, "Dismiss message"),
      ),
    );
    toEnd();
  };
}

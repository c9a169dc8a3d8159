// The channel list and the top bar.
import { avatar, byId, glyph, h } from "./element.js";
import { api } from "./api.js";
import { menuButton } from "./menus.js";
import { useShortcut } from "./messages.js";
import {
  channelAddress,
  channelLabel,
  channelName,
  coloured,
  currentChannel,
  emit,
  isUnread,
  on,
  personById,
  state,
} from "./state.js";
import { attempt } from "./toasts.js";

export function startChannels() {
  on("channels", draw);
}

const sign = (channel) => (channel.private ? glyph("lock") : "#");

function draw() {
  byId("guild-name").textContent = state.team;
  byId("guild-icon").textContent = [...state.team][0];
  const unread = new Set(
    state.channels.filter((channel) => channel.id !== state.open && isUnread(channel)).map(({ id }) => id),
  );
  keepingFocus(() => {
    byId("channel-list").replaceChildren(
      ...state.channels.filter(({ direct }) => !direct).map((channel) => entry(channel, unread)),
    );
    byId("direct-list").replaceChildren(
      ...state.channels.filter(({ direct }) => direct).map((channel) => entry(channel, unread)),
    );
  });
  const channel = currentChannel();
  if (!channel) return;
  byId("channel-sign").replaceChildren(channel.direct ? "" : sign(channel));
  byId("channel-name").textContent = channelName(channel);
  byId("channel-topic").textContent = channel.topic;
  byId("tabs").hidden = !channel.direct;
  drawNote(channel);
  document.title = `${unread.size ? "• " : ""}${channelLabel(channel)} · ${state.me.name} · ${state.team} sandbox`;
  drawShortcuts();
}

// A redrawn list keeps the focus at the same channel.
function keepingFocus(act) {
  const focused =
    document.activeElement?.closest?.("#channels")?.contains(document.activeElement) &&
    document.activeElement.getAttribute("href");
  act();
  if (focused)
    byId("channels")
      .querySelector(`[href="${CSS.escape(focused)}"]`)
      ?.focus();
}

function entry(channel, unread) {
  const current = channel.id === state.open;
  const bot = channel.direct && coloured(personById(state.app.user));
  return h(
    "li",
    {},
    h(
      "a",
      {
        href: `?as=${encodeURIComponent(state.me.username)}#${encodeURIComponent(channelAddress(channel))}`,
        class: unread.has(channel.id) ? "channel unread" : "channel",
        "aria-current": current ? "page" : null,
        onclick: (event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          emit("go", channel.id);
        },
      },
      bot ? avatar(bot, "tiny") : h("span", { class: "hash", "aria-hidden": "true" }, sign(channel)),
      h("span", { class: "channel-label" }, channelName(channel)),
      unread.has(channel.id) && h("span", { class: "sr" }, " (unread)"),
      bot && h("span", { class: state.app.online ? "dot" : "dot off", "aria-hidden": "true" }),
      bot && !state.app.online && h("span", { class: "sr" }, " (not connected)"),
    ),
  );
}

// What keeps one from writing, or the app from hearing it.
function drawNote(channel) {
  const note = byId("channel-note");
  const add = (event) => {
    event.currentTarget.disabled = true;
    attempt(api.invite({ channel: channel.id }));
  };
  const bot = personById(state.app.user)?.name ?? state.app.name;
  const parts = channel.archived
    ? ["This channel has been archived."]
    : !channel.has_app
      ? [
          `${bot} is not in this channel. `,
          h("button", { type: "button", class: "as-link", onclick: add }, `Add ${bot}`),
        ]
      : !state.app.online
        ? [`${bot} is not connected: it hears nothing, and commands fail.`]
        : [];
  const key = JSON.stringify([channel.id, channel.archived, channel.has_app, state.app.online]);
  if (note.key === key) return;
  note.key = key;
  note.replaceChildren(...parts);
  note.hidden = parts.length === 0;
}

let shortcuts = null;

// The menu of shortcuts that belong to no message, beside the message box.
function drawShortcuts() {
  const all = state.shortcuts.filter((known) => !known.on_message);
  const key = JSON.stringify(all);
  if (shortcuts === key) return;
  shortcuts = key;
  const items = all.map(({ name }) => ({
    label: name,
    description: state.app.name,
    act: () => useShortcut(name),
  }));
  byId("shortcuts").replaceChildren(
    ...(items.length ? [menuButton({ name: "Shortcuts", sign: "bolt", key: "shortcuts" }, items)] : []),
  );
}

// The channel list, the top bar and the sandbox's clock.
import { byId, channelSign, h } from "./element.js";
import {
  channelAddress,
  channelById,
  channelLabel,
  channelName,
  currentChannel,
  isUnread,
  on,
  state,
} from "./state.js";

/** `open(id)` shows a channel, `openDirect()` the one that is one's own and the bot's. */
export function startChannels(open, openDirect) {
  on("channels", () => draw(open, openDirect));
}

function draw(open, openDirect) {
  byId("guild-name").textContent = state.guild.name;
  byId("guild-icon").textContent = [...state.guild.name][0];
  const tops = state.channels.filter((channel) => !channel.direct && !channel.parent);
  byId("channel-list").replaceChildren(...tops.map((channel) => entry(channel, open)));
  const direct = state.channels.find((channel) => channel.direct) ?? { id: "", name: "@bot", direct: true };
  byId("direct-list").replaceChildren(entry(direct, openDirect));
  const channel = currentChannel();
  byId("channel-name").textContent = channel ? channelName(channel) : "";
  byId("channel-sign").replaceChildren(channelSign(channel));
  byId("channel-topic").textContent = channel ? topic(channel) : "";
  const unread = state.channels.filter((other) => other.id !== state.channel && isUnread(other)).length;
  const mentions = [...state.mentions.values()].reduce((sum, count) => sum + count, 0);
  document.title = `${mentions ? `(${mentions}) ` : unread ? "• " : ""}${channel ? channelLabel(channel) : ""} · ${state.me.name} · ${state.guild.name} sandbox`;
}

function topic(channel) {
  if (channel.direct) return "Between you and the bot";
  return channel.parent ? `A thread in ${channelLabel(channelById(channel.parent))}` : (channel.topic ?? "");
}

// As on Discord, archived threads are found at the messages that they began from only.
const threadsOf = (parent) =>
  state.channels.filter(
    (channel) => channel.parent === parent.id && (!channel.archived || channel.id === state.channel),
  );

function entry(channel, open) {
  const current = channel.id === state.channel;
  const unread = !current && isUnread(channel);
  const mentions = state.mentions.get(channel.id) ?? 0;
  const link = h(
    "a",
    {
      href: `?as=${encodeURIComponent(state.me.username)}#${encodeURIComponent(channelAddress(channel))}`,
      class: ["channel", unread && "unread", channel.parent && "thread"].filter(Boolean).join(" "),
      "aria-current": current ? "page" : null,
      onclick: (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        open(channel.id);
      },
    },
    h("span", { class: "hash", "aria-hidden": "true" }, channelSign(channel)),
    h("span", { class: "channel-label", title: channel.parent ? channel.name : null }, channelName(channel)),
    unread && h("span", { class: "sr" }, " (unread)"),
    mentions > 0 && h("span", { class: "badge" }, String(mentions), h("span", { class: "sr" }, " mentions")),
  );
  const threads = threadsOf(channel);
  return h("li", {}, link, threads.length > 0 && h("ul", {}, threads.map((thread) => entry(thread, open))));
}

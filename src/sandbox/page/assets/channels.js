// The channel list, the top bar and the sandbox's clock.
import { byId, h } from "./element.js";
import { channelLabel, currentChannel, isUnread, on, state } from "./state.js";
import { clockText, fullDate, now } from "./time.js";

/** `open(id)` shows a channel, `openDirect()` the one that is one's own and the bot's. */
export function startChannels(open, openDirect) {
  on("channels", () => draw(open, openDirect));
  on("clock", drawClock);
  setInterval(drawClock, 5000);
}

function draw(open, openDirect) {
  byId("guild-name").textContent = state.guild.name;
  byId("guild-icon").textContent = [...state.guild.name][0];
  const threads = (parent) => state.channels.filter((channel) => channel.parent === parent.id);
  const tops = state.channels.filter((channel) => !channel.direct && !channel.parent);
  byId("channel-list").replaceChildren(
    ...tops
      .flatMap((channel) => [channel, ...threads(channel)])
      .map((channel) => entry(channel, () => open(channel.id))),
  );
  const direct = state.channels.find((channel) => channel.direct) ?? { id: "", name: "@bot", direct: true };
  byId("direct-list").replaceChildren(entry(direct, openDirect));
  const channel = currentChannel();
  byId("channel-name").textContent = channel ? channelLabel(channel).slice(1) : "";
  byId("channel-sign").textContent = channel?.direct ? "@" : "#";
  byId("channel-topic").textContent = channel?.direct ? "Between you and the bot" : (channel?.topic ?? "");
  const unread = state.channels.filter((other) => other.id !== state.channel && isUnread(other)).length;
  const mentions = [...state.mentions.values()].reduce((sum, count) => sum + count, 0);
  document.title = `${mentions ? `(${mentions}) ` : unread ? "• " : ""}${channel ? channelLabel(channel) : ""} · ${state.me.name} · Greenroom sandbox`;
}

function entry(channel, open) {
  const current = channel.id === state.channel;
  const unread = !current && isUnread(channel);
  const mentions = state.mentions.get(channel.id) ?? 0;
  const link = h(
    "a",
    {
      href: `?as=${encodeURIComponent(state.me.username)}#${encodeURIComponent(channel.name)}`,
      class: ["channel", unread && "unread", channel.parent && "thread"].filter(Boolean).join(" "),
      "aria-current": current ? "page" : null,
      onclick: (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        open();
      },
    },
    h("span", { class: "hash", "aria-hidden": "true" }, channel.direct ? "@" : "#"),
    h("span", { class: "channel-label" }, channelLabel(channel).slice(1)),
    unread && h("span", { class: "sr" }, " (unread)"),
    mentions > 0 && h("span", { class: "badge" }, String(mentions), h("span", { class: "sr" }, " mentions")),
  );
  return h("li", {}, link);
}

function drawClock() {
  if (!state.me) return;
  const clock = byId("clock-time");
  clock.dateTime = now().toISOString();
  clock.textContent = clockText(now());
  clock.title = `The sandbox's clock: ${fullDate(now())}`;
}

// The channel list, the top bar and the sandbox's clock.
import { byId, h } from "./element.js";
import { currentChannel, isUnread, on, state } from "./state.js";
import { clockText, fullDate, now } from "./time.js";

/** `open(id)` shows a channel. */
export function startChannels(open) {
  on("channels", () => draw(open));
  on("clock", drawClock);
  setInterval(drawClock, 5000);
}

function draw(open) {
  byId("guild-name").textContent = state.guild.name;
  byId("guild-icon").textContent = [...state.guild.name][0];
  byId("channel-list").replaceChildren(...state.channels.map((channel) => entry(channel, open)));
  const channel = currentChannel();
  byId("channel-name").textContent = channel?.name ?? "";
  byId("channel-topic").textContent = channel?.topic ?? "";
  const unread = state.channels.filter((other) => other.id !== state.channel && isUnread(other)).length;
  const mentions = [...state.mentions.values()].reduce((sum, count) => sum + count, 0);
  document.title = `${mentions ? `(${mentions}) ` : unread ? "• " : ""}#${channel?.name ?? ""} · ${state.me.name} · Greenroom sandbox`;
}

function entry(channel, open) {
  const current = channel.id === state.channel;
  const unread = !current && isUnread(channel);
  const mentions = state.mentions.get(channel.id) ?? 0;
  const link = h("a", {
    href: `?as=${encodeURIComponent(state.me.name)}#${encodeURIComponent(channel.name)}`,
    class: unread ? "channel unread" : "channel", "aria-current": current ? "page" : null,
    onclick: (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open(channel.id);
    },
  }, h("span", { class: "hash", "aria-hidden": "true" }, "#"), h("span", { class: "channel-label" }, channel.name),
    unread && h("span", { class: "sr" }, " (unread)"),
    mentions > 0 && h("span", { class: "badge" }, String(mentions), h("span", { class: "sr" }, " mentions")));
  return h("li", {}, link);
}

function drawClock() {
  if (!state.me) return;
  const clock = byId("clock-time");
  clock.dateTime = now().toISOString();
  clock.textContent = clockText(now());
  clock.title = `The sandbox's clock: ${fullDate(now())}`;
}

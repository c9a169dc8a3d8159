// What the page knows, and who wants to hear of changes to it.
import { store, stored } from "./stored.js";
import { now } from "./time.js";

export const state = {
  started: null, // when the sandbox was; tells one run of it from another
  me: null,
  guild: null,
  application: null,
  people: [],
  channels: [],
  roles: [],
  previews: false, // whether there are any to look at
  introduction: { title: "", html: "", steps: [], end_html: "" }, // what a newcomer is told
  sibling: null, // another platform's page: { name, url }
  commands: [],
  commandsFor: null, // who may use them and where: `placeOf` these
  withheld: [], // commands that one may not use here: { name, why }
  menus: { message: [], person: [] }, // the names of commands in the menus of messages and people
  channel: null, // the open channel's id
  botOnline: true,
  mentions: new Map(), // channel id -> unread messages that concern me
  logs: new Map(), // channel id -> { messages, more, loaded }
};

const listeners = new Map();

export function on(topic, listener) {
  listeners.set(topic, [...(listeners.get(topic) ?? []), listener]);
}

export function emit(topic, detail) {
  for (const listener of listeners.get(topic) ?? []) listener(detail);
}

/** Whether snowflake `a` is after `b`. They are too large for a number. */
export const later = (a, b) => (a.length === b.length ? a > b : a.length > b.length);

/** Names a person in a channel. */
export const placeOf = (person, channel) => `${person.id} in ${channel}`;
export const currentChannel = () => channelById(state.channel);
/** Its name; the bot's for the channel that is one's own and the bot's. */
export const channelName = (channel) => (channel.direct ? state.application.name : channel.name);
/** "#general", "@Sandbox Bot", or the bare name of a thread. */
export const channelLabel = (channel) =>
  `${channel.direct ? "@" : channel.parent ? "" : "#"}${channelName(channel)}`;
/** What names it in the page's address: threads may have equal names. */
export const channelAddress = (channel) => (channel.parent ? channel.id : channel.name);
/** The channels that can be named with a `#`. */
export const namedChannels = () => state.channels.filter((channel) => !channel.direct);
export const channelById = (id) => state.channels.find((channel) => channel.id === id);
export const personById = (id) => state.people.find((person) => person.id === id);

export function logOf(channel) {
  if (!state.logs.has(channel)) state.logs.set(channel, { messages: [], more: false, loaded: false });
  return state.logs.get(channel);
}

/** Adds or replaces a message, in order. Says whether it is new. */
export function putMessage(message) {
  const { messages } = logOf(message.channel);
  const at = messages.findIndex((other) => other.id === message.id);
  if (at >= 0) {
    messages[at] = message;
    return false;
  }
  let end = messages.length;
  while (end > 0 && later(messages[end - 1].id, message.id)) end -= 1;
  messages.splice(end, 0, message);
  return true;
}

export function removeMessage(channel, id) {
  const log = logOf(channel);
  log.messages = log.messages.filter((message) => message.id !== id);
}

const readKey = (channel) => `sandbox:read:${state.me.id}:${channel}`;

// Milliseconds since 1970 of a snowflake: its upper bits count from the first second of 2015.
const made = (id) => Number(BigInt(id) >> 22n) + 1420070400000;

/** The last message read. A mark from the future is of an earlier sandbox, whose clock was moved. */
export function readMark(channel) {
  const kept = stored(readKey(channel), "0");
  const mark = /^\d{1,20}$/.test(kept) ? String(kept) : "0";
  return made(mark) > now().getTime() + 60000 ? "0" : mark;
}

export function markRead(channel) {
  const last = state.channels.find((other) => other.id === channel)?.last_message;
  if (last) store(readKey(channel), last);
  state.mentions.delete(channel);
}

export const isUnread = (channel) =>
  Boolean(channel.last_message) && later(channel.last_message, readMark(channel.id));

// What the page knows, and who wants to hear of changes to it.
import { store, stored } from "./stored.js";
import { now } from "./time.js";

export const state = {
  started: null, // when the sandbox was; tells one run of it from another
  me: null,
  team: "",
  app: { user: "", name: "", online: true, has_home: true, has_messages: true, read_only: false },
  people: [],
  channels: [],
  names: {}, // channel id -> name
  open: null, // the open channel's id
  messages: [],
  more: false, // whether there are older ones
  thread: null, // the open thread: { ts, root, replies }
  form: null, // the modal on top
  home: null, // what the app's Home shows: { id, blocks, values }
  commands: [],
  shortcuts: [],
  faults: [],
  introduction: { title: "", text: "", steps: [], end: "" },
  sibling: null, // another platform's page: { name, url }
  tab: "messages", // of the conversation with the app: "home" or "messages"
  notes: [], // what only this page tells: { key, channel, after, text }
};

const listeners = new Map();

export function on(topic, listener) {
  listeners.set(topic, [...(listeners.get(topic) ?? []), listener]);
}

export function emit(topic, detail) {
  for (const listener of listeners.get(topic) ?? []) listener(detail);
}

const COLORS = ["#2b6cb0", "#a0522d", "#5b7f2b", "#8a4fa3", "#b4433f", "#1f7a7a", "#7a6a1f", "#5c6470"];

/** A person with the colour of their picture. */
export function coloured(person) {
  const at = state.people.findIndex((other) => other.id === person.id);
  const color = person.bot ? "#4a154b" : COLORS[Math.max(0, at) % COLORS.length];
  return { ...person, color };
}

export const personById = (id) => state.people.find((person) => person.id === id);
export const channelById = (id) => state.channels.find((channel) => channel.id === id);
export const currentChannel = () => channelById(state.open);
/** Its name; the app's for the conversation with it. */
export const channelName = (channel) => (channel.direct ? state.app.name : channel.name);
/** "#general", or the app's name. */
export const channelLabel = (channel) => `${channel.direct ? "" : "#"}${channelName(channel)}`;
/** What names it in the page's address. */
export const channelAddress = (channel) => (channel.direct ? "@bot" : channel.name);

const readKey = (channel) => `sandbox:slack-read:${state.started}:${state.me.id}:${channel}`;

/** The timestamp of the last message read in a channel. */
export const readMark = (channel) => String(stored(readKey(channel), "0"));

export function markRead(channel) {
  const last = channelById(channel)?.last;
  if (last && last > readMark(channel)) store(readKey(channel), last);
}

export const isUnread = (channel) => Boolean(channel.last) && channel.last > readMark(channel.id);

/** The moment of a timestamp. */
export const moment = (ts) => new Date(Number(ts) * 1000);

let notes = 0;

/** Tells something on this page alone, below the newest message of the open channel. */
export function tellHere(text) {
  const after = state.messages.at(-1)?.ts ?? String(now() / 1000);
  state.notes.push({ key: `note-${(notes += 1)}`, channel: state.open, after, text });
  if (state.notes.length > 50) state.notes.shift();
  emit("log");
}

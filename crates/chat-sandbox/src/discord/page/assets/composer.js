// The box people write in: messages, replies and slash commands.
import { byId, glyph, h } from "./element.js";
import { api } from "./api.js";
import { channelLabel, currentChannel, emit, on, placeOf, state } from "./state.js";
import { attempt } from "./toasts.js";
import { leaves, parse, payload } from "./commands.js";
import { unknownCommand } from "./names.js";
import {
  activeItem,
  closeSuggestions,
  find,
  isOpen,
  moveSuggestion,
  pick,
  startSuggestions,
  suggest,
  wasMoved,
} from "./suggestions.js";
import { showPending, take } from "./log.js";
import { outcome } from "./interactions.js";

let reply = null; // { message, mention }

// What one began to write stays one's own, in its channel, also over a reload.
const draftKey = () => `sandbox:draft:${state.me.id}:${state.channel}`;
const draft = () => sessionStorage.getItem(draftKey()) ?? "";
const keepDraft = (text) =>
  text ? sessionStorage.setItem(draftKey(), text) : sessionStorage.removeItem(draftKey());

const box = () => byId("composer-text");
const hint = (text) => {
  byId("composer-hint").textContent = text;
};

export function startComposer() {
  startSuggestions(accept);
  box().addEventListener("input", changed);
  box().addEventListener("keydown", key);
  box().addEventListener("blur", () =>
    setTimeout(() => document.activeElement !== box() && closeSuggestions(), 100),
  );
  byId("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  byId("slash").addEventListener("click", () => fill("/"));
  document.addEventListener("keydown", fromAnywhere);
  on("commands", sendEarly);
  on("channel", () => {
    stopReply();
    const channel = currentChannel();
    const name = channelLabel(channel);
    // Names of threads are long.
    box().placeholder = channel.parent ? "Message this thread" : `Message ${name}`;
    box().setAttribute("aria-label", `Message ${name}. Type / for commands.`);
    box().value = draft();
    grow();
    hint("");
    closeSuggestions();
  });
}

/** Puts a text into the box and the caret behind it. */
export function fill(text) {
  box().value = text;
  box().focus();
  box().setSelectionRange(text.length, text.length);
  changed();
}

export function startReply(message) {
  reply = { message, mention: true };
  const toggle = h(
    "button",
    {
      type: "button",
      class: "as-link ping",
      "aria-pressed": "true",
      title: "Whether the author is notified",
    },
    "@ On",
  );
  toggle.addEventListener("click", () => {
    reply.mention = !reply.mention;
    toggle.textContent = reply.mention ? "@ On" : "@ Off";
    toggle.setAttribute("aria-pressed", String(reply.mention));
  });
  byId("replying").replaceChildren(
    h("span", {}, "Replying to ", h("b", {}, message.author.name)),
    toggle,
    h(
      "button",
      { type: "button", class: "icon", onclick: stopReply },
      glyph("close"),
      h("span", { class: "sr" }, "Stop replying"),
    ),
  );
  byId("replying").hidden = false;
  box().focus();
}

function stopReply() {
  reply = null;
  byId("replying").hidden = true;
}

function grow() {
  box().style.setProperty("height", "auto");
  box().style.setProperty("height", `${box().scrollHeight}px`);
}

function changed() {
  keepDraft(box().value);
  grow();
  hint("");
  suggest(box().value.slice(0, box().selectionStart));
}

function accept(item) {
  const rest = box().value.slice(box().selectionStart);
  fill(item.insert + rest.trimStart());
}

function key(event) {
  if (event.isComposing) return;
  if (isOpen() && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    moveSuggestion(event.key === "ArrowDown" ? 1 : -1);
  } else if (isOpen() && event.key === "Tab" && !event.shiftKey) {
    event.preventDefault();
    accept(activeItem());
  } else if (event.key === "Escape") {
    if (isOpen()) closeSuggestions();
    else stopReply();
  } else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    if (isOpen() && wasMoved()) accept(activeItem());
    else send();
  }
}

function sendEarly() {
  if (!early) return;
  // Going somewhere emptied the box.
  fill(early);
  send();
}

// "/" begins a command wherever the focus is, unless it is typed into something.
function fromAnywhere(event) {
  const typing = event.target.closest("input, textarea, select, dialog");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing) return;
  event.preventDefault();
  box().focus();
  if (!box().value) fill("/");
}

function send() {
  const text = box().value.trim();
  if (!text) return;
  if (text.startsWith("/")) sendCommand(text);
  else sendMessage(text);
}

function clear() {
  box().value = "";
  keepDraft("");
  grow();
  hint("");
  stopReply();
  closeSuggestions();
}

// A command that is sent as soon as it is known which there are for who one has become, where one has gone.
let early = null;

function sendCommand(text) {
  early = state.commandsFor === placeOf(state.me, state.channel) ? null : text;
  if (early) return;
  const all = leaves(state.commands);
  const parsed = parse(text, all);
  if (!parsed) return unfinished(text, all);
  let options;
  try {
    options = payload(parsed, find, pick);
  } catch (error) {
    if (error.missing) fill(`${text} ${error.missing.name}:`);
    else if (isOpen() && activeItem() && !activeItem().option) accept(activeItem());
    return hint(error.message);
  }
  clear();
  const done = showPending(parsed.leaf.label);
  outcome(
    api.command({ as: state.me.id, channel: state.channel, command: parsed.leaf.root.id, options }),
  ).then((failed) => {
    done(failed);
    if (!failed) emit("did", { command: parsed.leaf.label });
  });
}

function noCommands() {
  if (!state.botOnline) return "The bot has no commands yet. Is it running?";
  return `${state.application.name} has no commands.`;
}

// The name of a command that is not whole, or that there is not.
function unfinished(text, all) {
  // As Discord's client does where a bot has no commands for direct messages: it may answer in words.
  if (!all.length && currentChannel().direct && state.botOnline) return sendMessage(text);
  if (!all.length && !state.withheld.length) return hint(noCommands());
  const { partial, message } = unknownCommand(text, all, state.withheld);
  // Its subcommands are offered; a name that is not written out is completed, as Discord's client does.
  if (partial) fill(`${text} `);
  else if (isOpen() && activeItem()?.command) return accept(activeItem());
  hint(message);
}

async function sendMessage(text) {
  const body = { as: state.me.id, channel: state.channel, content: text };
  const to = reply?.message;
  if (reply) Object.assign(body, { reply_to: to.id, mention: reply.mention });
  clear();
  const message = await attempt(api.say(body));
  if (message) {
    take(message);
    emit("did", { replied: to });
  } else if (!box().value) fill(text);
}

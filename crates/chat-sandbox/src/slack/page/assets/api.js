// The page's HTTP calls. Each is made as the person who one is.
import { get, post } from "./request.js";
import { state } from "./state.js";

const act = (path) => (body) => post(path, { as: state.me.id, ...body });

export const api = {
  state: (query) => get("/page/state", query),
  reload: act("/page/reload"),
  say: act("/page/say"),
  command: act("/page/command"),
  act: act("/page/act"),
  offered: act("/page/offered"),
  submit: act("/page/submit"),
  close: act("/page/close"),
  shortcut: act("/page/shortcut"),
  react: act("/page/react"),
  invite: act("/page/invite"),
  home: act("/page/home"),
};

/** The address of a file in a message. */
export const fileAddress = (message, file) =>
  `/page/file?${new URLSearchParams({ as: state.me.id, channel: message.channel, message: message.ts, id: file.id })}`;

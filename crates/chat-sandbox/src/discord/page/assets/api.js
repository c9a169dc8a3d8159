// The page's HTTP calls.
import { get, post } from "./request.js";

export const api = {
  state: (as) => get("/page/state", as ? { as } : {}),
  messages: (as, channel, before) =>
    get("/page/messages", { as, channel, limit: 50, ...(before ? { before } : {}) }),
  commands: (as, channel) => get("/page/commands", { as, channel }),
  previews: () => get("/page/previews", {}),
  preview: (name) => get("/page/preview", { name }),
  previewsFound: (typed) => get("/page/previews/found", { typed }),
  membership: (body) => post("/page/membership", body),
  say: (body) => post("/page/say", body),
  command: (body) => post("/page/command", body),
  autocomplete: (body) => post("/page/autocomplete", body),
  click: (body) => post("/page/click", body),
  menu: (body) => post("/page/menu", body),
  submit: (body) => post("/page/submit", body),
  react: (body) => post("/page/react", body),
  dismiss: (body) => post("/page/dismiss", body),
};

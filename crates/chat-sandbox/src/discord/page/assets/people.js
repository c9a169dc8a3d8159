// Who is here: the member list, and the panel that makes one of them you.
import { avatar, byId, glyph, h } from "./element.js";
import { api } from "./api.js";
import { menu } from "./menus.js";
import { on, state } from "./state.js";
import { drawSwitcher, startSwitcher } from "./switcher.js";
import { attempt } from "./toasts.js";

/** `become(person)` switches to a person. */
export function startPeople(become) {
  on("people", () => {
    drawAccount(become);
    drawMembers();
  });
  startSwitcher(humans, become);
}

const humans = () => state.people.filter((person) => !person.bot);

function drawAccount(become) {
  const more = state.me.admin
    ? ""
    : h("button", { type: "button", class: "small", onclick: move }, state.me.away ? "Join" : "Leave");
  drawSwitcher({ me: state.me, people: humans(), standing: standing(state.me), more }, become);
}

const standing = ({ away, admin }) => (away ? "Not in this server" : admin ? "Admin of this server" : "Member");

// What changes is told to everybody's page.
async function move(event) {
  event.currentTarget.disabled = true;
  await attempt(api.membership({ as: state.me.id, member: state.me.away }));
}

// Under their role as Discord lists them: applications apart, then each role, then the rest.
function drawMembers() {
  const groups = new Map();
  for (const person of state.people.filter(({ away }) => !away)) {
    const name = person.bot ? "Applications" : person.admin ? "Admins" : (person.roles[0] ?? "Members");
    groups.set(name, [...(groups.get(name) ?? []), person]);
  }
  const order = (name) => (name === "Admins" ? 0 : name === "Applications" ? 2 : 1);
  byId("members").replaceChildren(
    ...[...groups]
      .sort(([a], [b]) => order(a) - order(b))
      .map(([name, people]) =>
        h("section", {}, h("h2", {}, `${name} — ${people.length}`), h("ul", {}, people.map(member))),
      ),
  );
}

function member(person) {
  const offline = person.bot && !state.botOnline;
  return h(
    "li",
    { class: offline ? "member offline" : "member" },
    h(
      "span",
      { class: "presence" },
      avatar(person),
      h("span", { class: offline ? "dot off" : "dot", "aria-hidden": "true" }),
    ),
    h(
      "div",
      { class: "member-text" },
      h(
        "span",
        {},
        h("bdi", {}, person.name),
        person.bot && h("span", { class: "tag" }, "APP"),
        person.admin && h("span", { class: "crown", title: "admin" }, " ", glyph("crown")),
        person.id === state.me.id && h("span", { class: "muted" }, " (you)"),
      ),
      h(
        "span",
        { class: "muted small-text" },
        person.bot ? (offline ? "Offline" : "Online") : person.roles.join(", "),
      ),
      menu({ person: person.id }, person.name),
    ),
  );
}

// The panel that makes one of the people you.
import { avatar, byId, glyph, h } from "./element.js";

/** Draws who one is, with `standing` below the name, and who one can be; `become(person)` switches. */
export function drawSwitcher({ me, people, standing, more }, become) {
  byId("me").replaceChildren(
    avatar(me),
    h("div", { class: "me-text" }, h("b", {}, me.name), h("span", { class: "muted" }, standing)),
    more ?? "",
  );
  const focused = byId("switcher").contains(document.activeElement);
  byId("switcher").replaceChildren(...people.map((person, at) => choice(person, at, { me, people }, become)));
  if (focused) byId("switcher").querySelector("[aria-checked=true]").focus();
}

function choice(person, at, { me, people }, become) {
  const mine = person.id === me.id;
  return h(
    "button",
    {
      type: "button",
      role: "radio",
      "aria-checked": String(mine),
      tabindex: mine ? "0" : "-1",
      class: "be",
      title: `Be ${person.name}${person.admin ? " (admin)" : ""} · Alt+${at + 1}`,
      onclick: () => become(person),
      onkeydown: (event) => step(event, at, people, become),
    },
    avatar(person, "medium"),
    h("span", { class: "be-name" }, person.name),
    person.admin &&
      h("span", { class: "crown", title: "admin" }, glyph("crown"), h("span", { class: "sr" }, "admin")),
    person.guest && h("span", { class: "muted" }, "guest"),
  );
}

function step(event, at, people, become) {
  const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  become(people[(at + by + people.length) % people.length]);
}

/** Alt and a digit switch as well. `people()` are those whom one can be. */
export function startSwitcher(people, become) {
  document.addEventListener("keydown", (event) => {
    const person = event.altKey && people()[Number(event.key) - 1];
    if (!person) return;
    event.preventDefault();
    become(person);
  });
}

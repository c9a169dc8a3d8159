// Who one is and can be.
import { coloured, on, state } from "./state.js";
import { drawSwitcher, startSwitcher } from "./switcher.js";

let drawn = null;

const humans = () => state.people.filter(({ bot, gone }) => !bot && !gone).map(coloured);
const standing = ({ admin, guest }) => (admin ? "Admin of this workspace" : guest ? "Guest" : "Member");

/** `become(person)` switches to a person. */
export function startPeople(become) {
  startSwitcher(humans, become);
  on("people", () => {
    const key = JSON.stringify([state.me.id, state.people]);
    if (drawn === key) return;
    drawn = key;
    drawSwitcher({ me: coloured(state.me), people: humans(), standing: standing(state.me) }, become);
  });
}

// The sandbox's clock in the top bar, and the button that moves it to the next day.
import { byId } from "./element.js";
import { post } from "./request.js";
import { attempt } from "./toasts.js";
import { clockText, fullDate, now } from "./time.js";

const DRAWN_MS = 5000;

/** Shows the time. */
export function drawClock() {
  const clock = byId("clock-time");
  clock.dateTime = now().toISOString();
  clock.textContent = clockText(now());
  clock.title = `The sandbox's clock: ${fullDate(now())}`;
}

/** `moved({ clock })` is called once the button has moved it. */
export function startClock(moved) {
  byId("next-day").addEventListener("click", async (event) => {
    const button = event.currentTarget;
    button.disabled = true;
    const answer = await attempt(post("/page/advance", { next_day: true }));
    button.disabled = false;
    if (answer) moved(answer);
  });
  setInterval(drawClock, DRAWN_MS);
}

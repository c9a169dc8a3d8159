// Instants as people read them, by the sandbox's clock and in the reader's zone.
import { state } from "./state.js";

export const now = () => new Date(Date.now() + state.clockOffset);

const format = (options) => {
  const formatter = new Intl.DateTimeFormat(undefined, options);
  return (date) => formatter.format(date);
};
const time = format({ timeStyle: "short" });
const STYLES = {
  t: time,
  T: format({ timeStyle: "medium" }),
  d: format({ dateStyle: "short" }),
  D: format({ dateStyle: "long" }),
  f: format({ dateStyle: "long", timeStyle: "short" }),
  F: format({ dateStyle: "full", timeStyle: "short" }),
  R: relative,
};
const relativeFormat = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });
const UNITS = [
  ["year", 31536000],
  ["month", 2592000],
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
];

function relative(date) {
  const seconds = Math.round((date - now()) / 1000);
  const [unit, length] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? UNITS.at(-1);
  return relativeFormat.format(Math.trunc(seconds / length), unit);
}

const midnight = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate());

/** "Today at 10:02", "Yesterday at …", or the date. */
export function stamp(date) {
  const days = Math.round((midnight(now()) - midnight(date)) / 86400000);
  if (days === 0) return `Today at ${time(date)}`;
  if (days === 1) return `Yesterday at ${time(date)}`;
  return `${STYLES.d(date)} ${time(date)}`;
}

export const shortTime = time;
export const longDate = STYLES.D;
export const fullDate = STYLES.F;
export const clockText = format({
  weekday: "short",
  day: "numeric",
  month: "short",
  hour: "numeric",
  minute: "2-digit",
});
export const sameDay = (a, b) => midnight(a).getTime() === midnight(b).getTime();

/** Writes every timestamp below `root` in the reader's zone. */
export function localise(root) {
  for (const element of root.querySelectorAll("time[data-style]")) {
    const date = new Date(element.dateTime);
    if (Number.isNaN(date.getTime())) continue;
    element.textContent = (STYLES[element.dataset.style] ?? STYLES.f)(date);
    element.title = STYLES.F(date);
  }
}

// Instants as people read them, by the sandbox's clock and in the reader's zone.

let ahead = 0; // milliseconds the sandbox's clock is ahead of the browser's

export const now = () => new Date(Date.now() + ahead);

/** Goes by the sandbox's clock, which shows that now. */
export function setClock(clock) {
  ahead = new Date(clock) - Date.now();
}

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
const relativeFormat = new Intl.RelativeTimeFormat(undefined, { numeric: "always" });
// Each unit with its length in seconds, and how many of it are told before the next: 38 hours are "in 2 days".
const UNITS = [
  ["second", 1, 45],
  ["minute", 60, 45],
  ["hour", 3600, 22],
  ["day", 86400, 26],
  ["month", 2629800, 11],
  ["year", 31557600, Infinity],
];

function relative(date) {
  const seconds = (date - now()) / 1000;
  const count = (length) => Math.round(Math.abs(seconds) / length);
  const [unit, length] = UNITS.find(([, length, most]) => count(length) < most);
  return relativeFormat.format(Math.sign(seconds) * Math.max(count(length), 1), unit);
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

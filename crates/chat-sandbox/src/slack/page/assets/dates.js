// Moments as apps have them shown, in the reader's zone.
import { now, sameDay } from "./time.js";

const format = (options) => {
  const formatter = new Intl.DateTimeFormat(undefined, options);
  return (date) => formatter.format(date);
};
const long = format({ weekday: "long", year: "numeric", month: "long", day: "numeric" });
const medium = format({ year: "numeric", month: "long", day: "numeric" });
const short = format({ year: "numeric", month: "short", day: "numeric" });
const time = format({ timeStyle: "short" });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });

// "today" and its neighbours, else as `otherwise` has it.
const pretty = (otherwise) => (date) => {
  const day = (days) => new Date(now().getTime() + days * 86400000);
  const near = [0, -1, 1].find((days) => sameDay(date, day(days)));
  return near === undefined ? otherwise(date) : relative.format(near, "day");
};

const UNITS = [
  ["second", 1, 60],
  ["minute", 60, 60],
  ["hour", 3600, 24],
  ["day", 86400, 30],
  ["month", 2629800, 12],
  ["year", 31557600, Infinity],
];

function ago(date) {
  const seconds = (date - now()) / 1000;
  const [unit, length] = UNITS.find(([, size, most]) => Math.abs(seconds) / size < most);
  return relative.format(Math.round(seconds / length), unit);
}

const pad = (number) => String(number).padStart(2, "0");

const TOKENS = {
  date_num: (date) => `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`,
  date_slash: format({ dateStyle: "short" }),
  date: medium,
  date_short: short,
  date_long: long,
  date_pretty: pretty(medium),
  date_short_pretty: pretty(short),
  date_long_pretty: pretty(long),
  day_divider_pretty: pretty(long),
  time,
  time_secs: format({ timeStyle: "medium" }),
  ago,
};

/** A moment in seconds since 1970, as the format has it; `fallback` where that makes no sense. */
export function written(seconds, wanted, fallback) {
  const date = new Date(Number(seconds) * 1000);
  const known = [...wanted.matchAll(/\{(\w+)\}/g)].every(([, name]) => Object.hasOwn(TOKENS, name));
  if (Number.isNaN(date.getTime()) || !known) return fallback;
  return wanted.replace(/\{(\w+)\}/g, (_, name) => TOKENS[name](date));
}

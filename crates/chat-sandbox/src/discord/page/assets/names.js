// Says which command, subcommand or option may be meant where there is none of that name.

// How many letters must be changed, added, dropped or swapped to make one word of the other.
function distance(a, b) {
  const rows = [[...Array(b.length + 1).keys()]];
  for (let i = 1; i <= a.length; i += 1) {
    rows.push([i]);
    for (let j = 1; j <= b.length; j += 1) {
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      rows[i][j] = Math.min(
        rows[i - 1][j] + 1,
        rows[i][j - 1] + 1,
        rows[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1),
        swapped ? rows[i - 2][j - 2] + 1 : Infinity,
      );
    }
  }
  return rows[a.length][b.length];
}

/** The name that is nearest to a word, if a slip or two make the difference. */
export function nearest(word, names) {
  const low = word.toLowerCase();
  const [near] = names
    .map((name) => ({ name, far: distance(low, name) }))
    .filter(({ name, far }) => far <= Math.max(1, Math.floor(name.length / 3)))
    .sort((a, b) => a.far - b.far);
  return near?.name ?? null;
}

// "; did you mean …?", or nothing.
function didYouMean(word, names, sign = "") {
  const near = nearest(word, names);
  return near ? `; did you mean ${sign}${near}?` : "";
}

/** What a text is that names no whole command: `{partial: true}` while what was written so far is the beginning of
    one, whose subcommands are to be chosen; with what to say of it. */
export function unknownCommand(text, all, withheld) {
  const words = text.slice(1).trim().toLowerCase().split(/\s+/);
  const paths = all.map((leaf) => leaf.label.split(" "));
  const begin = (known) => paths.filter((path) => words.slice(0, known).every((word, at) => path[at] === word));
  let known = words.length;
  while (known > 0 && !begin(known).length) known -= 1;
  if (!known) {
    const refused = withheld.find(({ name }) => name === words[0]);
    if (refused) return { partial: false, message: refused.why };
    const roots = paths.map(([root]) => root);
    const meant = didYouMean(words[0], roots, "/") || ". Type / to see them.";
    return { partial: false, message: `There is no command “/${words[0]}”${meant}` };
  }
  const command = `/${words.slice(0, known).join(" ")}`;
  const inner = [...new Set(begin(known).map((path) => path[known]))];
  if (known === words.length) return { partial: true, message: `${command} needs one of: ${inner.join(", ")}.` };
  return { partial: false, message: lacking(command, "", [words[known]], inner) };
}

/** That a command has no such options, and which it has. */
export function unknownOptions(leaf, written) {
  const names = leaf.options.map((option) => option.name);
  const kind = written.length === 1 ? "option " : "options ";
  return names.length ? lacking(`/${leaf.label}`, kind, written, names) : `/${leaf.label} takes no options.`;
}

function lacking(command, kind, written, names) {
  const quoted = written.map((word) => `“${word}”`).join(" and ");
  const meant = written.length === 1 ? didYouMean(written[0], names) : "";
  return `${command} has no ${kind}${quoted}${meant ? `${meant} It` : "; it"} has: ${names.join(", ")}.`;
}

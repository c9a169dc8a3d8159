// What the browser keeps for this page between two visits. It may keep nothing, or something that is not ours.

/** What is kept as that, or `otherwise`. */
export function stored(key, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

/** Keeps something that JSON can hold. */
export function store(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A browser that keeps nothing shows the same at every visit.
  }
}

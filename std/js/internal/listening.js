// What listens, by its native number: for whoever hands sockets to another process.

const numbers = new WeakMap();

/** Servers and listeners make themselves known. */
export function noteListening(object, id) {
  numbers.set(object, id);
}

/** The number of a server or listener; undefined for anything else. */
export const listeningNumber = (value) =>
  typeof value === "object" && value !== null ? numbers.get(value) : undefined;

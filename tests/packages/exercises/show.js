// Prints values the same way everywhere: as JSON with the kinds that JSON lacks spelled out.

function plain(key, value) {
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return `[function]`;
  if (value === undefined) return "[undefined]";
  if (typeof value === "number" && !Number.isFinite(value)) return `[${value}]`;
  if (value instanceof Map) return { map: [...value] };
  if (value instanceof Set) return { set: [...value] };
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (ArrayBuffer.isView(value)) return { bytes: [...value] };
  return value;
}

export function show(label, value) {
  console.log(`${label}: ${typeof value === "string" ? value : JSON.stringify(value, plain)}`);
}

// What a function throws, as text.
export function thrown(fn) {
  try {
    fn();
    return "nothing thrown";
  } catch (error) {
    return `${error.name}: ${String(error.message).split("\n")[0]}`;
  }
}

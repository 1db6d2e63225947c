import { atomic, sleep } from "corona";

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    sleep(0); // wait for a better moment
    return undefined;
  }
}
function parseOr(text: string, other: unknown): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return other;
  }
}

let value: unknown;
atomic: {
  value = parse("{"); //~ blocks: the handler sleeps
  value = parseOr("{", 3); //~ safe: the handler returns
}
console.log(value);

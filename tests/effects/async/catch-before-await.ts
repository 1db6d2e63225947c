import { atomic, yieldNow } from "corona";

async function guarded(text: string) {
  try {
    return JSON.parse(text);
  } catch {
    yieldNow();
    return null;
  }
}
async function plain(text: string) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

let p: Promise<unknown> | undefined;
atomic: {
  p = plain("{"); //~ safe: the handler gives null
  p = guarded("{"); //~ blocks: the handler yields, before any await
}
console.log(await p);

import { atomic, sleep } from "corona";

const values: Record<string, string> = { name: "x" };
const fill = (template: string, lookup: (key: string) => string) => template.replace(/{(\w+)}/g, (_match, key) => lookup(key));
let text = "";
atomic(() => {
  text = fill("{name}", (key) => values[key]); //~ safe: looks into an object
});
atomic(() => {
  text += fill("{name}", (key) => { sleep(0); return key; }); //~ blocks: the lookup sleeps
});
console.log(text);

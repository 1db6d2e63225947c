import { atomic, sleep } from "corona";

class Tag {
  constructor(private text: string) {}
  toString() { return this.text; }
}
class Remote {
  name = "remote";
  toString() { sleep(0); return this.name; }
}
class Width {
  valueOf() { sleep(0); return 4; }
}
const tag = new Tag("a") as unknown as string;
const remote = new Remote() as unknown as string;
const width = new Width() as unknown as number;

function pad(text: string, to: number) { return text.padStart(to); }
function has(text: string, part: string) { return text.trim().includes(part); }

let found: unknown;
atomic(() => {
  found = "banana".includes(tag); //~ safe: its text is there
  found = "banana".includes(remote); //~ blocks: the argument becomes a text first
  found = "a,b".split(tag); //~ safe: its text is there
  found = "7".padStart(width, "0"); //~ blocks: the width becomes a number first
  found = pad("7", width); //~ blocks: the same, one call deeper
  found = has("banana", remote); //~ blocks: the same with a text
  found = has("banana", tag); //~ safe: its text is there
  found = (1.5).toFixed(width); //~ blocks: the number of digits is a number
  found = "a".localeCompare(remote); //~ blocks: what it is compared with becomes a text
  found = /x/.test(remote); //~ blocks: what is looked into becomes a text
  found = [1, 2].at(width); //~ blocks: the index becomes a number
  found = new Error(remote); //~ blocks: the message becomes a text
  found = [remote].includes(remote); //~ safe: an array compares, and makes no text
  found = [tag, remote].indexOf(remote); //~ safe: the same
});
console.log(found);

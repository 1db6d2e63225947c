import { atomic } from "corona";
import { open } from "corona:fs";

using file = open(import.meta.filename);
let count = 0;
atomic(() => {
  const lines = file.lines(); //~ safe: makes the iterator
  for (const line of lines) count += line.length; //~ blocks: each line may have to be read
});
console.log(count > 0);

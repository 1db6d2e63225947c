import { atomic } from "corona";
import { exists, open, readTextFile, stat } from "corona:fs";

const file = open(import.meta.filename);
let found: unknown;
atomic(() => {
  found = readTextFile(import.meta.filename); //~ blocks: reads a file
  found = exists("/no/such/file"); //~ blocks: asks the disk
  found = stat(import.meta.filename).isFile(); //~ blocks: asks the disk
  found = file.read(16); //~ blocks: reads from an open file
  file.close(); //~ safe: closing does not wait
});
console.log(found !== undefined);

import * as fs from "corona:fs";
import { atomic } from "corona";

const { readTextFile, exists } = fs;
const { join } = Array.prototype;

let length = 0;
atomic: {
  length = join.call(["a", "b"], "-").length; //~ safe: a method of arrays
  length = readTextFile(import.meta.filename).length; //~ blocks: reads a file
}
console.log(length > 0, exists.name);

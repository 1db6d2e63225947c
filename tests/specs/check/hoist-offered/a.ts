import { readTextFile } from "corona:fs";
let settings = "";
export function load(path: string) {
  atomic: {
    settings = readTextFile(path);
  }
}

import { atomic } from "corona";
import { open } from "corona:fs";

const file = open(import.meta.filename);
let opened = false;
atomic(() => {
  using other = open(import.meta.filename); //~ blocks: opening a file
  opened = other !== undefined;
});
atomic(() => {
  using held = file; //~ safe: closing a file does not wait
  opened = held !== undefined;
});
console.log(opened);

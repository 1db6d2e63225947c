import { atomic, sleep } from "corona";
import { args } from "corona:process";

function slow() { sleep(0); }
function fast() {}
function faster() {}

atomic: {
  (args.length === 0 ? slow : fast)(); //~ blocks: without arguments it is slow
  (args.length === 0 ? faster : fast)(); //~ safe: neither of them waits
}

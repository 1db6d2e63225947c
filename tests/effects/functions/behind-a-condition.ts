import { atomic, sleep } from "corona";

function flush(entries: string[]) {
  if (entries.length > 1_000) sleep(0);
  entries.length = 0;
}
function trim(entries: string[]) {
  if (entries.length > 1_000) entries.splice(0, 500);
}

const entries = ["a"];
atomic(() => {
  flush(entries); //~ blocks unreached: only a full buffer is flushed
  trim(entries); //~ safe: splices
});

import { atomic, sleep } from "corona";

const flags = { audit: true, metrics: false };
function audit(what: string) { if (flags.audit) sleep(0); return what; }
function measure(what: string) { if (flags.metrics) sleep(0); return what; }
function label(what: string) { return flags.audit ? `[${what}]` : what; }

atomic(() => {
  label("a"); //~ safe: formats either way
  audit("b"); //~ blocks: auditing is on
  measure("c"); //~ blocks unreached: measuring is off, and can be turned on
});

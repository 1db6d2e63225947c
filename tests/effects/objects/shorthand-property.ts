import { atomic, yieldNow } from "corona";

function refresh() { yieldNow(); }
function format() { return "f"; }
const tools = { refresh, format };

atomic: {
  tools.format(); //~ safe: gives a string
  tools.refresh(); //~ blocks: the function of that name yields
}

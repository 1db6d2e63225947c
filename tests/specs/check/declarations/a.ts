import { atomic } from "corona";

const native = await import("native-db");
const addon = await import("./addon.node");
const other = await import("other");
const typed = await import("typed");

atomic(() => {
  const client = native.connect();
  client.query("select");
  client.peek();
  client.other();
  native.version();
  addon.hash();
  addon.cached();
  hostCall();
  hostLook();
  other.wait();
  other.look();
  typed.deep();
  typed.look();
});

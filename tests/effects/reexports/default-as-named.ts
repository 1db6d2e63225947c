//- /main.ts
import { atomic } from "corona";
import { connect, describe } from "./lib/index.ts";

atomic(() => {
  describe(); //~ safe: a string
  connect(); //~ blocks: the default export of connect.ts sleeps
});
//- /lib/index.ts
export { default as connect } from "./connect.ts";
export { default as describe } from "./describe.ts";
//- /lib/connect.ts
import { sleep } from "corona";
export default function () { sleep(0); }
//- /lib/describe.ts
export default () => "lib";

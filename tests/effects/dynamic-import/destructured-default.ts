//- /main.ts
import { atomic } from "corona";

const { default: connect, version } = await import("./driver.ts");
let text = "";
atomic(() => {
  text = version(); //~ safe: a string
  connect(); //~ blocks: the default export yields
});
console.log(text);
//- /driver.ts
import { yieldNow } from "corona";
export default function () { yieldNow(); }
export const version = () => "1";

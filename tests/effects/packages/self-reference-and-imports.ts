//- /main.ts
import { atomic } from "corona";
import { settle } from "#internal/settle";
import { label } from "app/label";

atomic(() => {
  label(); //~ safe: a string
  settle(); //~ blocks: an internal import of the package, sleeps
});
//- /package.json
{
  "name": "app",
  "type": "module",
  "imports": { "#internal/*": "./internal/*.ts" },
  "exports": { "./label": "./label.ts" }
}
//- /internal/settle.ts
import { sleep } from "corona";
export const settle = () => sleep(0);
//- /label.ts
export const label = () => "app";

import { atomic, sleep } from "corona";

interface Hooks { before?: () => void; after?: () => void }
const hooks: Hooks = { after: () => sleep(0) };
const none: Hooks | undefined = undefined as Hooks | undefined;
atomic(() => {
  none?.before?.(); //~ safe: nothing is there
  hooks.before?.(); //~ safe: nobody gives it
  hooks.after?.(); //~ blocks: it sleeps
});
console.log("done");

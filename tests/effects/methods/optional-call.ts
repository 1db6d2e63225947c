import { atomic, sleep } from "corona";

interface Hooks { before?: () => void; after?: () => void }
const hooks: Hooks = { before: () => sleep(0) };

let n = 0;
atomic(() => {
  hooks.before?.(); //~ blocks: there is such a hook, and it sleeps
  n++;
  hooks.after?.(); //~ safe: nobody ever sets this hook
});

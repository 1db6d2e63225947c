import { atomic, sleep } from "corona";

type Action = { type: "add"; by: number } | { type: "load" };
const load = () => { sleep(0); return 10; };
function reduce(state: number, action: Action): number {
  switch (action.type) {
    case "add": return state + action.by;
    case "load": return load();
  }
}
let state = 0;
atomic(() => {
  state = reduce(state, { type: "load" }); //~ blocks: one of the cases sleeps
});
console.log(state);

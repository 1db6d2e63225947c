import { atomic, sleep } from "corona";

const put = (value) => ({ type: "put", value });
const call = (fn, ...args) => ({ type: "call", fn, args });
function run(saga, state) {
  const it = saga();
  for (let step = it.next(); !step.done; ) {
    const effect = step.value;
    if (effect.type === "put") state.push(effect.value), (step = it.next());
    else step = it.next(effect.fn(...effect.args));
  }
}
function* quick() { yield put(1); yield put(2); }
function* slow() { const value = yield call((n) => { sleep(0); return n; }, 3); yield put(value); }
const state = [];
atomic(() => {
  state.push(...Array.from(quick(), (effect) => effect.value)); //~ safe: makes two objects
});
atomic(() => {
  run(slow, state); //~ blocks: the effect's function sleeps
});
console.log(state.join());

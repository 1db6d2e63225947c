import { atomic, sleep } from "corona";

type Effect = () => void;
function runner(program: () => Generator<Effect>) {
  for (const effect of program()) effect();
}

const trace: string[] = [];
atomic(() => {
  runner(function* () { yield () => { trace.push("a"); }; }); //~ safe: the effect appends
});
atomic(() => {
  runner(function* () { yield () => sleep(0); }); //~ blocks: the runner performs an effect that sleeps
});

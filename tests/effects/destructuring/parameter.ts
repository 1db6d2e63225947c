import { atomic, sleep } from "corona";

function run({ task, label }: { task: () => void; label: () => string }) {
  task();
  return label();
}

atomic(() => {
  run({ task: () => {}, label: () => "a" }); //~ safe: both functions are harmless
});
atomic(() => {
  run({ task: () => sleep(0), label: () => "b" }); //~ blocks: the task sleeps
});

import { atomic, sleep } from "corona";

function chooseSlow() {
  return function slow() { sleep(0); };
}
function chooseFast() {
  return function fast() { return 1; };
}

atomic: {
  chooseSlow()(); //~ blocks: the function that is returned sleeps
  chooseFast()(); //~ safe: the function that is returned gives 1
  chooseSlow(); //~ safe: makes the function and does not call it
}

import { atomic, sleep } from "corona";

let step: () => void = () => {};
const harmless: () => void = () => {};

function install() {
  step = () => sleep(0);
}
install();

atomic(() => {
  step(); //~ blocks: install has put in a function that sleeps
  harmless(); //~ safe: never assigned again
});

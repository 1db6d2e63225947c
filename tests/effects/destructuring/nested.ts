import { atomic, sleep } from "corona";

const config = { hooks: { before: [() => {}, () => sleep(0)] } };
const { hooks: { before: [quick, patient] } } = config;

atomic(() => {
  quick(); //~ safe: does nothing
});
atomic(() => {
  patient(); //~ blocks: sleeps
});

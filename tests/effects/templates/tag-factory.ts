import { atomic, sleep } from "corona";

const tagWith = (finish: () => void) => (parts: TemplateStringsArray) => {
  finish();
  return parts.join();
};
const css = tagWith(() => {});
const remoteCss = tagWith(() => sleep(0));

atomic(() => {
  css`color: red`; //~ safe: its finish does nothing
});
atomic(() => {
  remoteCss`color: red`; //~ blocks: its finish sleeps
});

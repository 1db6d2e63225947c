import { sleep } from "corona";

// The rest of a destructured array holds what is left of its elements.

type Layer = (context: object, next: () => void) => void;
const stack: Layer[] = [(context, next) => next(), () => sleep(1)];
const compose = ([first, ...rest]: Layer[]): ((context: object) => void) =>
  first ? (context) => first(context, () => compose(rest)(context)) : () => {};
const app = compose(stack);

const [, ...slow] = [1, () => sleep(1)] as [number, () => void];
const [, ...quick] = [1, () => 2] as [number, () => number];
const [...all] = new Set([() => sleep(1)]);
let kept: (() => void)[] = [];
[, ...kept] = [() => {}, () => sleep(1)];

atomic: {
  app({}); //~ blocks: the second layer sleeps
  slow[0](); //~ blocks: sleeps
  quick[0](); //~ safe: gives a number
  all[0](); //~ blocks: sleeps
  kept[0](); //~ blocks: sleeps
}

// What TypeScript adds to JavaScript, run.
import type { Shape } from "./shapes.js";
import { type Named, Circle, Square, area } from "./shapes.js";
import legacy = require("./legacy.cjs");
import { Level } from "./levels";
import helpers from "./helpers";

enum Color { Red = 1, Green, Blue = "blue" as any }
const enum Flags { None = 0, A = 1 << 0, B = 1 << 1, Both = A | B }
declare const nowhere: number;
declare global { interface Array<T> { nothing?: T } }

namespace Geometry {
  export const origin = { x: 0, y: 0 };
  export namespace Deep { export function shift(by: number) { return { x: origin.x + by, y: origin.y + by }; } }
}

abstract class Animal<T extends string = string> implements Named {
  static count = 0;
  declare readonly tag: T;
  #secret: number = 42;
  constructor(public name: string, protected readonly legs?: number, private noise: T = "…" as T) { Animal.count++; }
  abstract speak(): string;
  get secret(): number { return this.#secret; }
  describe(this: Animal<T>): string { return `${this.name}/${this.legs}/${this.noise}`; }
}
class Dog extends Animal<"woof"> {
  override speak(): string { return "woof"; }
  accessor age: number = 3;
}
function overloaded(a: string): string;
function overloaded(a: number): number;
function overloaded(a: any): any { return a; }

const dog = new Dog("Rex", 4, "woof");
console.log(Color.Red, Color[2], Color.Blue, Flags.Both, Level.High);
console.log(Geometry.Deep.shift(2));
console.log(dog.describe(), dog.speak(), dog.secret, dog.age, Animal.count, "tag" in dog);
console.log(overloaded("a") satisfies string, overloaded(1)!, <number>overloaded(2));
const shapes: Shape[] = [new Circle(1), new Square(2)];
console.log(shapes.map((it) => area(it)).map((it) => it.toFixed(2)));
console.log(legacy.answer, helpers.twice(4));
const tuple = ["a", 1] as const;
const [first, second]: readonly [string, number] = tuple;
console.log(first, second, typeof nowhere);
label: for (const x of [1, 2, 3]) { if (x === 2) continue label; console.log(x as unknown as string); }
const generic = <T,>(value: T): T => value;
console.log(generic<string>("generic"), generic?.<number>(1));
type Unused = typeof dog extends Animal<infer N> ? N : never;
export type { Unused };

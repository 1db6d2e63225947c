import { Color, Level, Shape, type Unused } from "./types.ts";
import def = require("./legacy.cjs");
namespace Tools { export const double = (x: number) => x * 2; export namespace Inner { export const x = 1; } }
class Point { constructor(public x: number, private readonly y = 2) {} get sum() { return this.x + this.y; } }
abstract class Base<T> { declare ignored: string; abstract go(): T; }
class Derived extends Base<number> { override go() { return 7; } }
const value = { a: 1 } satisfies Record<string, number>;
console.log(Color.Green, Color[5], Level.High, Shape.area(2), Tools.double(4), Tools.Inner.x);
console.log(new Point(1).sum, new Derived().go(), value!.a as unknown as string, def.x);
function over(x: string): string; function over(x: number): string; function over(x: unknown) { return String(x); }
console.log(over(5));
export type { Unused };

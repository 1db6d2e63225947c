// TypeScript that makes code, and TypeScript that goes.
import { label, type Shape } from "./shape.js";

enum Level {
  Low,
  High = "high",
}
namespace Numbers {
  export const ten = 10;
}
class Point implements Shape {
  constructor(
    public readonly x: number,
    private y = 2,
  ) {}
  sum(): number {
    return this.x + this.y;
  }
}
function log(value: unknown, context: DecoratorContext): void {
  console.log("decorates", context.kind, String(context.name));
}
class Service {
  @log
  run<T>(value: T): T {
    return value satisfies T;
  }
}
console.log(label, Level[Level.Low], Level.High, Numbers.ten, new Point(1).sum(), new Service().run("ran")!);

function leave(how: number): string {
  for (let turn = 0; turn < 3; turn++) {
    atomic: {
      if (how === 0) return "returned";
      if (how === 1) break;
      if (how === 2) continue;
      atomic: {
        if (how === 3) break atomic;
        throw new Error("threw");
      }
    }
  }
  return "went on";
}
for (const how of [0, 1, 2, 3]) console.log(leave(how));
try {
  leave(4);
} catch (error) {
  console.log((error as Error).message);
}
throw new Error("thrown on line 51");

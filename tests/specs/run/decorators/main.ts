// Decorators of the standard, without any setting.
function logged(value: Function, context: ClassMethodDecoratorContext) {
  return function (this: unknown, ...args: unknown[]) {
    console.log(`${context.kind} ${String(context.name)}(${args})`);
    return value.apply(this, args);
  };
}
const doubled = (_: unknown, context: ClassFieldDecoratorContext) => (initial: number) => initial * 2;
const tagged = (tag: string) => <T extends abstract new (...args: any) => any>(target: T, context: ClassDecoratorContext) => {
  context.addInitializer(function (this: any) { this.tag = tag; });
  return target;
};
const clamped = ({ get, set }: any, _: ClassAccessorDecoratorContext) => ({ get, set(value: number) { set.call(this, Math.min(value, 10)); } });

@tagged("demo")
class Counter {
  @doubled count = 21;
  @clamped accessor limit = 1;
  @logged add(by: number) { return this.count += by; }
  @logged static make() { return new Counter(); }
}
const counter = Counter.make();
console.log(counter.add(1), (Counter as any).tag, Counter.name);
counter.limit = 50;
console.log(counter.limit);

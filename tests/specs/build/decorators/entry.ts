const log: string[] = [];
function note<T extends (this: any, ...args: any[]) => any>(target: T, context: ClassMethodDecoratorContext) {
  log.push(`${context.kind} ${String(context.name)}`);
  return function (this: unknown, ...args: unknown[]) { return `<${target.apply(this as never, args as never)}>`; } as T;
}
function add(target: undefined, context: ClassFieldDecoratorContext) { return (value: number) => value + 1; }
class A { @add n = 1; @note m(x: string) { return x; } @note static s() { return "s"; } }
console.log(new A().m("x"), A.s(), new A().n, log.join(", "));

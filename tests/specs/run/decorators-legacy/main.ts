// TypeScript's own decorators, with `experimentalDecorators`.
const seen: string[] = [];
const note = (label: string) => (target: any, key?: any, extra?: any) => {
  seen.push(`${label} ${typeof target} ${String(key)} ${typeof extra}`);
};
@note("class")
class Service {
  @note("field") field: string = "f";
  @note("method") method(@note("parameter") value: number) { return value; }
  constructor(@note("injected") private readonly dependency: string) {}
}
console.log(seen, new Service("d"));

import { atomic, sleep } from "corona";

class Pipeline<T> {
  private constructor(private readonly stages: ((value: any) => any)[]) {}
  static start<T>() { return new Pipeline<T>([]); }
  pipe<R>(stage: (value: T) => R) { return new Pipeline<R>([...this.stages, stage]); }
  run(value: unknown) { return this.stages.reduce((it, stage) => stage(it), value); }
}
const parse = Pipeline.start<string>().pipe(Number).pipe((n) => n + 1);
const enrich = Pipeline.start<string>().pipe((text) => { sleep(0); return text; });

atomic(() => {
  parse.run("1"); //~ safe: converts and adds
});
atomic(() => {
  enrich.run("a"); //~ blocks: a stage sleeps
});

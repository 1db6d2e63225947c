import { atomic, sleep } from "corona";

interface Plugin { apply(compiler: Compiler): void }
class Hook {
  private taps: ((value: string) => void)[] = [];
  tap(fn: (value: string) => void) { this.taps.push(fn); }
  call(value: string) { for (const tap of this.taps) tap(value); }
}
class Compiler {
  hooks = { start: new Hook(), done: new Hook() };
  use(plugin: Plugin) { plugin.apply(this); return this; }
  run() { this.hooks.start.call("s"); return this; }
  end() { this.hooks.done.call("d"); return this; }
}
const banner: Plugin = { apply: (compiler) => compiler.hooks.start.tap((text) => console.log(text)) };
const upload: Plugin = { apply: (compiler) => compiler.hooks.done.tap(() => sleep(0)) };

const compiler = new Compiler().use(banner).use(upload);
atomic(() => {
  compiler.run(); //~ safe: the banner prints
});
atomic(() => {
  compiler.end(); //~ blocks: the upload sleeps
});

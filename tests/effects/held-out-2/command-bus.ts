import { atomic, yieldNow } from "corona";

interface Command { readonly kind: string }
class Rename implements Command { readonly kind = "rename"; constructor(public name: string) {} }
class Flush implements Command { readonly kind = "flush"; }

class Bus {
  readonly #handlers = new Map<string, (command: any) => void>();
  register<C extends Command>(kind: C["kind"], handler: (command: C) => void) {
    this.#handlers.set(kind, handler);
    return this;
  }
  dispatch(command: Command) {
    this.#handlers.get(command.kind)?.(command);
  }
}
let name = "";
const memory = new Bus().register<Rename>("rename", (command) => { name = command.name; });
const disk = new Bus().register<Flush>("flush", () => yieldNow());
atomic(() => {
  memory.dispatch(new Rename("x")); //~ safe: its only handler assigns
});
atomic(() => {
  disk.dispatch(new Flush()); //~ blocks: its only handler yields
});
console.log(name);

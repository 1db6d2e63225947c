import { atomic, sleep } from "corona";

type Closer = () => void;
class Registry {
  private closers: Closer[] = [];
  add(closer: Closer) { this.closers.push(closer); return this; }
  closeAll() { for (const close of this.closers.splice(0).reverse()) close(); }
  get size() { return this.closers.length; }
}
const files = new Registry().add(() => sleep(0));
const views = new Registry().add(() => {});

atomic(() => {
  views.closeAll(); //~ safe: its only closer does nothing
});
atomic(() => {
  files.size; //~ safe: a getter that reads a length
  files.closeAll(); //~ blocks: the closer sleeps
});

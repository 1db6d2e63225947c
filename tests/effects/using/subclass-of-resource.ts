import { atomic, sleep } from "corona";

class Resource {
  [Symbol.dispose]() { this.release(); }
  protected release() {}
}
class RemoteResource extends Resource {
  protected override release() { sleep(0); }
}

atomic(() => { using _ = new Resource(); }); //~ safe: its release is empty
atomic(() => { using _ = new RemoteResource(); }); //~ blocks: disposing calls the override, which sleeps

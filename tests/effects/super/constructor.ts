import { atomic, sleep } from "corona";

class Resource {
  constructor(readonly id: number) { sleep(0); }
}
class Socket extends Resource {
  constructor(id: number, readonly port: number) { super(id); }
}
class Plain {
  constructor(readonly id: number) {}
}
class Label extends Plain {
  constructor(id: number, readonly text: string) { super(id); }
}

atomic(() => {
  new Label(1, "a"); //~ safe: two plain constructors
  new Socket(1, 80); //~ blocks: super(…) sleeps
});

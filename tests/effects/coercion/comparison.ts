import { atomic, yieldNow } from "corona";

class Version {
  constructor(private n: number) {}
  valueOf() { return this.n; }
}
class RemoteVersion {
  valueOf() { yieldNow(); return 2; }
}

let newer = false;
atomic: {
  newer = new Version(1) < new Version(2); //~ safe: compares fields
  newer = (new RemoteVersion() as unknown as number) > 1; //~ blocks: comparing converts, which yields
  newer = (new RemoteVersion() as unknown) === 2; //~ safe: strict equality converts nothing
}
console.log(newer);

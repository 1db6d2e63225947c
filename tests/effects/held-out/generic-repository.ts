import { atomic, sleep } from "corona";

interface Driver { read(key: string): string | undefined; write(key: string, value: string): void }
class MemoryDriver implements Driver {
  private rows = new Map<string, string>();
  read(key: string) { return this.rows.get(key); }
  write(key: string, value: string) { this.rows.set(key, value); }
}
class RemoteDriver implements Driver {
  constructor(private readonly inner: Driver) {}
  read(key: string) { sleep(0); return this.inner.read(key); }
  write(key: string, value: string) { sleep(0); this.inner.write(key, value); }
}
class Repository {
  constructor(private readonly driver: Driver) {}
  save(key: string, value: string) { this.driver.write(key, value); return this; }
  find(key: string) { return this.driver.read(key); }
}
const local = new Repository(new MemoryDriver());
const remote = new Repository(new RemoteDriver(new MemoryDriver()));
let text: string | undefined;
atomic(() => {
  text = local.save("a", "1").find("a"); //~ safe: a Map
});
atomic(() => {
  text = remote.find("a"); //~ blocks: the driver sleeps
});
console.log(text);

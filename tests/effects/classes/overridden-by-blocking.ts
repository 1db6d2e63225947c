import { atomic, sleep } from "corona";

class Cache {
  get(key: string) {
    return this.load(key);
  }
  protected load(key: string) {
    return key;
  }
}
class RemoteCache extends Cache {
  protected override load(key: string) {
    sleep(0);
    return `remote ${key}`;
  }
}

const local = new Cache();
const remote = new RemoteCache();
atomic(() => {
  local.get("k"); //~ safe: its load returns the key
});
atomic(() => {
  remote.get("k"); //~ blocks: get calls the override of load, which sleeps
});

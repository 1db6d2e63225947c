import { atomic, sleep } from "corona";

class DiskStore {
  save(key: string) {
    sleep(0);
    return key;
  }
}
class MemoryStore {
  keys: string[] = [];
  save(key: string) {
    this.keys.push(key);
    return key;
  }
}

const disk = new DiskStore();
const memory = new MemoryStore();
atomic(() => {
  disk.save("a"); //~ blocks: the store on disk sleeps
  memory.save("a"); //~ safe: the store in memory appends
});

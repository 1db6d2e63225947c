import { atomic, sleep } from "corona";

class Disk {
  flush() { sleep(0); }
  size() { return 1; }
}
class Database {
  private disk = new Disk();
  checkpoint() { this.disk.flush(); }
  pages() { return this.disk.size(); }
}

const database = new Database();
atomic(() => {
  database.pages(); //~ safe: asks for a number
  database.checkpoint(); //~ blocks: flushes the disk
});

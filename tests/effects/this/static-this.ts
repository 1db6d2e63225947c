import { atomic, sleep } from "corona";

class Pool {
  static size = 0;
  static grow() { this.size++; this.settle(); }
  static shrink() { this.size--; }
  static settle() { sleep(0); }
}

atomic: {
  Pool.shrink(); //~ safe: decrements
  Pool.grow(); //~ blocks: this is the class, whose settle sleeps
}

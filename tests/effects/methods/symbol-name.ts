import { atomic, sleep } from "corona";

const flush = Symbol("flush");
const peek = Symbol("peek");
class Buffer {
  data: string[] = ["x"];
  [flush]() {
    this.data = [];
    sleep(0);
  }
  [peek]() {
    return this.data[0];
  }
}

const buffer = new Buffer();
atomic: {
  buffer[peek](); //~ safe: reads an element
  buffer[flush](); //~ blocks: sleeps
}

import { atomic, sleep } from "corona";

class Parent {
  static create() { sleep(0); return new this(); }
  static kind() { return "parent"; }
}
class Child extends Parent {
  static override create() { return super.create(); }
  static override kind() { return `${super.kind()} child`; }
}

atomic: {
  Child.kind(); //~ safe: strings
  Child.create(); //~ blocks: super.create sleeps
}

import { atomic, sleep } from "corona";

class A {
  hello() { return "a"; }
  slow() { sleep(0); return "a"; }
}
class B extends A {
  override hello() { return `b${super.hello()}`; }
}
class C extends B {
  override slow() { return `c${super.slow()}`; }
}

let text = "";
atomic(() => {
  text += new C().hello(); //~ safe: from B, then A; both return strings
  text += new C().slow(); //~ blocks: A's slow, through super
});
console.log(text);

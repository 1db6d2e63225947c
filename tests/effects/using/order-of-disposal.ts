import { nonblocking, sleep } from "corona";

// Resources are disposed of in reverse order, and a section that `nonblocking` begins is one of them.

class Lease {
  [Symbol.dispose]() {
    sleep(1);
  }
}

{
  using lease = new Lease(); //~ safe: the section has ended when this one is disposed of
  using _ = nonblocking();
  void lease;
}
{ using _ = nonblocking(); using lease = new Lease(); void lease; } //~ blocks: disposed of within the section

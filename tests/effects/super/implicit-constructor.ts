import { atomic, yieldNow } from "corona";

class Opened {
  constructor() { yieldNow(); }
}
class File extends Opened {
  path = "";
}
class Closed {}
class Path extends Closed {
  text = "";
}

atomic: {
  new Path(); //~ safe: nothing happens in either constructor
  new File(); //~ blocks: the constructor that is not written calls Opened's
}

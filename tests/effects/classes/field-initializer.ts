import { atomic, yieldNow } from "corona";

function ticket() {
  yieldNow();
  return 1;
}
class Visitor {
  number = ticket();
}
class Guest {
  number = 0;
}

atomic: {
  new Visitor(); //~ blocks: the field's initializer yields
  new Guest(); //~ safe: the field is a number
}

import { atomic, yieldNow } from "corona";

class Node {
  visitor?: (node: Node) => void;
  value = 1;
  accept(visitor: (node: Node) => void) { visitor(this); }
  pause() { yieldNow(); }
}

const node = new Node();
atomic(() => {
  node.accept((it) => { it.value++; }); //~ safe: the visitor increments
  node.accept((it) => it.pause()); //~ blocks: the visitor makes the node yield
});

import { atomic, yieldNow } from "corona";

interface Edit { apply(): void; revert(): void }
class History {
  private done: Edit[] = [];
  run(edit: Edit) { edit.apply(); this.done.push(edit); }
  undo() { this.done.pop()?.revert(); }
  get depth() { return this.done.length; }
}
const text: string[] = [];
class Insert implements Edit {
  constructor(private word: string) {}
  apply() { text.push(this.word); }
  revert() { text.pop(); yieldNow(); }
}

const history = new History();
atomic: {
  history.run(new Insert("a")); //~ safe: applying pushes
  history.depth; //~ safe: a getter that reads a length
  history.undo(); //~ blocks: reverting yields
}

import { atomic, yieldNow } from "corona";

interface Edit { apply(): void; revert(): void }
class History {
  #done: Edit[] = [];
  perform(edit: Edit) { edit.apply(); this.#done.push(edit); }
  undo() { this.#done.pop()?.revert(); }
}
class Insert implements Edit {
  constructor(private target: string[], private text: string) {}
  apply() { this.target.push(this.text); }
  revert() { this.target.pop(); }
}
class Upload implements Edit {
  apply() {}
  revert() { yieldNow(); }
}
const page: string[] = [];
const editor = new History();
editor.perform(new Insert(page, "x"));
const remote = new History();
remote.perform(new Upload());
atomic(() => {
  new History().perform(new Insert(page, "y")); //~ safe: pushes to arrays
});
atomic(() => {
  editor.undo(); //~ safe: the only edit in it pops
});
atomic(() => {
  remote.undo(); //~ blocks: reverting the upload yields
});
console.log(page.length);

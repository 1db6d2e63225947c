import { atomic, sleep } from "corona";

class View {
  toString() { return this.render(); }
  render() { return ""; }
}
class Remote extends View {
  render() { sleep(0); return "remote"; }
}
class Local extends View {
  render() { return "local"; }
}
class Failure extends Error {
  get message() { sleep(0); return "looked up"; }
}
const bound = { toString: function () { sleep(0); return "b"; }.bind(null) };
const lazy = { get toString() { sleep(0); return () => "l"; } };

function pad(text: string, value: unknown) { return text.padStart(9, value as string); }

let text: unknown;
atomic(() => {
  text = pad("a", new Local()); //~ safe: a constant
  text = pad("a", new Remote()); //~ blocks: the text is what render gives, which sleeps
  text = `${new Failure()}`; //~ blocks: the text of an error is made of its message
  text = `${bound}`; //~ blocks: calls what was bound
  text = `${lazy}`; //~ blocks: the method is read first, and the getter sleeps
});
console.log(text);

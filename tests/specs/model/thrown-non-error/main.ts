// Something that is no Error is reported, too.
import { spawn } from "corona";

spawn(() => {
  throw { toString() { throw 1; } };
}).then(undefined, (value) => console.log(typeof value));
spawn(() => {
  throw "a string";
});

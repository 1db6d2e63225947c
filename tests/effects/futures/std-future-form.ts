import { atomic, sleep } from "corona";
import { readTextFile } from "corona:fs";

let text = "";
atomic(() => {
  const nap = sleep.future(0); //~ safe: started, not waited for
  const file = readTextFile.future(import.meta.filename); //~ safe: started, not waited for
  text = file.get(); //~ blocks: waits for it
  nap.then(() => sleep(0)); //~ safe: the callback runs after the section
});
console.log(text.length > 0);

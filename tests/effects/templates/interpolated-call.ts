import { atomic, sleep } from "corona";

const title = () => "t";
const author = () => { sleep(0); return "a"; };

let text = "";
atomic(() => {
  text = `${title()} and ${title()}`; //~ safe: strings
  text = `${title()} by ${author()}`; //~ blocks: the second hole sleeps
});
console.log(text);

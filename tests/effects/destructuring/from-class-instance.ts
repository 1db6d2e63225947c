import { atomic, sleep } from "corona";

class Api {
  save = () => sleep(0);
  title = () => "api";
}
const { save, title } = new Api();

let text = "";
atomic: {
  text = title(); //~ safe: a string
  save(); //~ blocks: the field's function sleeps
}
console.log(text);

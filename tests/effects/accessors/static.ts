import { atomic, sleep } from "corona";

class Config {
  static get mode() { return "dev"; }
  static get remote() { sleep(0); return "r"; }
}

let mode = "";
atomic(() => {
  mode = Config.mode; //~ safe: a string
  mode = Config.remote; //~ blocks: the static getter sleeps
});
console.log(mode);

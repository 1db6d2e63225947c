import { atomic, sleep } from "corona";

class Config {
  #cache?: { region: string };
  get data() { return (this.#cache ??= Config.read()); }
  get name() { return "config"; }
  static read() { sleep(0); return { region: "eu" }; }
}
const config = new Config();
let text = "";
atomic(() => {
  text = config.name; //~ safe: a constant
  text += config.data.region; //~ blocks: reads it the first time
});
console.log(text);

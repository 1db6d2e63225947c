import { atomic, sleep } from "corona";

class Settings {
  private static instance?: Settings;
  static get(): Settings { return (this.instance ??= new Settings()); }
  private values = new Map<string, string>();
  private constructor() { sleep(0); }
  read(key: string) { return this.values.get(key); }
}
class Registry {
  private static instance?: Registry;
  static get(): Registry { return (this.instance ??= new Registry()); }
  size = 0;
}

atomic(() => {
  Registry.get(); //~ safe: makes an empty object
  Settings.get(); //~ blocks: the first one loads in its constructor
  Settings.get().read("a"); //~ blocks unreached: whoever comes first has to load; here somebody has
});

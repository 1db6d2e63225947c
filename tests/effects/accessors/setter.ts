import { atomic, sleep } from "corona";

class Setting {
  private stored = 0;
  set volume(value: number) { this.stored = value; }
  set persisted(value: number) { this.stored = value; sleep(0); }
}

const setting = new Setting();
atomic(() => {
  setting.volume = 3; //~ safe: stores
  setting.persisted = 4; //~ blocks: the setter sleeps
});

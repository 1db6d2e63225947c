import { atomic, sleep } from "corona";

class Button {
  private handlers: (() => void)[] = [];
  onClick(handler: () => void) { this.handlers.push(handler); }
  click() { for (const handler of this.handlers) handler(); }
}

const save = new Button();
save.onClick(() => sleep(0));
const help = new Button();
help.onClick(() => {});
atomic(() => {
  help.click(); //~ safe: its only handler does nothing
});
atomic(() => {
  save.click(); //~ blocks: its handler sleeps
});

import { atomic, sleep } from "corona";

interface Observer { update(price: number): void }
class Ticker {
  private observers: Observer[] = [];
  attach(observer: Observer) { this.observers.push(observer); }
  publish(price: number) { this.observers.forEach((observer) => observer.update(price)); }
}
class Display implements Observer {
  shown = 0;
  update(price: number) { this.shown = price; }
}
class Mailer implements Observer {
  update(_price: number) { sleep(0); }
}

const ticker = new Ticker();
ticker.attach(new Display());
ticker.attach(new Mailer());
const display = new Display();
atomic(() => {
  display.update(3); //~ safe: assigns
  ticker.publish(4); //~ blocks: one observer sends mail
});

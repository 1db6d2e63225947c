import { atomic, sleep } from "corona";

type Listener = (...args: unknown[]) => void;
class Emitter {
  private listeners: Record<string, Listener[]> = {};
  on(name: string, listener: Listener) {
    (this.listeners[name] ??= []).push(listener);
    return this;
  }
  once(name: string, listener: Listener) {
    const wrapped: Listener = (...args) => {
      this.off(name, wrapped);
      listener(...args);
    };
    return this.on(name, wrapped);
  }
  off(name: string, listener: Listener) {
    this.listeners[name] = (this.listeners[name] ?? []).filter((it) => it !== listener);
  }
  emit(name: string, ...args: unknown[]) {
    for (const listener of this.listeners[name] ?? []) listener(...args);
  }
}

const orders = new Emitter().on("paid", () => sleep(0));
const marks = new Emitter().once("seen", () => {});
atomic(() => {
  marks.emit("seen"); //~ safe: its only listener does nothing
});
atomic(() => {
  orders.emit("paid", 3); //~ blocks: the listener sleeps
});

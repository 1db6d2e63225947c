import { atomic, Channel, spawn } from "corona";

class Actor<M> {
  private inbox = new Channel<M>(8);
  constructor(private behave: (message: M) => void) {
    spawn(() => { for (const message of this.inbox) this.behave(message); });
  }
  tell(message: M) { this.inbox.send(message); }
  offer(message: M) { return this.inbox.trySend(message); }
  stop() { this.inbox.close(); }
}

const seen: string[] = [];
const actor = new Actor<string>((message) => { seen.push(message); });
atomic(() => {
  actor.offer("a"); //~ safe: only if there is room
  actor.tell("b"); //~ blocks: waits for room
  actor.stop(); //~ safe: closing does not wait
});

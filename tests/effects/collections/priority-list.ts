import { atomic, sleep } from "corona";

interface Entry { priority: number; run: () => void }
class Schedule {
  private entries: Entry[] = [];
  add(priority: number, run: () => void) {
    this.entries.push({ priority, run });
    this.entries.sort((a, b) => a.priority - b.priority);
  }
  next() { return this.entries.shift(); }
  size() { return this.entries.length; }
}

const schedule = new Schedule();
schedule.add(2, () => sleep(0));
schedule.add(1, () => sleep(0));
atomic(() => {
  schedule.size(); //~ safe: a number
  schedule.next()!.run(); //~ blocks: every entry sleeps
});

import { atomic, sleep } from "corona";

type Sink = (line: string) => void;
class Logger {
  constructor(private sinks: Sink[], private min = 1) {}
  private write(level: number, text: string) {
    if (level < this.min) return;
    for (const sink of this.sinks) sink(`${level} ${text}`);
  }
  debug(text: string) { this.write(0, text); }
  error(text: string) { this.write(2, text); }
}
const buffer: string[] = [];
const memory = new Logger([(line) => { buffer.push(line); }]);
const remote = new Logger([(line) => { buffer.push(line); sleep(0); }]);

atomic(() => {
  memory.error("a"); //~ safe: its sink appends
  remote.debug("b"); //~ blocks unreached: below the level now, but the level can be changed
});
atomic(() => {
  remote.error("c"); //~ blocks: its sink sleeps
});

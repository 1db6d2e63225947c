import { atomic, sleep } from "corona";

type Next = () => void;
type Handler = (req: { path: string }, res: { body: string }, next: Next) => void;
class App {
  private stack: Handler[] = [];
  use(handler: Handler): this { this.stack.push(handler); return this; }
  handle(path: string): string {
    const res = { body: "" };
    let index = 0;
    const next = () => { const layer = this.stack[index++]; if (layer) layer({ path }, res, next); };
    next();
    return res.body;
  }
}
const fast = new App().use((_req, _res, next) => next()).use((req, res) => { res.body = req.path; });
const slow = new App().use((_req, _res, next) => { sleep(0); next(); }).use((req, res) => { res.body = req.path; });
let body = "";
atomic(() => {
  body += fast.handle("/a"); //~ safe: two layers in memory
});
atomic(() => {
  body += slow.handle("/b"); //~ blocks: the first layer sleeps
});
console.log(body);

import { atomic, sleep } from "corona";

class Client {
  async get(path: string) { await null; return this.parse(path); }
  async head(path: string) { return this.parse(path); }
  private parse(path: string) { sleep(0); return path.length; }
}

const client = new Client();
let p: Promise<number> | undefined;
atomic(() => {
  p = client.get("/a"); //~ safe: parse comes after an await
  p = client.head("/a"); //~ blocks: parse comes before any await
});
console.log(await p);

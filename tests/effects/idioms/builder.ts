import { atomic, sleep } from "corona";

class RequestBuilder {
  private headers: [string, string][] = [];
  private path = "/";
  to(path: string) { this.path = path; return this; }
  header(name: string, value: string) { this.headers.push([name, value]); return this; }
  build() { return { path: this.path, headers: Object.fromEntries(this.headers) }; }
  send() { sleep(0); return this.build(); }
}

let request: unknown;
atomic(() => {
  request = new RequestBuilder().to("/a").header("x", "1").build(); //~ safe: puts an object together
  request = new RequestBuilder().to("/b").header("x", "1").send(); //~ blocks: sends
});
console.log(request !== undefined);

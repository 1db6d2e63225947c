// Headers as the Fetch standard has them.
function tell(fn) {
  try {
    console.log(fn());
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}

const headers = new Headers([["b", "1"], ["A", " 2\t"], ["b", "3"], ["Set-Cookie", "x"], ["set-cookie", "y"]]);
console.log([...headers], headers.get("B"), headers.get("c"), headers.getSetCookie(), headers.has("SET-COOKIE"));
headers.append("b", "4");
headers.set("a", "5");
headers.delete("set-cookie");
console.log([...headers.keys()].join(), [...headers.values()].join("|"), headers);
headers.forEach((value, name) => console.log(name, value));

// Iterators see changes.
const seen = [];
for (const [name] of headers) {
  seen.push(name);
  if (name === "a") headers.append("c", "new");
}
console.log(seen.join());

tell(() => [...new Headers({ x: 1, y: null })]);
tell(() => [...new Headers(new Map([["k", "v"]]))]);
tell(() => [...new Headers(new Headers({ q: "r" }))]);
tell(() => [...new Headers()]);
for (const init of [null, 5, [["a"]], [["a", "b", "c"]], ["ab"], { "a b": "c" }, { a: "b\r\nc" }, { a: "\u0100" }]) {
  tell(() => [...new Headers(init)]);
}
for (const call of [["append", "a"], ["get"], ["set", "", "x"], ["append", "é", "x"], ["set", "a", "x\0"]]) {
  tell(() => new Headers()[call[0]](...call.slice(1)));
}
console.log(Object.prototype.toString.call(headers), Object.keys(Headers.prototype).join());
console.log(Object.getPrototypeOf(headers.entries())[Symbol.toStringTag]);

// Responses and requests.
const cases = [
  () => new Response("x", { status: 199 }), () => new Response("x", { status: 600 }),
  () => new Response("x", { status: 204 }), () => new Response("x", { statusText: "a\nb" }),
  () => Response.redirect("http://x/", 200), () => Response.redirect("::"), () => Response.json(undefined),
  () => Response.error().status, () => Response.redirect("http://x/a").headers.get("location"),
  () => new Response().body, () => new Response("").text().get() === "", () => new Response(null).bodyUsed,
  () => new Request("http://x/", { method: "post" }).method, () => new Request("http://x/", { method: "patch" }).method,
  () => new Request("http://x/", { method: "CONNECT" }), () => new Request("http://x/", { method: "GET", body: "b" }),
  () => new Request("/relative"), () => new Request("http://u:p@x/"), () => new Request("http://x/", { redirect: "no" }),
  () => new Request("http://x/", { method: "POST", body: new ReadableStream() }),
  () => new Request(new Request("http://x/", { headers: { a: "b" } })).headers.get("a"),
  () => new Request("http://x/", { method: "POST", body: "b" }).headers.get("content-type"),
  () => new Request("http://x/#hash").url, () => new Response(Symbol("s")),
  () => new Response("a").body instanceof ReadableStream,
  () => new Response("\uFEFFbom").text().get(), () => new Response("[1").json().get(),
];
for (const fn of cases) tell(fn);
const response = new Response("body");
const copy = response.clone();
console.log(response.text().get(), copy.text().get(), response.bodyUsed);
tell(() => response.clone());
tell(() => response.text().get());
console.log(new Response("x", { status: 201, headers: { a: "b" } }));
console.log(new Request("http://x/y"));

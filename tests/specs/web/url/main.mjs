// URLs: parts, setters, the live query, bad input.
const url = new URL("http://user:pw@localhost:8080/a/./b/../c?x=1&y=%20a+b#h");
console.log(url);
url.searchParams.append("z", "é &");
url.searchParams.delete("x");
console.log(url.href);
url.search = "?q=1&q=2";
console.log(url.searchParams.getAll("q"), [...url.searchParams], url.searchParams.size);
url.port = "80";
url.host = "example.org:81";
url.hash = "";
url.pathname = "/ü x^";
url.protocol = "https";
url.username = "";
console.log(url.href, url.origin, String(url) === url.toJSON());
console.log(new URL("../x?y#z", "https://a.b/c/d/e").href, new URL("//h/p", "file:///x").href);
console.log(URL.canParse("nope"), URL.canParse("x", "http://a"), URL.parse("nope"), URL.parse("/p", "http://a").href);
for (const plain of ["http://a.b:8080/x?y=1", "https://localhost/", "http://127.0.0.1:3000/a.b/c~d"]) {
  console.log(new URL(plain).href === plain, new URL(plain).host, new URL(plain).pathname);
}
for (const other of ["http://a:80/", "http://a/b/../c", "http://a/%2e%2e/b", "HTTP://A/", "http://xn--x/", "http://1.2/", "http://a", "http://a/b c"]) {
  console.log(other, "->", URL.parse(other)?.href ?? "none");
}
try {
  new URL("not a url", "also not");
} catch (error) {
  console.log(error.name, error.code, error.message, error.input, error.base);
}
const params = new URLSearchParams({ b: 2, a: 1 });
params.append("a", "x y+z&=");
params.sort();
params.forEach((value, name) => console.log(name, value));
console.log(String(params), params.has("a", "1"), params, params.keys());
console.log(String(new URLSearchParams([["k", "v"], ["k", "%"]])), String(new URLSearchParams("?a=%ff&&b")));
for (const bad of [[["one"]], [1], 5n]) {
  try {
    console.log(String(new URLSearchParams(bad)));
  } catch (error) {
    console.log(error.name, error.code);
  }
}
console.log(new URL("non-special:/x").href, Object.assign(new URL("non-special:/x"), { pathname: "//y" }).href);

// A crawler: visits every page of a site that can be reached by links, several at once, and reports the broken ones.
//
//     corona run examples/crawler.ts http://localhost:8080/ [at-once]
//     corona run examples/crawler.ts                 visits a small site that it serves itself
//
// Every page is a task of one scope. The scope's limit says how many run at once; those that wait their turn hold no
// coroutine, so a site may have many pages. The scope ends when the last page has been seen.

import { scope, timeout, TimeoutError, type Scope } from "corona";
import { serve } from "corona:http";
import { args } from "corona:process";

const PAGE_MS_MAX = 10_000;

interface Page {
  url: string;
  /** Where the first link to it stands. */
  from: string;
  /** The status, or why there is none. */
  result: number | string;
  links: number;
}

const demo = args.length === 0 ? demoSite() : undefined;
const start = new URL(args[0] ?? demo!.url);
const atOnce = Number(args[1] ?? 8);

const begun = performance.now();
const pages = crawl(start, atOnce);
const broken = pages.filter(({ result }) => typeof result !== "number" || result >= 400);
for (const { url, from, result } of broken) console.log(`broken: ${url} (${result}), linked from ${from}`);
const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
console.error(`in ${seconds} s, at most ${atOnce} at once`);
console.log(`${pages.length} pages, ${broken.length} broken`);
demo?.close();

function crawl(start: URL, limit: number): Page[] {
  const pages = new Map<string, Page>();
  scope({ limit }, (s) => {
    enqueue(s, start, "the command line");
  });
  return [...pages.values()];

  function enqueue(s: Scope, url: URL, from: string) {
    url.hash = "";
    if (pages.has(url.href)) return;
    const page: Page = { url: url.href, from, result: "not visited", links: 0 };
    pages.set(url.href, page);
    s.spawn(visit, s, page);
  }

  function visit(s: Scope, page: Page) {
    let html;
    try {
      html = timeout(PAGE_MS_MAX, () => load(page));
    } catch (error) {
      page.result = error instanceof TimeoutError ? "no answer" : (error as Error).message;
      return;
    }
    for (const link of linksOf(html, page.url)) {
      page.links++;
      if (link.origin === start.origin) enqueue(s, link, page.url);
    }
  }
}

/** Fetches a page; its text if it is HTML. */
function load(page: Page): string {
  const response = fetch(page.url).get();
  page.result = response.status;
  const type = response.headers.get("content-type") ?? "";
  return type.startsWith("text/html") ? response.text().get() : "";
}

function* linksOf(html: string, base: string): Iterable<URL> {
  for (const [, href] of html.matchAll(/<a\s[^>]*?href\s*=\s*["']([^"']*)["']/gi)) {
    const url = URL.parse(href, base);
    if (url?.protocol === "http:" || url?.protocol === "https:") yield url;
  }
}

/** A site of forty pages, of which some are missing. */
function demoSite() {
  return serve({ hostname: "127.0.0.1", port: 0 }, (request) => {
    const number = Number(new URL(request.url).pathname.slice(1) || "0");
    if (!(number < 40) || number % 13 === 12) return new Response("Not found", { status: 404 });
    const links = [number * 2 + 1, number * 2 + 2].filter((n) => n < 41);
    const html = links.map((n) => `<a href="/${n}">page ${n}</a>`).join("\n") + '<a href="/#top">top</a>';
    return new Response(html, { headers: { "content-type": "text/html" } });
  });
}

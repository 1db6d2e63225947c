// The grammar injection, run by the engine that VS Code uses.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";

const require = createRequire(import.meta.url);
const oniguruma = require("vscode-oniguruma");
const textmate = require("vscode-textmate");

const HOST = "source.ts";
const INJECTION = "corona.atomic.injection";

// A stand-in for the grammar of TypeScript: what matters to the injection is where strings and comments are.
const host = {
  scopeName: HOST,
  patterns: [
    { name: "comment.line", match: "//.*$" },
    { name: "string.quoted", begin: '"', end: '"' },
    { name: "string.template", begin: "`", end: "`" },
  ],
};

async function grammar() {
  const wasm = readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm"));
  await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
  const injection = JSON.parse(readFileSync(new URL("../syntaxes/atomic.tmLanguage.json", import.meta.url), "utf8"));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (sources) => new oniguruma.OnigScanner(sources),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scope) => (scope === HOST ? host : injection),
    getInjections: (scope) => (scope === HOST ? [INJECTION] : undefined),
  });
  return await registry.loadGrammar(HOST);
}

/** Which words are coloured as the keyword. */
function keywords(grammar, text) {
  const found = [];
  let stack = textmate.INITIAL;
  for (const line of text.split("\n")) {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, stack);
    stack = ruleStack;
    for (const token of tokens) {
      if (token.scopes.some((scope) => scope.startsWith("keyword.control.atomic"))) {
        found.push(line.slice(token.startIndex, token.endIndex));
      }
    }
  }
  return found;
}

test("the labelled block is coloured, and nothing else of that name", async () => {
  const it = await grammar();
  for (const text of ["atomic: {", "  atomic : { x++; }", "f(); atomic: { }", "if (a) { atomic: { } }", "atomic:"]) {
    assert.deepEqual(keywords(it, text), ["atomic"], text);
  }
  for (const text of ["atomic(() => {})", "// atomic: {", '" atomic: {"', "`\natomic: {\n`", "x = y ? atomic : {}", "nonatomic: {", "atomic: 1,"]) {
    assert.deepEqual(keywords(it, text), [], text);
  }
});

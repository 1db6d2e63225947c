import { atomic, sleep } from "corona";

function expression(tokens: string[]): number {
  let value = term(tokens);
  while (tokens[0] === "+") { tokens.shift(); value += term(tokens); }
  return value;
}
function term(tokens: string[]): number {
  let value = factor(tokens);
  while (tokens[0] === "*") { tokens.shift(); value *= factor(tokens); }
  return value;
}
function factor(tokens: string[]): number {
  const token = tokens.shift();
  if (token === "(") {
    const value = expression(tokens);
    tokens.shift();
    return value;
  }
  return Number(token);
}
function interactive(tokens: string[]): number {
  if (tokens.length === 0) { sleep(0); return 0; }
  return expression(tokens) + interactive(tokens);
}

let n = 0;
atomic(() => {
  n = expression(["(", "1", "+", "2", ")", "*", "3"]); //~ safe: a parser in memory
  n = interactive(["1"]); //~ blocks: sleeps when the tokens have run out
});
console.log(n);

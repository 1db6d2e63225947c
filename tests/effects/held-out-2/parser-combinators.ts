import { atomic, sleep } from "corona";

type Parser<T> = (text: string, at: number) => [T, number] | undefined;
const char = (wanted: string): Parser<string> => (text, at) => text[at] === wanted ? [wanted, at + 1] : undefined;
const map = <A, B>(parser: Parser<A>, by: (value: A) => B): Parser<B> => (text, at) => {
  const found = parser(text, at);
  return found && [by(found[0]), found[1]];
};
const either = <A>(...parsers: Parser<A>[]): Parser<A> => (text, at) => {
  for (const parser of parsers) {
    const found = parser(text, at);
    if (found) return found;
  }
  return undefined;
};
const many = <A>(parser: Parser<A>): Parser<A[]> => (text, at) => {
  const values: A[] = [];
  for (let found; (found = parser(text, at)); at = found[1]) values.push(found[0]);
  return [values, at];
};
const letters = many(either(char("a"), char("b")));
const traced = many(map(char("a"), (value) => { sleep(0); return value; }));
let count = 0;
atomic(() => {
  count += letters("abba", 0)![0].length; //~ safe: compares characters
});
atomic(() => {
  count += traced("aa", 0)![0].length; //~ blocks: what maps the character sleeps
});
console.log(count);

import { atomic, sleep } from "corona";

function* tokenize(source: Iterable<string>) {
  let word = "";
  for (const letter of source) {
    if (letter === " ") {
      if (word) yield word;
      word = "";
    } else word += letter;
  }
  if (word) yield word;
}
function* slowly(text: string) {
  for (const letter of text) {
    sleep(0);
    yield letter;
  }
}

let words: string[] = [];
atomic(() => {
  words = [...tokenize("a bc")]; //~ safe: letters of a string
});
atomic(() => {
  words = [...tokenize(slowly("a b"))]; //~ blocks: the letters arrive one after the other
});
console.log(words.length);

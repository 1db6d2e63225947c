import { atomic, sleep } from "corona";

class Token {
  private constructor(readonly text: string) {}
  static parse(text: string) {
    return new Token(text.trim());
  }
  static fetch() {
    sleep(0);
    return new this("fetched");
  }
}

let token: Token | undefined;
atomic: {
  token = Token.parse(" a "); //~ safe: trims
  token = Token.fetch(); //~ blocks: sleeps before it makes one
}
console.log(token.text);

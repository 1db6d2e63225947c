import { atomic, sleep } from "corona";

class Model {
  get id() { return 1; }
  get owner() { sleep(0); return "o"; }
}
class Post extends Model {
  title() { return `${this.id}`; }
  byline() { return `by ${this.owner}`; }
}

const post = new Post();
atomic(() => {
  post.title(); //~ safe: its getter gives 1
  post.byline(); //~ blocks: the inherited getter sleeps
});

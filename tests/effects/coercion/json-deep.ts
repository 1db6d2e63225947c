import { atomic, sleep } from "corona";

class User { toJSON() { sleep(0); return "user"; } }
class Name { toJSON() { return "name"; } }
interface Node { name: Name; next?: Node }
const list: Node = { name: new Name() };
list.next = { name: new Name(), next: { name: new Name() } };

atomic(() => {
  JSON.stringify({ page: { list: [{ of: { user: new User() } }] } }); //~ blocks: six levels down one writes itself, and sleeps
  JSON.stringify(list); //~ safe: no name of the list sleeps
});

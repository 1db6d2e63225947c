import { atomic, yieldNow } from "corona";

abstract class Importer {
  run(rows: string[]) {
    for (const row of rows) this.handle(row);
    return rows.length;
  }
  abstract handle(row: string): void;
}
class PoliteImporter extends Importer {
  handle(row: string) {
    if (row !== "") yieldNow();
  }
}
class EagerImporter extends Importer {
  rows: string[] = [];
  handle(row: string) {
    this.rows.push(row);
  }
}

let n = 0;
atomic: {
  n += new PoliteImporter().run(["a", "b"]); //~ blocks: handle yields for each row
  n += new EagerImporter().run(["a", "b"]); //~ safe: handle appends
}
console.log(n);

import { writeFile } from "corona:fs";
export class Store {
  items = new Map<string, string>();
  save(name: string) { this.persist(name); }
  private persist(name: string) {
    writeFile("/tmp/" + name, this.items.get(name) ?? "");
  }
}

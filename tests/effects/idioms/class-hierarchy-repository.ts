import { atomic, sleep } from "corona";

interface Entity { id: number }
abstract class Repository<T extends Entity> {
  find(id: number): T | undefined { return this.load(id); }
  save(entity: T): void { this.validate(entity); this.store(entity); }
  protected validate(entity: T) { if (entity.id < 0) throw new RangeError("id"); }
  protected abstract load(id: number): T | undefined;
  protected abstract store(entity: T): void;
}
class InMemory<T extends Entity> extends Repository<T> {
  private rows = new Map<number, T>();
  protected load(id: number) { return this.rows.get(id); }
  protected store(entity: T) { this.rows.set(entity.id, entity); }
}
class Sql<T extends Entity> extends Repository<T> {
  protected load(id: number) { sleep(0); return { id } as T; }
  protected store(_entity: T) { sleep(0); }
}
class Mirrored<T extends Entity> extends InMemory<T> {
  protected override store(entity: T) { super.store(entity); sleep(0); }
}

const memory = new InMemory();
const sql = new Sql();
const mirrored = new Mirrored();
atomic(() => {
  memory.save({ id: 1 }); //~ safe: a Map
  memory.find(1); //~ safe: a Map
});
atomic(() => {
  sql.find(1); //~ blocks: load of the database sleeps
  mirrored.find(1); //~ safe: load is inherited from the one in memory
  mirrored.save({ id: 2 }); //~ blocks: storing is mirrored, which sleeps
});

import { atomic, sleep } from "corona";

class Transaction {
  private log: string[] = [];
  insert(row: string) { this.log.push(row); }
  commit() { sleep(0); }
  rollback() { this.log.length = 0; }
}
function transact<T>(body: (tx: Transaction) => T): T {
  const tx = new Transaction();
  try {
    const result = body(tx);
    tx.commit();
    return result;
  } catch (error) {
    tx.rollback();
    throw error;
  }
}

const manual = new Transaction();
atomic(() => {
  manual.insert("a"); //~ safe: appends
  manual.rollback(); //~ safe: empties
  transact((tx) => tx.insert("b")); //~ blocks: commits at the end
});

import { atomic, sleep } from "corona";

const save = function saveRecord(record: { id: number }) {
  record.id++;
  sleep(0);
};
const bump = function bumpRecord(record: { id: number }) {
  record.id++;
};

const record = { id: 1 };
atomic(() => {
  save(record); //~ blocks: the function expression sleeps
  bump(record); //~ safe: only increments
});

import { atomic, sleep } from "corona";

const api = {
  v1: { users: { list: () => [] as string[], sync: () => sleep(0) } },
};

atomic(() => {
  api.v1.users.list(); //~ safe: gives an empty list
  api.v1.users.sync(); //~ blocks: sleeps
});

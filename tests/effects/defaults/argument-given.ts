import { atomic, sleep } from "corona";

class Repository {
  constructor() {
    sleep(1);
  }
}

class Service {
  constructor(readonly repository: object = new Repository()) {}
}

const fake = { find: () => [] };

function connect(host: string, delay: number | void | null = sleep(1)) {
  return [host, delay];
}

function retry({ times = 1, pause = () => sleep(1) } = {}) {
  if (times > 0) pause();
}

atomic(() => {
  new Service(fake); //~ safe: another repository is given
  new Service({}); //~ safe: another repository is given
  connect("a", 5); //~ safe: a delay is given
  connect("a", null); //~ safe: null is given, and that is not undefined
  connect("a"); //~ blocks: the default waits
  connect("a", undefined); //~ blocks: undefined is as good as nothing
  retry(); //~ blocks: the default pauses
  retry({ times: 1 }); //~ blocks: the default of one of them pauses
  new Service(); //~ blocks: the default asks
});

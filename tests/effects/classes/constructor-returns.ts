import { atomic, sleep } from "corona";

class Connection {
  static open: Connection | undefined;
  constructor() {
    if (Connection.open) return Connection.open;
    Connection.open = this;
  }
  query() {
    sleep(1);
  }
}

class Quiet {
  query() {}
}

class Substituted {
  constructor() {
    return new Connection() as unknown as Substituted;
  }
  query() {}
}

class Muted {
  constructor() {
    return new Quiet() as unknown as Muted;
  }
  query() {
    sleep(1);
  }
}

new Connection();
atomic(() => {
  new Connection().query(); //~ blocks: the one that was made first
  new Substituted().query(); //~ blocks: a Connection is returned instead
  new Muted().query(); //~ safe: a Quiet is returned instead
});

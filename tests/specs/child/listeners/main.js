import { spawn } from "corona:child";
import { serve } from "corona:http";
import { listen } from "corona:net";
import { env } from "corona:process";

const web = serve({ port: 0, hostname: "127.0.0.1" }, () => new Response());
const raw = listen({ port: 0, hostname: "127.0.0.1" });
const handOver = (listeners, command = "true", options = {}) => spawn(command, [], { listeners, ...options });
const failure = (...args) => {
  try {
    handOver(...args);
  } catch (error) {
    console.log(error.code, error.message);
  }
};

// What a shell sees: it is meant, in order, from descriptor 3 on; what was there of these variables is gone.
{
  const script = 'test $LISTEN_PID = $$ && echo "$LISTEN_FDS $LISTEN_FDNAMES $OTHER"; cd /proc/$$/fd; echo *; readlink 3 4';
  const child = spawn("sh", ["-c", script], {
    listeners: { web, "a name": raw },
    env: { PATH: env.PATH, OTHER: "kept", LISTEN_FDS: 7, LISTEN_FDNAMES: "x", LISTEN_PID: 1 },
  });
  console.log(child.stdout.text().replaceAll(/\[\d+\]/g, "[N]"), child.wait());
}
// As for every child: nothing is ignored, the folder and the standard streams are those asked for.
{
  const child = spawn("sh", ["-c", "cat; pwd; kill -PIPE $$"], { listeners: { web }, cwd: "/usr" });
  child.stdin.write("through\n");
  child.stdin.close();
  console.log(child.stdout.text(), child.wait());
}
{
  const child = spawn("sleep", ["100"], { listeners: { web }, detached: true });
  child.close();
  console.log(child.wait());
}
// Nobody else gets them.
console.log(spawn("sh", ["-c", 'echo "${LISTEN_FDS-none}"; cd /proc/$$/fd; echo *']).stdout.text());

failure({ web }, "corona-no-such-command");
failure({ web }, "/etc/passwd");
failure({ web }, "true", { cwd: "/no/such/folder" });
failure({ web: 3 });
failure({ web: {} });
failure([web]);
failure({ "a:b": web });
failure("web");
raw.close();
failure({ web, raw });
web.close();
failure({ web });

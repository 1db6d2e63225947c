import { atomic, sleep } from "corona";
import { env } from "corona:process";

interface Source { get(key: string): string | undefined }
const environment: Source = { get: (key) => env[key] };
const defaults: Source = { get: (key) => ({ port: "80" })[key] };
const remote: Source = { get(_key) { sleep(0); return "remote"; } };
function layered(...sources: Source[]): Source {
  return {
    get(key) {
      for (const source of sources) {
        const value = source.get(key);
        if (value !== undefined) return value;
      }
      return undefined;
    },
  };
}

const local = layered(environment, defaults);
const all = layered(environment, remote, defaults);
atomic(() => {
  local.get("port"); //~ safe: the environment and a constant
});
atomic(() => {
  all.get("timeout"); //~ blocks: the second layer asks somebody
});

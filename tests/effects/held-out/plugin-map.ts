import { atomic, sleep } from "corona";

interface Plugin { name: string; setup?(): void; transform(text: string): string }
const plugins = new Map<string, Plugin>();
const register = (plugin: Plugin) => void plugins.set(plugin.name, plugin);
register({ name: "trim", transform: (text) => text.trim() });
register({ name: "fetch", transform: (text) => { sleep(0); return text; } });
const transform = (text: string) => [...plugins.values()].reduce((result, plugin) => plugin.transform(result), text);
let text = "";
atomic(() => {
  for (const plugin of plugins.values()) plugin.setup?.(); //~ safe: no plugin has a setup
  text = transform(" a "); //~ blocks: one of the plugins sleeps
});
console.log(text);

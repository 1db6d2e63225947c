// node: asks node:os and node:tty for colours
import { Chalk } from "chalk";
import { show } from "./show.js";

const chalk = new Chalk({ level: 3 });
const text = (string) => JSON.stringify(string);
show("simple", text(chalk.red("x") + chalk.bold.underline.bgBlue("y")));
show("nested", text(chalk.green(`a ${chalk.red("b")} c`)));
show("lines", text(chalk.blue("a\nb")));
show("rgb", text(chalk.rgb(1, 2, 3).bgHex("#aabbcc")("z")));
show("ansi256", text(new Chalk({ level: 2 }).hex("#ff8800")("z")));
show("basic", text(new Chalk({ level: 1 }).hex("#ff8800")("z")));
show("off", text(new Chalk({ level: 0 }).red.visible("x")));

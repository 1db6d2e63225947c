import { render } from "mini";
interface Props { name: string; children?: unknown }
function Hello({ name, children }: Props) { return <p class="hello" data-n={1}>Hello, {name}{children}</p>; }
const props = { id: "a" };
console.log(render(<div key="k" {...props}><Hello name="Ann">!</Hello><></><input disabled /> &amp; text</div>));
const generic = <T,>(value: T) => <b>{String(value)}</b>;
console.log(render(generic(5)));

import { atomic, sleep } from "corona";

interface Context { path: string; user?: string; body?: string }
type Next = () => void;
type Middleware = (context: Context, next: Next) => void;

function compose(stack: Middleware[]) {
  return (context: Context) => {
    const dispatch = (i: number): void => {
      const layer = stack[i];
      if (layer) layer(context, () => dispatch(i + 1));
    };
    dispatch(0);
  };
}
const authenticate: Middleware = (context, next) => { sleep(0); context.user = "ann"; next(); };
const tag: Middleware = (context, next) => { context.path += "!"; next(); };
const answer: Middleware = (context) => { context.body = context.path; };

const open = compose([tag, answer]);
const guarded = compose([tag, authenticate, answer]);
atomic(() => {
  open({ path: "/a" }); //~ safe: two layers that assign
});
atomic(() => {
  guarded({ path: "/b" }); //~ blocks: the second layer asks who it is
});

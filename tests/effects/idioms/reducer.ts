import { atomic, yieldNow } from "corona";

type Action = { type: "add"; n: number } | { type: "sync" };
type State = { n: number };
type Reducer = (state: State, action: Action) => State;
function createStore(reducer: Reducer, ...middleware: ((action: Action) => void)[]) {
  let state: State = { n: 0 };
  return {
    dispatch(action: Action) {
      for (const run of middleware) run(action);
      state = reducer(state, action);
    },
    getState: () => state,
  };
}
const reducer: Reducer = (state, action) => (action.type === "add" ? { n: state.n + action.n } : state);
const plain = createStore(reducer);
const synced = createStore(reducer, (action) => { if (action.type === "sync") yieldNow(); });

atomic: {
  plain.dispatch({ type: "add", n: 1 }); //~ safe: no middleware
  plain.getState(); //~ safe: reads
}
atomic: {
  synced.dispatch({ type: "sync" }); //~ blocks: the middleware yields
}

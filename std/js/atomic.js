// Module "corona:atomic": what the compiler turns the labelled block `atomic: { … }` into. Programs do not import it.

export { enter, leave } from "internal:model/atomic";

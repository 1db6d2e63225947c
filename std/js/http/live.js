// Requests that are being answered, for the modules that share them: corona:http, and corona:websocket, which takes
// some over.

/** By place of the exchange: what is being answered there. */
export const live = { ids: [], requests: [], coroutines: [] };

/** The part of an exchange's number that is its place in the table. */
export const INDEX = (1 << 20) - 1;

/** Requests whose connection is no HTTP any more: what is to be called when their handler has ended. */
export const upgraded = new Map();

/** Errors that say what was wrong with a request, and the response that tells its client: status, headers. */
export const refusals = new WeakMap();

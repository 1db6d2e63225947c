//! `corona lsp`: the language server protocol over standard input and output. The only place that names types of the
//! protocol; every answer comes from the compiler's `Ide`, in offsets of bytes.
//!
//! Three threads: `transport` reads, `server` (the main one) keeps the order of things and answers what needs no
//! thinking, `worker` owns the programs and thinks. So a request can be cancelled while something else is worked on.

mod capabilities;
mod convert;
mod markup;
mod position;
mod projects;
mod queue;
mod requests;
mod server;
mod transport;
mod worker;

use std::process::ExitCode;

/// Serves one client, until it says `exit` or is gone.
pub(crate) fn serve() -> ExitCode {
    ExitCode::from(server::serve())
}

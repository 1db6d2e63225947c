//! What the commands take from their process: standard streams, the environment, the working directory.

use corona_compiler::{FileSystem, Overlay};
use std::io::{BufWriter, IsTerminal, Read, Write};
use std::path::PathBuf;
use std::sync::Arc;

/// What a program from standard input is called, in the working directory.
pub(crate) const STDIN_NAME: &str = "[stdin].ts";

/// Writes to standard output. Whoever reads may have seen enough: `corona types | head`.
pub(crate) fn print(text: &str) -> Result<(), String> {
    print_bytes([text.as_bytes()])
}

/// The same for bytes, in pieces.
pub(crate) fn print_bytes<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Result<(), String> {
    let mut output = BufWriter::new(std::io::stdout().lock());
    let written = pieces.into_iter().try_for_each(|piece| output.write_all(piece));
    match written.and_then(|()| output.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(format!("cannot write to standard output: {error}"))
        }
        _ => Ok(()),
    }
}

/// Writes a line to standard error. Where nobody can be told, the exit code has to do.
pub(crate) fn tell(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// All of standard input; `what` it is, for the message of a failure.
pub(crate) fn read_input(what: &str) -> Result<Vec<u8>, String> {
    let mut text = Vec::new();
    let read = std::io::stdin().read_to_end(&mut text);
    read.map_err(|error| format!("cannot read {what}: {error}"))?;
    Ok(text)
}

/// The files, and among them standard input under its name in the working directory.
pub(crate) fn with_input(files: Arc<dyn FileSystem>, what: &str) -> Result<Arc<dyn FileSystem>, String> {
    let text = read_input(&format!("{what} from standard input"))?;
    let overlay = Overlay::new(files);
    overlay.set(&working_directory()?.join(STDIN_NAME), Some(text));
    Ok(Arc::new(overlay))
}

pub(crate) fn working_directory() -> Result<PathBuf, String> {
    std::env::current_dir().map_err(|error| format!("no working directory: {error}"))
}

/// Whether what is written to `stream` may have colours.
pub(crate) fn colored(stream: &impl IsTerminal) -> bool {
    color().unwrap_or_else(|| stream.is_terminal())
}

/// What the environment says about colours: <https://no-color.org>, and FORCE_COLOR as Node has it.
pub(crate) fn color() -> Option<bool> {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if set("NO_COLOR") {
        return Some(false);
    }
    let force = std::env::var_os("FORCE_COLOR")?;
    Some(force != "0")
}

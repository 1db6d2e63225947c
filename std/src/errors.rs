//! The stable codes of errors a user can meet. Each has a section in `std/errors.md` and a spec case that produces it.
//! Errors of the operating system keep their own codes (`ECONNREFUSED`, `ENOENT`), as in Node.

/// What each code means, a section each.
pub const PAGE: &str = include_str!("../errors.md");

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        $($(#[$doc])* pub const $name: &str = $code;)*
        /// Every code, in order.
        pub const ALL: &[&str] = &[$($code),*];
    };
}

codes! {
    /// An argument has the wrong type or is out of range.
    INVALID_ARGUMENT = "CORONA1001";
    /// A call that may block, where nothing may block.
    WOULD_BLOCK = "CORONA1002";
    /// The task that made the call was cancelled.
    CANCELLED = "CORONA1003";
    /// No more coroutines can be made.
    TOO_MANY_COROUTINES = "CORONA1004";
    /// Every coroutine waits, and nothing can wake one.
    DEADLOCK = "CORONA1005";
    /// A time limit was reached.
    TIMEOUT = "CORONA1006";
    /// The socket, file, channel or process was closed before.
    CLOSED = "CORONA1007";
    /// The other side sent something that is not valid in the protocol.
    PROTOCOL = "CORONA1008";
    /// A header, line or body is larger than its limit.
    TOO_LARGE = "CORONA1009";
    /// A file could not be read as a module: it does not exist, is a directory, is not UTF-8.
    UNREADABLE_MODULE = "CORONA1010";
    /// The source text is not valid JavaScript, TypeScript, JSX or JSON.
    SYNTAX = "CORONA1011";
    /// A specifier leads to no module.
    UNRESOLVED_MODULE = "CORONA1012";
    /// Not supported yet.
    UNSUPPORTED = "CORONA1013";
    /// A command that was run with `check` ended with an exit code other than 0, or by a signal.
    COMMAND_FAILED = "CORONA1014";
    /// No listening socket of that name was handed to the process.
    NOT_INHERITED = "CORONA1015";
    /// `corona.json` says something that it cannot say.
    CONFIGURATION = "CORONA1020";
    /// `tsconfig.json` cannot be understood.
    UNREADABLE_SETTINGS = "CORONA1021";
    /// An import names what the module does not export.
    MISSING_EXPORT = "CORONA1030";
    /// Several `export *` pass on different things under one name.
    AMBIGUOUS_EXPORT = "CORONA1031";
    /// Modules pass an export on to one another, and none has it.
    CIRCULAR_EXPORT = "CORONA1032";
    /// `require` of a module that waits at its top level.
    REQUIRED_AWAIT = "CORONA1033";
    /// An option of a build makes no sense.
    BUILD_OPTION = "CORONA1034";
    /// Lint blocking-in-atomic.
    BLOCKING_IN_ATOMIC = "CORONA2001";
    /// Lint suspension-in-atomic.
    SUSPENSION_IN_ATOMIC = "CORONA2002";
    /// Lint blocking-escape.
    BLOCKING_ESCAPE = "CORONA2003";
    /// Lint broken-contract.
    BROKEN_CONTRACT = "CORONA2004";
    /// Lint unawaited-task.
    UNAWAITED_TASK = "CORONA2005";
    /// Lint empty-atomic.
    EMPTY_ATOMIC = "CORONA2006";
    /// Lint check-then-act.
    CHECK_THEN_ACT = "CORONA2007";
    /// Lint useless-suppression.
    USELESS_SUPPRESSION = "CORONA2008";
    /// Lint malformed-suppression.
    MALFORMED_SUPPRESSION = "CORONA2009";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_documented() {
        for code in ALL {
            assert!(PAGE.contains(&format!("## {code}")), "{code} has no section in std/errors.md");
        }
    }
}

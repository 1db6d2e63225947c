//! What is known of a Future where it is asked for its value.

/// Whether a Future is known to be settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Settled {
    No,
    /// If no other module than this one changes what is held where it was read from.
    Here,
    Yes,
}

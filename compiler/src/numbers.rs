//! Numbers that stand for things: an index with a type of its own, so that one kind is not taken for another.

/// Defines number types.
macro_rules! numbers {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub(crate) struct $name(pub(crate) u32);

        impl $name {
            pub(crate) fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

/// Gives number types a value for "none".
macro_rules! with_none {
    ($($name:ident),*) => {$(
        impl $name {
            pub(crate) const NONE: $name = $name(u32::MAX);

            #[allow(dead_code, reason = "some kinds are only given this value")]
            pub(crate) fn is_none(self) -> bool {
                self == $name::NONE
            }
        }
    )*};
}

pub(crate) use {numbers, with_none};

//! Values of a module: variables, and results of expressions.

use super::FunctionId;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum ValueKind {
    Temporary,
    Const,
    Let,
    Param,
    /// A declared function or class.
    Declared,
    Import,
    Global,
    This,
    /// What a `catch` caught.
    Caught,
    /// What was sent into a generator.
    Sent,
}

/// In one word, because there are millions: the owner, and below it the kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Value(u32);

impl Value {
    const KIND_BITS: u32 = 4;
    const KINDS: [ValueKind; 10] = [
        ValueKind::Temporary,
        ValueKind::Const,
        ValueKind::Let,
        ValueKind::Param,
        ValueKind::Declared,
        ValueKind::Import,
        ValueKind::Global,
        ValueKind::This,
        ValueKind::Caught,
        ValueKind::Sent,
    ];

    pub(crate) fn new(owner: FunctionId, kind: ValueKind) -> Value {
        // So many functions do not fit into a text of 1 GiB.
        debug_assert!(owner.0 < 1 << (32 - Value::KIND_BITS), "the number fits");
        Value(owner.0 << Value::KIND_BITS | kind as u32)
    }

    /// The function that it is a variable of: it exists once for each call of that.
    pub(crate) fn owner(self) -> FunctionId {
        FunctionId(self.0 >> Value::KIND_BITS)
    }

    pub(crate) fn kind(self) -> ValueKind {
        Value::KINDS[(self.0 & ((1 << Value::KIND_BITS) - 1)) as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::{FunctionId, Value};

    #[test]
    fn values_say_whose_they_are_and_of_which_kind() {
        for kind in Value::KINDS {
            for owner in [0, 1, (1 << (32 - Value::KIND_BITS)) - 1] {
                let value = Value::new(FunctionId(owner), kind);
                assert_eq!((value.owner(), value.kind()), (FunctionId(owner), kind));
            }
        }
    }
}

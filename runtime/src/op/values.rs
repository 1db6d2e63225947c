//! Values that cross between JavaScript and ops, beyond numbers, strings, options, tuples and lists.

/// Bytes. As an argument: a copy of an `ArrayBuffer` or a view of one. As a result: a `Uint8Array` that takes over the
/// memory without a copy.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Bytes(pub Vec<u8>);

/// Text or bytes; a result only.
pub(crate) enum Data {
    Text(String),
    Bytes(Bytes),
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Bytes {
        Bytes(bytes)
    }
}

impl std::ops::Deref for Bytes {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        &self.0
    }
}

/// The caller's own buffer, to fill or to read without a copy; an argument only. It keeps the memory alive, and
/// JavaScript may change its contents at any time: so bytes are copied out and in, never borrowed.
pub(crate) struct Shared {
    pub(crate) _memory: Box<dyn std::any::Any>,
    pub(crate) start: *mut u8,
    pub(crate) len: usize,
}

impl Shared {
    /// Length in bytes.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// Copies as much of `bytes` as fits to the start of the buffer and returns how much that was.
    pub(crate) fn copy_from(&self, bytes: &[u8]) -> usize {
        let count = bytes.len().min(self.len);
        // SAFETY: invariant 15 (`start..start+len` is inside the backing store that `_memory` keeps alive; only this
        // thread writes there, and no reference to it exists).
        unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), self.start, count) };
        count
    }

    /// A copy of the whole buffer.
    pub(crate) fn to_vec(&self) -> Vec<u8> {
        let mut bytes = vec![0; self.len];
        // SAFETY: invariant 15, as in `copy_from`.
        unsafe { std::ptr::copy_nonoverlapping(self.start, bytes.as_mut_ptr(), self.len) };
        bytes
    }
}

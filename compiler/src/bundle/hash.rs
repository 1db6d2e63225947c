//! Hashes of contents, for names of files: the same on every machine.

const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;

/// FNV-1a of 128 bits over eight bytes at a time.
#[derive(Clone, Copy)]
pub(super) struct Hash(u128);

impl Hash {
    pub(super) fn new() -> Hash {
        Hash(OFFSET)
    }

    pub(super) fn add(&mut self, bytes: &[u8]) {
        let mut chunks = bytes.chunks_exact(8);
        for chunk in &mut chunks {
            let word = chunk.iter().fold(0u128, |word, byte| word << 8 | u128::from(*byte));
            self.0 = (self.0 ^ word).wrapping_mul(PRIME);
            self.0 ^= self.0 >> 67;
        }
        for byte in chunks.remainder() {
            self.0 = (self.0 ^ u128::from(*byte)).wrapping_mul(PRIME);
        }
        self.0 = (self.0 ^ bytes.len() as u128).wrapping_mul(PRIME);
    }

    /// Eight letters and digits.
    pub(super) fn text(self) -> String {
        const DIGITS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        let mut rest = self.0 ^ self.0 >> 64;
        let digit = |rest: &mut u128| {
            let digit = DIGITS[(*rest & 31) as usize];
            *rest >>= 5;
            char::from(digit)
        };
        (0..LENGTH).map(|_| digit(&mut rest)).collect()
    }
}

/// Characters of a hash in a name.
pub(super) const LENGTH: usize = 8;

pub(super) fn of(bytes: &[u8]) -> String {
    of_pieces([bytes])
}

/// Of what stands in pieces; in others it has another hash.
pub(super) fn of_pieces<T: AsRef<[u8]>>(pieces: impl IntoIterator<Item = T>) -> String {
    let mut hash = Hash::new();
    pieces.into_iter().for_each(|piece| hash.add(piece.as_ref()));
    hash.text()
}

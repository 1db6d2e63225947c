//! What stands in a file that is to be written.

/// Bytes, in pieces that follow one another. A bundle is as long as all of its modules together: to join them would be to
/// copy it once more.
#[derive(Debug, Clone, Default)]
pub struct Contents {
    pieces: Vec<Vec<u8>>,
}

impl Contents {
    pub fn pieces(&self) -> impl Iterator<Item = &[u8]> + Clone {
        self.pieces.iter().map(Vec::as_slice)
    }

    /// How many bytes there are.
    pub fn len(&self) -> usize {
        self.pieces.iter().map(Vec::len).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A copy in one piece.
    pub fn to_vec(&self) -> Vec<u8> {
        self.pieces.concat()
    }
}

impl From<Vec<u8>> for Contents {
    fn from(bytes: Vec<u8>) -> Contents {
        Contents { pieces: vec![bytes] }
    }
}

impl FromIterator<String> for Contents {
    fn from_iter<I: IntoIterator<Item = String>>(pieces: I) -> Contents {
        Contents { pieces: pieces.into_iter().map(String::into_bytes).collect() }
    }
}

/// The same bytes, whatever the pieces.
impl PartialEq for Contents {
    fn eq(&self, other: &Contents) -> bool {
        self.pieces == other.pieces || self.pieces().flatten().eq(other.pieces().flatten())
    }
}

impl Eq for Contents {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_do_not_show() {
        let of = |pieces: &[&str]| pieces.iter().map(|it| (*it).to_owned()).collect::<Contents>();
        let contents = of(&["let x", "", " = 1;\n"]);
        assert_eq!(contents, Contents::from(b"let x = 1;\n".to_vec()));
        assert_ne!(contents, of(&["let x", " = 1;"]));
        assert_eq!((contents.len(), contents.to_vec().as_slice()), (11, b"let x = 1;\n".as_slice()));
        assert!(of(&[""]).is_empty());
    }
}

//! The name that may have been meant.

/// The one of `names` that is so near to `name` that it may be a slip of the keyboard.
pub(crate) fn nearest<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let far = |candidate: &'a str| (distance(name, candidate), candidate);
    let near = |(far, candidate): &(usize, &str)| *far <= 1 + name.len() / 4 && *far < candidate.chars().count();
    names.into_iter().map(far).filter(near).min().map(|(_, candidate)| candidate)
}

/// Edits from one name to the other; names are short.
pub(crate) fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (index, from) in left.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = index + 1;
        for (column, to) in right.iter().enumerate() {
            let change = diagonal + usize::from(from != *to);
            diagonal = row[column + 1];
            row[column + 1] = change.min(row[column] + 1).min(diagonal + 1);
        }
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_counts_edits() {
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("server.ts", "sever.ts"), 1);
        assert_eq!(distance("same", "same"), 0);
        assert_eq!(distance("kitten", "sitting"), 3);
    }

    #[test]
    fn only_what_is_near_is_offered() {
        assert_eq!(nearest("strcit", ["strict", "include"]), Some("strict"));
        assert_eq!(nearest("stict", ["strict", "include"]), Some("strict"));
        assert_eq!(nearest("exlcude", ["strict", "exclude", "include"]), Some("exclude"));
        assert_eq!(nearest("a", ["b"]), None);
    }
}

//! Hashes over everything that can be reached, without walking it anew from each place.

use crate::bundle::hash::{self, Hash};
use std::collections::BTreeSet;

/// For each node a hash of its own and of all that it leads to, however far away. `own` are the hashes of the nodes alone.
pub(super) fn hashes(own: &[String], links: &[BTreeSet<usize>]) -> Vec<String> {
    let mut circle_of = vec![0; own.len()];
    let mut circles: Vec<String> = Vec::new();
    each_circle(links, |members| {
        members.sort_unstable();
        members.iter().for_each(|member| circle_of[*member] = circles.len());
        let leads = members.iter().flat_map(|member| &links[*member]).map(|to| circle_of[*to]);
        let beyond: BTreeSet<&String> = leads.filter(|to| *to < circles.len()).map(|to| &circles[to]).collect();
        let mut hash = Hash::new();
        members.iter().map(|member| &own[*member]).chain(beyond).for_each(|it| hash.add(it.as_bytes()));
        circles.push(hash.text());
    });
    let of = |(own, circle): (&String, usize)| hash::of(format!("{own}{}", circles[circle]).as_bytes());
    own.iter().zip(circle_of).map(of).collect()
}

/// Calls `found` with the nodes of each circle, after those that it leads to; a node alone is a circle. After Tarjan, without
/// recursion: chains may be long.
fn each_circle(links: &[BTreeSet<usize>], mut found: impl FnMut(&mut [usize])) {
    let mut search = Search { visits: vec![None; links.len()], open: Vec::new(), count: 0 };
    for start in 0..links.len() {
        if search.visits[start].is_some() {
            continue;
        }
        search.enter(start);
        let mut path = vec![(start, links[start].iter())];
        while let Some((node, rest)) = path.last_mut() {
            let node = *node;
            match rest.next() {
                Some(next) if search.visits[*next].is_none() => {
                    search.enter(*next);
                    path.push((*next, links[*next].iter()));
                }
                Some(next) => search.sees(node, *next),
                None => {
                    path.pop();
                    if let Some((parent, _)) = path.last() {
                        search.sees(*parent, node);
                    }
                    search.leave(node).iter_mut().for_each(|members| found(members));
                }
            }
        }
    }
}

struct Search {
    visits: Vec<Option<Visit>>,
    /// Nodes whose circle is not known yet.
    open: Vec<usize>,
    count: usize,
}

#[derive(Clone, Copy)]
struct Visit {
    number: usize,
    /// The smallest of the open nodes that it leads to.
    lowest: usize,
    is_open: bool,
}

impl Search {
    fn enter(&mut self, node: usize) {
        self.visits[node] = Some(Visit { number: self.count, lowest: self.count, is_open: true });
        self.count += 1;
        self.open.push(node);
    }

    /// `from` leads to `to`, and so to what that leads to.
    fn sees(&mut self, from: usize, to: usize) {
        if let (Some(to), Some(from)) = (self.visits[to], &mut self.visits[from])
            && to.is_open
        {
            from.lowest = from.lowest.min(to.lowest);
        }
    }

    /// The circle of `node`, if it is the first one of it.
    fn leave(&mut self, node: usize) -> Option<Vec<usize>> {
        self.visits[node].filter(|it| it.lowest == it.number)?;
        let first = self.open.iter().rposition(|it| *it == node)?;
        let members = self.open.split_off(first);
        for member in &members {
            self.visits[*member].iter_mut().for_each(|it| it.is_open = false);
        }
        Some(members)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hashes_of(own: &[&str], links: &[&[usize]]) -> Vec<String> {
        let own: Vec<String> = own.iter().map(|it| (*it).to_owned()).collect();
        let links: Vec<BTreeSet<usize>> = links.iter().map(|it| it.iter().copied().collect()).collect();
        hashes(&own, &links)
    }

    /// The nodes whose hash changes when a node does.
    fn changed(links: &[&[usize]], node: usize) -> Vec<usize> {
        let names = ["a", "b", "c", "d", "e", "f"];
        let mut own: Vec<&str> = names[..links.len()].to_vec();
        let before = hashes_of(&own, links);
        own[node] = "changed";
        let after = hashes_of(&own, links);
        (0..links.len()).filter(|it| before[*it] != after[*it]).collect()
    }

    #[test]
    fn a_change_is_seen_from_whatever_leads_there() {
        // 0 leads to the circle of 1, 2 and 3, that to 4; 5 stands alone.
        let links: &[&[usize]] = &[&[1], &[2], &[3, 4], &[1], &[], &[]];
        assert_eq!(changed(links, 0), [0]);
        assert_eq!(changed(links, 2), [0, 1, 2, 3]);
        assert_eq!(changed(links, 4), [0, 1, 2, 3, 4]);
        assert_eq!(changed(links, 5), [5]);
        // Two circles that touch are one.
        assert_eq!(changed(&[&[1], &[0, 2], &[3], &[1]], 3), [0, 1, 2, 3]);
        // Two ways to the same.
        assert_eq!(changed(&[&[1, 2], &[3], &[3], &[]], 1), [0, 1]);
    }

    #[test]
    fn those_of_a_circle_differ() {
        let hashes = hashes_of(&["a", "b"], &[&[1], &[0]]);
        assert_ne!(hashes[0], hashes[1]);
    }

    #[test]
    fn chains_may_be_long() {
        let links: Vec<BTreeSet<usize>> = (0..100_000).map(|it| BTreeSet::from([(it + 1) % 100_000])).collect();
        let mut circles = Vec::new();
        each_circle(&links, |members| circles.push(members.len()));
        assert_eq!(circles, [100_000]);
    }
}

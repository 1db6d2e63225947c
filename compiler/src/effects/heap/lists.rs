//! Very many lists, of which most have one element or none: those stand where the list does; the others, in a pool.

use std::slice;

/// A list; only the pool that it was filled in can read it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) enum List<T> {
    #[default]
    Empty,
    One(T),
    /// By its number in the pool.
    Many(u32),
}

impl<T> List<T> {
    pub(super) fn is_empty(&self) -> bool {
        // What has become empty again says so: `Lists::remove`.
        matches!(self, List::Empty)
    }
}

/// The pool.
#[derive(Debug)]
pub(super) struct Lists<T> {
    many: Vec<Vec<T>>,
    /// Numbers of lists that are in use no more.
    free: Vec<u32>,
}

impl<T> Default for Lists<T> {
    fn default() -> Lists<T> {
        Lists { many: Vec::new(), free: Vec::new() }
    }
}

impl<T: Copy> Lists<T> {
    pub(super) fn get<'a>(&'a self, list: &'a List<T>) -> &'a [T] {
        match list {
            List::Empty => &[],
            List::One(item) => slice::from_ref(item),
            List::Many(number) => &self.many[*number as usize],
        }
    }

    pub(super) fn get_mut<'a>(&'a mut self, list: &'a mut List<T>) -> &'a mut [T] {
        match list {
            List::Empty => &mut [],
            List::One(item) => slice::from_mut(item),
            List::Many(number) => &mut self.many[*number as usize],
        }
    }

    pub(super) fn push(&mut self, list: &mut List<T>, item: T) {
        match *list {
            List::Empty => *list = List::One(item),
            List::One(first) => {
                let number = self.free.pop().unwrap_or_else(|| {
                    self.many.push(Vec::new());
                    (self.many.len() - 1) as u32
                });
                self.many[number as usize].extend([first, item]);
                *list = List::Many(number);
            }
            List::Many(number) => self.many[number as usize].push(item),
        }
    }

    /// Takes an element out, if there is such a one; the last takes its place.
    pub(super) fn remove(&mut self, list: &mut List<T>, is_meant: impl Fn(&T) -> bool) {
        let Some(at) = self.get(list).iter().position(is_meant) else { return };
        match *list {
            List::Empty | List::One(_) => *list = List::Empty,
            List::Many(number) => {
                let items = &mut self.many[number as usize];
                items.swap_remove(at);
                if items.is_empty() {
                    self.clear(list);
                }
            }
        }
    }

    pub(super) fn clear(&mut self, list: &mut List<T>) {
        if let List::Many(number) = *list {
            self.many[number as usize] = Vec::new();
            self.free.push(number);
        }
        *list = List::Empty;
    }

    /// Empties a list; what was in it.
    pub(super) fn take(&mut self, list: &mut List<T>) -> Vec<T> {
        let items = match *list {
            List::Many(number) => std::mem::take(&mut self.many[number as usize]),
            List::One(item) => vec![item],
            List::Empty => Vec::new(),
        };
        self.clear(list);
        items
    }
}

#[cfg(test)]
mod tests {
    use super::{List, Lists};

    #[test]
    fn lists_grow_and_shrink_and_their_room_is_used_again() {
        let mut lists = Lists::default();
        let (mut a, mut b) = (List::default(), List::default());
        for number in 0..5 {
            lists.push(&mut a, number);
            lists.push(&mut b, number * 10);
        }
        lists.remove(&mut a, |it| *it == 1);
        assert_eq!((lists.get(&a), lists.get(&b)), (&[0, 4, 2, 3][..], &[0, 10, 20, 30, 40][..]));
        for number in 0..5 {
            lists.remove(&mut a, |it| *it == number);
        }
        assert!(a.is_empty() && lists.get(&a).is_empty());
        let mut c = List::default();
        (7..10).for_each(|number| lists.push(&mut c, number));
        assert_eq!((lists.take(&mut c), lists.take(&mut b)), (vec![7, 8, 9], vec![0, 10, 20, 30, 40]));
        assert_eq!((lists.many.len(), lists.free.len()), (2, 2));
    }
}

//! Very many short lists. One without an element or with one takes the place of an element; more of them stand in a
//! block of a pool, which has room for a power of two of them, so that what one list leaves fits another.

use std::ops::Range;
use std::slice;

/// What lists are made of.
pub(in crate::effects) trait Element: Copy {
    /// Stands for a word of [`MARK`] or more, which no element has.
    fn marked(word: u32) -> Self;

    fn word(self) -> u32;
}

/// Words from here on are marks.
const MARK: u32 = 1 << 31;
const EMPTY: u32 = u32::MAX;

impl Element for u32 {
    fn marked(word: u32) -> u32 {
        word
    }

    fn word(self) -> u32 {
        self
    }
}

impl<A: Element, B: Element> Element for (A, B) {
    fn marked(word: u32) -> (A, B) {
        (A::marked(word), B::marked(word))
    }

    fn word(self) -> u32 {
        self.0.word()
    }
}

/// Makes numbers elements.
macro_rules! elements {
    ($($name:ident),*) => {$(
        impl $crate::effects::heap::Element for $name {
            fn marked(word: u32) -> $name {
                $name(word)
            }

            fn word(self) -> u32 {
                self.0
            }
        }
    )*};
}

pub(in crate::effects) use elements;

/// A list; only the pool that it was filled in can read it.
#[derive(Debug, Clone, Copy)]
pub(in crate::effects) struct List<T>(T);

impl<T: Element> Default for List<T> {
    fn default() -> List<T> {
        List(T::marked(EMPTY))
    }
}

impl<T: Element> List<T> {
    pub(in crate::effects) fn is_empty(&self) -> bool {
        // What has become empty again says so: `Lists::remove`.
        self.0.word() == EMPTY
    }

    /// The number of its block.
    fn block(&self) -> Option<usize> {
        let word = self.0.word();
        (word >= MARK && word != EMPTY).then(|| (word - MARK) as usize)
    }
}

/// The pool.
#[derive(Debug)]
pub(in crate::effects) struct Lists<T> {
    blocks: Vec<Block>,
    /// Numbers of blocks that are in use no more.
    unused: Vec<u32>,
    room: Vec<T>,
    /// By the logarithm of its length: where room begins that is free.
    free: [Vec<u32>; 32],
}

/// Where a list stands.
#[derive(Debug, Clone, Copy)]
struct Block {
    start: u32,
    /// Length, and in the last five bits the logarithm of the room.
    size: u32,
}

impl Block {
    fn new(start: u32, length: u32, class: u32) -> Block {
        Block { start, size: length << 5 | class }
    }

    fn length(self) -> u32 {
        self.size >> 5
    }

    /// The logarithm of its room.
    fn class(self) -> u32 {
        self.size & 31
    }

    fn range(self) -> Range<usize> {
        self.start as usize..(self.start + self.length()) as usize
    }
}

impl<T> Default for Lists<T> {
    fn default() -> Lists<T> {
        Lists { blocks: Vec::new(), unused: Vec::new(), room: Vec::new(), free: Default::default() }
    }
}

impl<T: Element> Lists<T> {
    pub(in crate::effects) fn get<'a>(&'a self, list: &'a List<T>) -> &'a [T] {
        match list.block() {
            Some(number) => &self.room[self.blocks[number].range()],
            None if list.is_empty() => &[],
            None => slice::from_ref(&list.0),
        }
    }

    pub(in crate::effects) fn get_mut<'a>(&'a mut self, list: &'a mut List<T>) -> &'a mut [T] {
        match list.block() {
            Some(number) => &mut self.room[self.blocks[number].range()],
            None if list.is_empty() => &mut [],
            None => slice::from_mut(&mut list.0),
        }
    }

    pub(in crate::effects) fn push(&mut self, list: &mut List<T>, item: T) {
        match list.block() {
            Some(number) => self.append(number, item),
            None if list.is_empty() => list.0 = item,
            None => {
                let block = Block::new(self.allocate(1), 2, 1);
                self.room[block.range()].copy_from_slice(&[list.0, item]);
                let number = match self.unused.pop() {
                    Some(number) => {
                        self.blocks[number as usize] = block;
                        number
                    }
                    None => {
                        self.blocks.push(block);
                        (self.blocks.len() - 1) as u32
                    }
                };
                list.0 = T::marked(MARK | number);
            }
        }
    }

    fn append(&mut self, number: usize, item: T) {
        let mut block = self.blocks[number];
        let (length, mut class) = (block.length(), block.class());
        if length == 1 << class {
            class += 1;
            let start = self.allocate(class);
            self.room.copy_within(block.range(), start as usize);
            self.free[block.class() as usize].push(block.start);
            block.start = start;
        }
        self.room[(block.start + length) as usize] = item;
        self.blocks[number] = Block::new(block.start, length + 1, class);
    }

    /// Room for two to the power of `class` elements.
    fn allocate(&mut self, class: u32) -> u32 {
        self.free[class as usize].pop().unwrap_or_else(|| {
            let start = self.room.len();
            self.room.resize(start + (1 << class), T::marked(EMPTY));
            start as u32
        })
    }

    /// Takes an element out, if there is such a one; the last takes its place.
    pub(in crate::effects) fn remove(&mut self, list: &mut List<T>, is_meant: impl Fn(&T) -> bool) {
        let Some(at) = self.get(list).iter().position(is_meant) else { return };
        let Some(number) = list.block() else {
            *list = List::default();
            return;
        };
        let items = self.get_mut(list);
        items.swap(at, items.len() - 1);
        let block = self.blocks[number];
        match block.length() {
            1 => self.clear(list),
            length => self.blocks[number] = Block::new(block.start, length - 1, block.class()),
        }
    }

    pub(in crate::effects) fn clear(&mut self, list: &mut List<T>) {
        if let Some(number) = list.block() {
            let block = self.blocks[number];
            self.free[block.class() as usize].push(block.start);
            self.unused.push(number as u32);
        }
        *list = List::default();
    }

    /// Empties a list; what was in it.
    pub(in crate::effects) fn take(&mut self, list: &mut List<T>) -> Vec<T> {
        let items = self.get(list).to_vec();
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
        let room = lists.room.len();
        for number in 0..5 {
            lists.remove(&mut a, |it| *it == number);
        }
        assert!(a.is_empty() && lists.get(&a).is_empty());
        let mut c = List::default();
        (7..11).for_each(|number| lists.push(&mut c, number));
        assert_eq!((lists.take(&mut c), lists.take(&mut b)), (vec![7, 8, 9, 10], vec![0, 10, 20, 30, 40]));
        assert_eq!((lists.blocks.len(), lists.unused.len(), lists.room.len()), (2, 2, room));
    }

    /// Random pushes and removals, compared with vectors.
    #[test]
    fn lists_are_as_vectors_are() {
        let mut lists = Lists::default();
        let mut known: Vec<(List<u32>, Vec<u32>)> = (0..40).map(|_| Default::default()).collect();
        let mut state = 1u32;
        let mut random = move |below: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) % below
        };
        for item in 0..20_000 {
            let (list, twin) = &mut known[random(40) as usize];
            match random(5) {
                0 | 1 if !twin.is_empty() => {
                    let gone = twin.swap_remove(random(twin.len() as u32) as usize);
                    lists.remove(list, |it| *it == gone);
                }
                2 if item % 97 == 0 => assert_eq!(lists.take(list), std::mem::take(twin)),
                _ => {
                    lists.push(list, item);
                    twin.push(item);
                }
            }
            assert_eq!((lists.get(list), list.is_empty()), (&twin[..], twin.is_empty()));
        }
        known.iter().for_each(|(list, twin)| assert_eq!(lists.get(list), twin));
    }
}

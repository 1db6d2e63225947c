//! Blocks that are looked at from all sides.

use super::*;
use std::collections::{HashSet, VecDeque};
use std::sync::mpsc;
use std::thread;

/// A block full of one byte.
struct Block {
    start: *mut u8,
    layout: Layout,
    byte: u8,
}

// SAFETY: invariant 36: a block may be used and freed by any thread.
unsafe impl Send for Block {}

impl Block {
    fn new(layout: Layout, byte: u8, is_zeroed: bool) -> Block {
        let start = if is_zeroed { allocate_zeroed(layout) } else { allocate(layout) };
        assert!(!start.is_null());
        assert_eq!(start.align_offset(layout.align()), 0);
        let mut block = Block { start, layout, byte: 0 };
        assert!(!is_zeroed || block.holds(0));
        block.fill(byte);
        block
    }

    /// Those that have been written, or came with zeros.
    fn bytes(&self) -> &[u8] {
        // SAFETY: invariant 36: the block is ours, and so large.
        unsafe { std::slice::from_raw_parts(self.start, self.layout.size()) }
    }

    fn fill(&mut self, byte: u8) {
        // SAFETY: invariant 36: the block is ours, and so large.
        unsafe { self.start.write_bytes(byte, self.layout.size()) };
        self.byte = byte;
    }

    fn holds(&self, byte: u8) -> bool {
        self.bytes().iter().all(|it| *it == byte)
    }

    fn resize(&mut self, size: usize) {
        let kept = size.min(self.layout.size());
        // SAFETY: invariant 36: the block came from here, and its old place is forgotten.
        self.start = unsafe { resize(self.start, self.layout, size) };
        assert!(!self.start.is_null());
        self.layout = Layout::from_size_align(kept, self.layout.align()).unwrap();
        assert!(self.holds(self.byte), "resizing lost what was in the block");
        self.layout = Layout::from_size_align(size, self.layout.align()).unwrap();
        self.fill(self.byte);
    }
}

impl Drop for Block {
    fn drop(&mut self) {
        assert!(self.holds(self.byte), "somebody else wrote into the block");
        // SAFETY: invariant 36: the block came from here and ends here.
        unsafe { free(self.start, self.layout) };
    }
}

/// Numbers that look like chance.
fn numbers(seed: u64) -> impl FnMut(usize) -> usize {
    let mut state = seed;
    move |below| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) as usize % below
    }
}

fn layout(number: &mut impl FnMut(usize) -> usize) -> Layout {
    let (is_large, is_wide) = (number(50) == 0, number(30) == 0);
    let size = 1 << number(if is_large { 23 } else { 12 });
    let align = 1 << number(if is_wide { 15 } else { 5 });
    Layout::from_size_align(size + number(size), align).unwrap()
}

#[test]
fn blocks_stay_apart_whoever_allocates_resizes_and_frees_them() {
    const THREADS: usize = 4;
    let (senders, receivers): (Vec<_>, Vec<_>) = (0..THREADS).map(|_| mpsc::channel::<Block>()).unzip();
    thread::scope(|scope| {
        for (index, receiver) in receivers.into_iter().enumerate() {
            let next = senders[(index + 1) % THREADS].clone();
            scope.spawn(move || {
                let (mut number, mut own) = (numbers(index as u64), VecDeque::new());
                for round in 0..4_000 {
                    own.push_back(Block::new(layout(&mut number), round as u8, number(4) == 0));
                    own.extend(receiver.try_iter());
                    let which = number(own.len());
                    match number(6) {
                        0 => own[which].resize(layout(&mut number).size()),
                        1 => drop(own.swap_remove_back(which)),
                        // The other may have ended.
                        2 => drop(own.swap_remove_front(which).map(|it| next.send(it))),
                        _ if own.len() > 100 => drop(own.pop_front()),
                        _ => {}
                    }
                }
            });
        }
        drop(senders);
    });
}

/// What memory is counted in.
const REGION_BYTES: usize = 2 << 20;

#[test]
fn what_one_thread_frees_another_uses() {
    let layout = Layout::from_size_align(640, 8).unwrap();
    let mut regions = HashSet::new();
    for _ in 0..50 {
        let blocks: Vec<Block> = (0..10_000).map(|_| Block::new(layout, 1, false)).collect();
        regions.extend(blocks.iter().map(|it| it.start.addr() / REGION_BYTES));
        thread::spawn(|| drop(blocks)).join().unwrap();
    }
    // What a shelf keeps of a size is less than two batches.
    assert!(regions.len() <= 12, "{} regions of 2 MiB for 6.4 MB of blocks", regions.len());
}

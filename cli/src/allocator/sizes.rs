//! The sizes that blocks have: every 16 bytes up to a kibibyte, then four to each power of two.

use std::alloc::Layout;

/// What all blocks are aligned to, and room for the two words that a free one holds.
pub(super) const GRAIN: usize = 16;
/// What is larger has pages of its own.
pub(super) const LARGEST: usize = 1 << 20;
const FINE_MAX: usize = 1024;
const FINE: usize = FINE_MAX / GRAIN;
/// How many sizes there are.
pub(super) const COUNT: usize = FINE + 4 * (LARGEST.ilog2() - FINE_MAX.ilog2()) as usize;

/// The number of the size that a block for this layout has; none if it has pages of its own.
#[inline]
pub(super) fn class(layout: Layout) -> Option<usize> {
    if layout.align() > GRAIN || layout.size() > LARGEST { None } else { Some(of(layout.size())) }
}

#[inline]
const fn of(size: usize) -> usize {
    if size <= FINE_MAX {
        return size.saturating_sub(1) / GRAIN;
    }
    let last = size - 1;
    let power = last.ilog2();
    FINE + 4 * (power - FINE_MAX.ilog2()) as usize + ((last >> (power - 2)) & 3)
}

/// How large blocks of a class are.
#[inline]
pub(super) fn bytes(class: usize) -> usize {
    BYTES[class]
}

/// How many free blocks of a class are passed on together.
#[inline]
pub(super) fn batch(class: usize) -> usize {
    BATCH[class]
}

static BYTES: [usize; COUNT] = {
    let mut bytes = [0; COUNT];
    let mut class = 0;
    while class < COUNT {
        bytes[class] = if class < FINE {
            (class + 1) * GRAIN
        } else {
            let power = FINE_MAX.ilog2() as usize + (class - FINE) / 4;
            (1 << power) + (((class - FINE) % 4 + 1) << (power - 2))
        };
        class += 1;
    }
    bytes
};

static BATCH: [usize; COUNT] = {
    let mut batch = [0; COUNT];
    let mut class = 0;
    while class < COUNT {
        let count = (256 << 10) / BYTES[class];
        batch[class] = if count > 512 {
            512
        } else if count < 2 {
            2
        } else {
            count
        };
        class += 1;
    }
    batch
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_is_the_smallest_that_holds_the_size() {
        for size in (0..=4096).chain((4096..=LARGEST).step_by(61)).chain([LARGEST - 1, LARGEST]) {
            let class = of(size);
            assert!(bytes(class) >= size, "{size}");
            assert!(class == 0 || bytes(class - 1) < size, "{size}");
            assert_eq!(bytes(class) % GRAIN, 0);
        }
        assert_eq!(of(LARGEST), COUNT - 1);
    }
}

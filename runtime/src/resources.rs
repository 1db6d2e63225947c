//! The one table of what JavaScript holds by number: sockets, files, processes, servers. Ids carry a generation, so a
//! stale id finds nothing instead of somebody else's resource.

use crate::op::{Class, OpError, OpResult};
use corona_std::errors;
use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

const INDEX_BITS: u32 = 20;
const INDEX_MASK: u32 = (1 << INDEX_BITS) - 1;

#[derive(Default)]
struct Slot {
    generation: u32,
    resource: Option<Rc<dyn Any>>,
}

#[derive(Default)]
struct Table {
    slots: Vec<Slot>,
    free: Vec<u32>,
}

thread_local! {
    static TABLE: RefCell<Table> = RefCell::default();
}

/// Puts `resource` into the table and returns its id. The table owns it until [`take`] or exit.
pub(crate) fn insert(resource: Rc<dyn Any>) -> u32 {
    TABLE.with_borrow_mut(|table| {
        let index = table.free.pop().unwrap_or_else(|| {
            table.slots.push(Slot { generation: 1, resource: None });
            (table.slots.len() - 1) as u32
        });
        assert!(index <= INDEX_MASK, "the resource table is full");
        let slot = &mut table.slots[index as usize];
        slot.resource = Some(resource);
        slot.generation << INDEX_BITS | index
    })
}

/// The resource `id`, if it is there and a `T`; otherwise an error with code [`errors::CLOSED`].
pub(crate) fn get<T: 'static>(id: u32) -> OpResult<Rc<T>> {
    let found = TABLE.with_borrow(|table| {
        let slot = table.slots.get((id & INDEX_MASK) as usize)?;
        if slot.generation != id >> INDEX_BITS {
            return None;
        }
        slot.resource.clone()?.downcast::<T>().ok()
    });
    found.ok_or_else(closed)
}

/// Every resource that is a `T`.
pub(crate) fn all<T: 'static>() -> Vec<Rc<T>> {
    let all =
        |table: &mut Table| table.slots.iter().filter_map(|slot| slot.resource.clone()?.downcast().ok()).collect();
    TABLE.with_borrow_mut(all)
}

/// Takes the resource `id` out of the table: whoever still waits on it keeps it alive until then.
pub(crate) fn take<T: 'static>(id: u32) -> OpResult<Rc<T>> {
    let found = get::<T>(id)?;
    let released = TABLE.with_borrow_mut(|table| {
        let index = id & INDEX_MASK;
        let slot = &mut table.slots[index as usize];
        slot.generation = (slot.generation + 1) & (u32::MAX >> INDEX_BITS);
        slot.generation = slot.generation.max(1);
        table.free.push(index);
        slot.resource.take()
    });
    drop(released); // outside the borrow: a resource's drop may come back here
    Ok(found)
}

fn closed() -> OpError {
    OpError::new(Class::Error, errors::CLOSED, "it is closed")
}

/// Drops everything, at exit.
pub(crate) fn clear() {
    let table = TABLE.take();
    drop(table);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stale_id_finds_nothing() {
        let first = insert(Rc::new(1u8));
        assert_eq!(*take::<u8>(first).unwrap(), 1);
        let second = insert(Rc::new(2u8));
        assert_ne!(first, second);
        assert!(get::<u8>(first).is_err());
        assert!(get::<u16>(second).is_err());
        assert_eq!(*get::<u8>(second).unwrap(), 2);
    }
}

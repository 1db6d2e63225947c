//! The table of exchanges. Ids carry a generation, so that a stale one finds nothing.

use super::answer::Fetch;
use super::connection::Peer;
use super::intake::Intake;
use super::pipe::OutBody;
use super::pipe::Pipe;
use super::websocket::Socket;
use http::{Response, request, response};
use socket2::SockAddr;
use std::cell::RefCell;
use std::rc::{Rc, Weak};

const INDEX_BITS: u32 = 20;
const INDEX_MASK: u32 = (1 << INDEX_BITS) - 1;

/// What came before the body.
pub enum Head {
    Request(request::Parts),
    Response(response::Parts),
    /// Nothing yet, or taken.
    None,
}

/// A request and its response.
pub struct Exchange {
    pub head: Head,
    /// What the other side sends.
    pub intake: Intake,
    /// What we send piece by piece.
    pub pipe: Option<Rc<Pipe>>,
    /// Of a server's exchange: the connection.
    pub(super) peer: Weak<Peer>,
    /// Of a client's: its result and who waits for it.
    pub(super) fetch: Option<Box<Fetch>>,
}

impl Exchange {
    /// Hands the whole response of a server's exchange over, which ends it. False: the client has gone.
    pub fn respond(&self, id: u32, response: Response<OutBody>) -> bool {
        let Some(peer) = self.peer.upgrade() else { return false };
        if !self.intake.is_empty() {
            peer.left_unread();
        }
        peer.respond(id, response)
    }

    /// Hands over a response whose body comes through `pipe`. False: the client has gone.
    pub fn begin(&mut self, id: u32, pipe: Rc<Pipe>, response: Response<OutBody>) -> bool {
        self.pipe = Some(pipe);
        self.peer.upgrade().is_some_and(|peer| peer.respond(id, response))
    }

    /// Hands over the response that makes a WebSocket of a server's connection. False: the client has gone.
    pub fn upgrade(&self, id: u32, response: Response<OutBody>, socket: Rc<Socket>) -> bool {
        self.peer.upgrade().is_some_and(|peer| peer.upgrade(id, response, socket))
    }

    /// Whether it belongs to a server.
    pub fn is_served(&self) -> bool {
        matches!(self.head, Head::Request(_))
    }

    /// Whether it asks for a head alone.
    pub fn is_head(&self) -> bool {
        matches!(&self.head, Head::Request(parts) if parts.method == http::Method::HEAD)
    }

    /// Whether nothing of a client's exchange is left to do.
    pub fn is_over_for_client(&self) -> bool {
        !self.is_served() && self.fetch.is_none() && self.pipe.is_none() && self.intake.is_empty()
    }

    /// The address of the client of a server's exchange.
    pub fn peer_address(&self) -> Option<SockAddr> {
        self.peer.upgrade()?.wire.stream.socket().peer_addr().ok()
    }
}

struct Slot {
    generation: u32,
    exchange: Exchange,
}

#[derive(Default)]
struct Table {
    slots: slab::Slab<Slot>,
    generation: u32,
}

thread_local! {
    static TABLE: RefCell<Table> = RefCell::default();
}

/// Puts `exchange` into the table.
pub fn insert(exchange: Exchange) -> u32 {
    TABLE.with_borrow_mut(|table| {
        table.generation = (table.generation + 1) & (u32::MAX >> INDEX_BITS);
        table.generation = table.generation.max(1);
        let generation = table.generation;
        let index = table.slots.insert(Slot { generation, exchange }) as u32;
        assert!(index <= INDEX_MASK, "the table of exchanges is full");
        generation << INDEX_BITS | index
    })
}

/// Lets `use_it` at the exchange `id`, if it is there. `use_it` must not come back to this table.
pub fn with<T>(id: u32, use_it: impl FnOnce(&mut Exchange) -> T) -> Option<T> {
    TABLE.with_borrow_mut(|table| {
        let slot = table.slots.get_mut((id & INDEX_MASK) as usize)?;
        (slot.generation == id >> INDEX_BITS).then(|| use_it(&mut slot.exchange))
    })
}

/// Takes the exchange `id` out of the table.
pub fn remove(id: u32) -> Option<Exchange> {
    TABLE.with_borrow_mut(|table| {
        let index = (id & INDEX_MASK) as usize;
        let slot = table.slots.get(index)?;
        (slot.generation == id >> INDEX_BITS).then(|| table.slots.remove(index).exchange)
    })
}

/// How many exchanges are open.
#[cfg(test)]
pub(super) fn count() -> usize {
    TABLE.with_borrow(|table| table.slots.len())
}

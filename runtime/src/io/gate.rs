//! A lock between tasks of this thread, first come, first served: what keeps the pieces of two large writes to one
//! socket from mixing. Free, it costs a load and a store.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// One passes at a time.
#[derive(Default)]
pub(crate) struct Gate {
    busy: Cell<bool>,
    next_ticket: Cell<u64>,
    /// Who waits, by ticket. The gate is handed to the first when it is freed.
    waiting: RefCell<VecDeque<(u64, Waker)>>,
    /// The ticket that the gate was handed to and that has not come to take it.
    handed: Cell<Option<u64>>,
}

impl Gate {
    /// Passes the gate once everybody who came before has left.
    pub(crate) fn enter(&self) -> Enter<'_> {
        Enter { gate: self, ticket: None }
    }

    /// Whether nobody passes now, or waits to.
    pub(crate) fn is_free(&self) -> bool {
        !self.busy.get()
    }

    fn release(&self) {
        match self.waiting.borrow_mut().pop_front() {
            Some((ticket, waker)) => {
                self.handed.set(Some(ticket));
                waker.wake();
            }
            None => self.busy.set(false),
        }
    }
}

/// The future of [`Gate::enter`].
pub(crate) struct Enter<'a> {
    gate: &'a Gate,
    ticket: Option<u64>,
}

/// Holds the gate until dropped.
pub(crate) struct Pass<'a>(&'a Gate);

impl<'a> Future for Enter<'a> {
    type Output = Pass<'a>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Pass<'a>> {
        let gate = self.gate;
        match self.ticket {
            None if !gate.busy.replace(true) => return Poll::Ready(Pass(gate)),
            None => {
                let ticket = gate.next_ticket.get();
                gate.next_ticket.set(ticket + 1);
                self.ticket = Some(ticket);
                gate.waiting.borrow_mut().push_back((ticket, cx.waker().clone()));
            }
            Some(ticket) if gate.handed.get() == Some(ticket) => {
                gate.handed.set(None);
                self.ticket = None;
                return Poll::Ready(Pass(gate));
            }
            Some(ticket) => {
                let mut waiting = gate.waiting.borrow_mut();
                if let Some((_, waker)) = waiting.iter_mut().find(|(other, _)| *other == ticket) {
                    waker.clone_from(cx.waker());
                }
            }
        }
        Poll::Pending
    }
}

impl Drop for Enter<'_> {
    fn drop(&mut self) {
        let Some(ticket) = self.ticket else { return };
        if self.gate.handed.get() == Some(ticket) {
            self.gate.handed.set(None);
            self.gate.release();
        } else {
            self.gate.waiting.borrow_mut().retain(|(other, _)| *other != ticket);
        }
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        self.0.release();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reactor::{block_on, sleep, spawn};
    use std::rc::Rc;
    use std::time::Duration;

    #[test]
    fn tasks_pass_one_at_a_time_in_order_and_may_give_up() {
        let gate = Rc::new(Gate::default());
        let log = Rc::new(RefCell::new(Vec::new()));
        block_on(async {
            for id in 0..5 {
                let (gate, log) = (gate.clone(), log.clone());
                let task = spawn(async move {
                    let _pass = gate.enter().await;
                    log.borrow_mut().push(id);
                    sleep(Duration::from_millis(2)).await;
                    log.borrow_mut().push(id);
                });
                if id == 2 {
                    spawn(async move {
                        sleep(Duration::from_millis(1)).await;
                        crate::reactor::abort(task);
                    });
                }
            }
            sleep(Duration::from_millis(60)).await;
        });
        assert_eq!(*log.borrow(), [0, 0, 1, 1, 3, 3, 4, 4]);
        assert!(!gate.busy.get());
    }
}

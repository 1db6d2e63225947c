//! Asking a server for a WebSocket.

use super::socket::{Limits, Role, Socket};
use crate::http::client::{self, Order};
use crate::op::{Class, OpError, OpResult};
use crate::reactor;
use corona_std::errors;
use http::response::Parts;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::Poll;
use std::time::Duration;

/// The handshake of `order` on a connection of its own, within `time`: the socket once `check` finds nothing wrong with
/// the answer.
pub async fn connect(
    order: Order,
    limits: Limits,
    time: Duration,
    check: impl FnOnce(&Parts) -> OpResult<()>,
) -> OpResult<Rc<Socket>> {
    let mut asking = pin!(client::upgrade(&order));
    let mut sleep = reactor::sleep(time);
    let (parts, wire, before) = poll_fn(|cx| match asking.as_mut().poll(cx) {
        Poll::Ready(result) => Poll::Ready(result),
        Poll::Pending => Pin::new(&mut sleep).poll(cx).map(|_| {
            let message = format!("{} did not answer the handshake in {} ms", order.key, time.as_millis());
            Err(OpError::new(Class::Error, errors::TIMEOUT, message))
        }),
    })
    .await?;
    check(&parts)?;
    let socket = Socket::new(Role::Client, limits);
    reactor::spawn(socket.clone().run(wire, before));
    Ok(socket)
}

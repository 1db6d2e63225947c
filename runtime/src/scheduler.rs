//! Who runs next.

use crate::op::OpResult;
use std::future::Future;

pub(crate) fn check_may_block() -> OpResult<()> {
    Ok(())
}

pub(crate) fn block_on<F: Future>(_scope: &mut v8::PinScope<'_, '_>, future: F) -> OpResult<F::Output> {
    let mut future = std::pin::pin!(future);
    let waker = std::task::Waker::noop();
    match future.as_mut().poll(&mut std::task::Context::from_waker(waker)) {
        std::task::Poll::Ready(value) => Ok(value),
        std::task::Poll::Pending => panic!("the scheduler is not there yet"),
    }
}

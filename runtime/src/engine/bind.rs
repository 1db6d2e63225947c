//! The binding of ops to V8: one `extern "C"` function for each op, made from its Rust type, that converts arguments,
//! calls the op, suspends the coroutine if the op has to wait, and converts the result or throws.

use super::convert::{FromJs, IntoJs, Outcome};
use super::hooks;
use crate::op::{Class, OpError};
use crate::scheduler;
use std::future::Future;

pub(crate) type Callback = v8::FunctionCallback;

/// A function item that can be called from JavaScript and returns at once. `A` is the tuple of its arguments.
pub(crate) trait SyncOp<A>: Copy + 'static {
    fn callback(self) -> Callback;
}

/// An async function item that can be called from JavaScript and may suspend the calling coroutine.
pub(crate) trait BlockingOp<A>: Copy + 'static {
    fn callback(self) -> Callback;
}

/// The one value of a function item's type.
fn conjure<F: Copy>() -> F {
    const { assert!(size_of::<F>() == 0, "ops are function items, not closures or pointers") };
    // SAFETY: invariant 16 (a type of size zero has no bytes to be wrong; `callback(self)` proves that a value exists).
    unsafe { std::mem::transmute_copy::<(), F>(&()) }
}

/// The `index`th argument, or a TypeError that names the op's argument.
fn argument<'s, T: FromJs>(
    scope: &mut v8::PinScope<'s, '_>,
    arguments: &v8::FunctionCallbackArguments<'s>,
    index: i32,
) -> Result<T, OpError> {
    T::from_js(scope, arguments.get(index)).map_err(|wanted| {
        let message = format!("argument {} must be {wanted}", index + 1);
        OpError::new(Class::TypeError, corona_std::errors::INVALID_ARGUMENT, message)
    })
}

macro_rules! arity {
    ($($name:ident $index:literal)*) => {
        impl<Op, R, $($name,)*> SyncOp<($($name,)*)> for Op
        where
            Op: Fn($($name),*) -> R + Copy + 'static,
            R: Outcome,
            $($name: FromJs + 'static,)*
        {
            fn callback(self) -> Callback {
                unsafe extern "C" fn enter<Op, R, $($name,)*>(info: *const v8::FunctionCallbackInfo)
                where
                    Op: Fn($($name),*) -> R + Copy + 'static,
                    R: Outcome,
                    $($name: FromJs + 'static,)*
                {
                    // SAFETY: invariant 17 (V8 hands a callback a live info, valid until it returns).
                    let info = unsafe { &*info };
                    v8::callback_scope!(unsafe scope, info);
                    #[allow(unused_variables)]
                    let arguments = v8::FunctionCallbackArguments::from_function_callback_info(info);
                    #[allow(clippy::redundant_closure_call, reason = "`?` leaves the closure, not the callback")]
                    let called = (|| {
                        #[allow(unused_variables)]
                        let scope = &mut *scope;
                        conjure::<Op>()($(argument::<$name>(scope, &arguments, $index)?),*).outcome()
                    })();
                    finish(scope, info, called);
                }
                enter::<Op, R, $($name,)*>
            }
        }

        impl<Op, F, R, $($name,)*> BlockingOp<($($name,)*)> for Op
        where
            Op: Fn($($name),*) -> F + Copy + 'static,
            F: Future<Output = R> + 'static,
            R: Outcome,
            $($name: FromJs + 'static,)*
        {
            fn callback(self) -> Callback {
                unsafe extern "C" fn enter<Op, F, R, $($name,)*>(info: *const v8::FunctionCallbackInfo)
                where
                    Op: Fn($($name),*) -> F + Copy + 'static,
                    F: Future<Output = R> + 'static,
                    R: Outcome,
                    $($name: FromJs + 'static,)*
                {
                    // SAFETY: invariant 17, as above.
                    let info = unsafe { &*info };
                    v8::callback_scope!(unsafe scope, info);
                    #[allow(unused_variables)]
                    let arguments = v8::FunctionCallbackArguments::from_function_callback_info(info);
                    let called = (|| {
                        let scope = &mut *scope;
                        scheduler::check_may_block(scope)?;
                        let op = conjure::<Op>()($(argument::<$name>(scope, &arguments, $index)?),*);
                        scheduler::block_on(scope, op)?.outcome()
                    })();
                    finish(scope, info, called);
                }
                enter::<Op, F, R, $($name,)*>
            }
        }
    };
}
arity!();
arity!(A 0);
arity!(A 0 B 1);
arity!(A 0 B 1 C 2);
arity!(A 0 B 1 C 2 D 3);
arity!(A 0 B 1 C 2 D 3 E 4);
arity!(A 0 B 1 C 2 D 3 E 4 G 5);
arity!(A 0 B 1 C 2 D 3 E 4 G 5 H 6);
arity!(A 0 B 1 C 2 D 3 E 4 G 5 H 6 I 7);

/// Hands JavaScript the result, or throws the error.
fn finish<'s, T: IntoJs>(
    scope: &mut v8::PinScope<'s, '_>,
    info: &'s v8::FunctionCallbackInfo,
    called: Result<T, OpError>,
) {
    match called {
        Ok(value) => {
            let value = value.into_js(scope);
            v8::ReturnValue::<v8::Value>::from_function_callback_info(info).set(value);
        }
        Err(error) => hooks::throw(scope, &error),
    }
}

//! JavaScript values to Rust ones and back.

use crate::op::{Bytes, Data, OpError, OpResult, Shared};

/// Arguments of ops.
pub(crate) trait FromJs: Sized {
    fn from_js<'s>(scope: &mut v8::PinScope<'s, '_>, value: v8::Local<'s, v8::Value>) -> Result<Self, &'static str>;
}

/// Results of ops.
pub(crate) trait IntoJs {
    fn into_js<'s>(self, scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::Value>;
}

impl FromJs for bool {
    fn from_js<'s>(scope: &mut v8::PinScope<'s, '_>, value: v8::Local<'s, v8::Value>) -> Result<bool, &'static str> {
        Ok(value.boolean_value(scope))
    }
}

macro_rules! number {
    ($($type:ty)*) => {$(
        impl FromJs for $type {
            fn from_js<'s>(
                _: &mut v8::PinScope<'s, '_>,
                value: v8::Local<'s, v8::Value>,
            ) -> Result<$type, &'static str> {
                let number = value.try_cast::<v8::Number>().map_err(|_| "a number")?;
                Ok(number.value() as $type)
            }
        }
        impl IntoJs for $type {
            fn into_js<'s>(self, scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::Value> {
                v8::Number::new(scope, self as f64).into()
            }
        }
    )*};
}
number!(u32 i32 u64 f64);

impl FromJs for String {
    fn from_js<'s>(scope: &mut v8::PinScope<'s, '_>, value: v8::Local<'s, v8::Value>) -> Result<String, &'static str> {
        let string = value.try_cast::<v8::String>().map_err(|_| "a string")?;
        Ok(string.to_rust_string_lossy(scope))
    }
}

impl<T: FromJs> FromJs for Option<T> {
    fn from_js<'s>(
        scope: &mut v8::PinScope<'s, '_>,
        value: v8::Local<'s, v8::Value>,
    ) -> Result<Option<T>, &'static str> {
        if value.is_null_or_undefined() { Ok(None) } else { T::from_js(scope, value).map(Some) }
    }
}

impl<T: FromJs> FromJs for Vec<T> {
    fn from_js<'s>(scope: &mut v8::PinScope<'s, '_>, value: v8::Local<'s, v8::Value>) -> Result<Vec<T>, &'static str> {
        let array = value.try_cast::<v8::Array>().map_err(|_| "an array")?;
        (0..array.length())
            .map(|index| {
                let item = array.get_index(scope, index).ok_or("an array without throwing getters")?;
                T::from_js(scope, item)
            })
            .collect()
    }
}

impl<A: FromJs, B: FromJs> FromJs for (A, B) {
    fn from_js<'s>(scope: &mut v8::PinScope<'s, '_>, value: v8::Local<'s, v8::Value>) -> Result<(A, B), &'static str> {
        let array = value.try_cast::<v8::Array>().map_err(|_| "a pair")?;
        let first = array.get_index(scope, 0).ok_or("a pair")?;
        let second = array.get_index(scope, 1).ok_or("a pair")?;
        Ok((A::from_js(scope, first)?, B::from_js(scope, second)?))
    }
}

/// The memory behind an `ArrayBuffer` or a view: its store, offset and length in bytes.
fn memory(value: v8::Local<'_, v8::Value>) -> Result<(v8::SharedRef<v8::BackingStore>, usize, usize), &'static str> {
    const WANTED: &str = "an ArrayBuffer or a view of one";
    if let Ok(view) = value.try_cast::<v8::ArrayBufferView>() {
        let store = view.get_backing_store().ok_or(WANTED)?;
        return Ok((store, view.byte_offset(), view.byte_length()));
    }
    let buffer = value.try_cast::<v8::ArrayBuffer>().map_err(|_| WANTED)?;
    Ok((buffer.get_backing_store(), 0, buffer.byte_length()))
}

impl FromJs for Shared {
    fn from_js<'s>(_: &mut v8::PinScope<'s, '_>, value: v8::Local<'s, v8::Value>) -> Result<Shared, &'static str> {
        let (store, offset, len) = memory(value)?;
        // A detached or empty buffer has no memory; a length of zero keeps the pointer from being used.
        let len = len.min(store.byte_length().saturating_sub(offset));
        let start = store.data().map_or(std::ptr::null_mut(), |data| data.as_ptr().cast::<u8>().wrapping_add(offset));
        Ok(Shared { _memory: Box::new(store), start, len })
    }
}

impl FromJs for Bytes {
    fn from_js<'s>(_: &mut v8::PinScope<'s, '_>, value: v8::Local<'s, v8::Value>) -> Result<Bytes, &'static str> {
        if let Ok(view) = value.try_cast::<v8::ArrayBufferView>() {
            let mut bytes = Vec::with_capacity(view.byte_length());
            let count = view.copy_contents_uninit(bytes.spare_capacity_mut());
            // SAFETY: invariant 15 (`copy_contents_uninit` has initialised `count` bytes, no more than the capacity).
            unsafe { bytes.set_len(count) };
            return Ok(Bytes(bytes));
        }
        let (store, offset, len) = memory(value)?;
        let start = store.data().map_or(std::ptr::null_mut(), |data| data.as_ptr().cast::<u8>().wrapping_add(offset));
        Ok(Bytes(Shared { _memory: Box::new(store), start, len }.to_vec()))
    }
}

impl IntoJs for () {
    fn into_js<'s>(self, scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::Value> {
        v8::undefined(scope).into()
    }
}

impl IntoJs for bool {
    fn into_js<'s>(self, scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::Value> {
        v8::Boolean::new(scope, self).into()
    }
}

/// A string; one too long for V8 (512 MiB) becomes the empty string of an error that the caller reports.
impl IntoJs for &str {
    fn into_js<'s>(self, scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::Value> {
        match v8::String::new(scope, self) {
            Some(string) => string.into(),
            None => v8::undefined(scope).into(),
        }
    }
}

impl IntoJs for String {
    fn into_js<'s>(self, scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::Value> {
        self.as_str().into_js(scope)
    }
}

impl IntoJs for Bytes {
    fn into_js<'s>(self, scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::Value> {
        let len = self.0.len();
        let store = v8::ArrayBuffer::new_backing_store_from_vec(self.0).make_shared();
        let buffer = v8::ArrayBuffer::with_backing_store(scope, &store);
        match v8::Uint8Array::new(scope, buffer, 0, len) {
            Some(array) => array.into(),
            None => v8::undefined(scope).into(),
        }
    }
}

impl IntoJs for Data {
    fn into_js<'s>(self, scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::Value> {
        match self {
            Data::Text(text) => text.into_js(scope),
            Data::Bytes(bytes) => bytes.into_js(scope),
        }
    }
}

impl<T: IntoJs> IntoJs for Option<T> {
    fn into_js<'s>(self, scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::Value> {
        match self {
            Some(value) => value.into_js(scope),
            None => v8::null(scope).into(),
        }
    }
}

impl<T: IntoJs> IntoJs for Vec<T> {
    fn into_js<'s>(self, scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::Value> {
        let items: Vec<_> = self.into_iter().map(|item| item.into_js(scope)).collect();
        v8::Array::new_with_elements(scope, &items).into()
    }
}

macro_rules! tuple {
    ($($name:ident)+) => {
        impl<$($name: IntoJs),+> IntoJs for ($($name,)+) {
            #[allow(non_snake_case)]
            fn into_js<'s>(self, scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::Value> {
                let ($($name,)+) = self;
                let items = [$($name.into_js(scope)),+];
                v8::Array::new_with_elements(scope, &items).into()
            }
        }
    };
}
tuple!(A B);
tuple!(A B C);
tuple!(A B C D);
tuple!(A B C D E);
tuple!(A B C D E F);
tuple!(A B C D E F G);
tuple!(A B C D E F G H);

/// What an op returns: a value, or an error that is thrown.
pub(crate) trait Outcome {
    type Value: IntoJs;
    fn outcome(self) -> OpResult<Self::Value>;
}

impl<T: IntoJs> Outcome for T {
    type Value = T;
    fn outcome(self) -> OpResult<T> {
        Ok(self)
    }
}

impl<T: IntoJs> Outcome for Result<T, OpError> {
    type Value = T;
    fn outcome(self) -> OpResult<T> {
        self
    }
}

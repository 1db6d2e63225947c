//! Errors of ops as JavaScript errors.

use crate::op::{Class, OpError};

/// Throws `error`, with the properties that Node's users know: `code`, `errno`, `syscall`, `path`, `address`, `port`.
pub(crate) fn throw(scope: &mut v8::PinScope<'_, '_>, error: &OpError) {
    let exception = to_js(scope, error);
    scope.throw_exception(exception);
}

/// The JavaScript error for `error`.
pub(crate) fn to_js<'s>(scope: &mut v8::PinScope<'s, '_>, error: &OpError) -> v8::Local<'s, v8::Value> {
    let message = string(scope, &error.message());
    let exception = match error.class {
        Class::Error => v8::Exception::error(scope, message),
        Class::TypeError => v8::Exception::type_error(scope, message),
        Class::RangeError => v8::Exception::range_error(scope, message),
        Class::SyntaxError => v8::Exception::syntax_error(scope, message),
    };
    let Ok(object) = exception.try_cast::<v8::Object>() else { return exception };
    let code = string(scope, &error.code).into();
    set(scope, object, "code", code);
    if let Some(errno) = error.errno {
        let errno = v8::Integer::new(scope, -errno).into();
        set(scope, object, "errno", errno);
    }
    let texts = [
        ("syscall", error.syscall),
        ("path", error.path.as_deref()),
        ("dest", error.dest.as_deref()),
        ("address", error.address.as_deref().map(|(host, _)| host.as_str())),
    ];
    for (name, text) in texts {
        if let Some(text) = text {
            let text = string(scope, text).into();
            set(scope, object, name, text);
        }
    }
    if let Some(&(_, port)) = error.address.as_deref() {
        let port = v8::Integer::new(scope, i32::from(port)).into();
        set(scope, object, "port", port);
    }
    exception
}

fn set<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    object: v8::Local<'s, v8::Object>,
    name: &str,
    value: v8::Local<'s, v8::Value>,
) {
    let name = string(scope, name).into();
    object.set(scope, name, value);
}

fn string<'s>(scope: &mut v8::PinScope<'s, '_>, text: &str) -> v8::Local<'s, v8::String> {
    v8::String::new(scope, text).unwrap_or_else(|| v8::String::empty(scope))
}

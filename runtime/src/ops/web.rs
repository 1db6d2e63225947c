//! Ops behind the web globals: URLs, randomness, the clock of `performance`, and whether a standard descriptor wants
//! colours. Text encodings are in `encoding.rs`.

use std::cell::RefCell;
use std::io::IsTerminal;
use std::sync::OnceLock;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use corona_std::errors;

use crate::op::{Class, OpError, OpResult, Registry, Shared};

pub(crate) fn register(ops: &mut Registry) {
    start();
    ops.sync("web_wants_color", wants_color);
    ops.sync("web_now", now);
    ops.sync("web_time_origin", time_origin);
    ops.sync("web_url_parse", url_parse);
    ops.sync("web_url_set", url_set);
    ops.sync("web_navigator", navigator);
    ops.sync("web_random", random);
    ops.sync("web_random_uuid", random_uuid);
    super::encoding::register(ops);
}

/// Whether text for standard output (1) or standard error (2) should be coloured: `FORCE_COLOR` decides, then
/// `NO_COLOR`, then whether it is a terminal that knows colours.
fn wants_color(fd: u32) -> bool {
    if let Ok(force) = std::env::var("FORCE_COLOR") {
        return !matches!(force.as_str(), "0" | "false");
    }
    if std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) {
        return false;
    }
    let terminal = if fd == 1 { std::io::stdout().is_terminal() } else { std::io::stderr().is_terminal() };
    terminal && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// When the process began, by both clocks.
fn start() -> (Instant, Duration) {
    static START: OnceLock<(Instant, Duration)> = OnceLock::new();
    *START.get_or_init(|| (Instant::now(), SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()))
}

/// Milliseconds since the process began, monotonic.
fn now() -> f64 {
    start().0.elapsed().as_nanos() as f64 / 1e6
}

/// When the process began, in milliseconds since 1970.
fn time_origin() -> f64 {
    start().1.as_micros() as f64 / 1e3
}

/// The serialised URL, or none when the input is no URL.
fn url_parse(input: String, base: Option<String>) -> Option<String> {
    let url = match base {
        Some(base) => url::Url::parse(&base).ok()?.join(&input),
        None => url::Url::parse(&input),
    };
    url.ok().map(serialise)
}

/// The URL as text. The parser leaves `^` in paths, which the standard encodes.
fn serialise(url: url::Url) -> String {
    if url.cannot_be_a_base() || !url.path().contains('^') {
        return url.into();
    }
    let path = &url[url::Position::BeforePath..url::Position::AfterPath];
    format!("{}{}{}", &url[..url::Position::BeforePath], path.replace('^', "%5E"), &url[url::Position::AfterPath..])
}

/// The URL after the setter of the named part, as the URL standard defines it; none when nothing changed.
fn url_set(href: String, part: String, value: String) -> OpResult<Option<String>> {
    use url::quirks;
    let mut url = url::Url::parse(&href)
        .map_err(|_| OpError::new(Class::TypeError, errors::INVALID_ARGUMENT, format!("Invalid URL: {href}")))?;
    // A setter that refuses leaves the URL as it is; the standard wants no error.
    let _refused = match part.as_str() {
        "protocol" => quirks::set_protocol(&mut url, &value).is_err(),
        "username" => quirks::set_username(&mut url, &value).is_err(),
        "password" => quirks::set_password(&mut url, &value).is_err(),
        "host" => quirks::set_host(&mut url, &value).is_err(),
        "hostname" => quirks::set_hostname(&mut url, &value).is_err(),
        "port" => quirks::set_port(&mut url, &value).is_err(),
        _ => {
            match part.as_str() {
                "pathname" => set_pathname(&mut url, &value),
                "search" => quirks::set_search(&mut url, &value),
                _ => quirks::set_hash(&mut url, &value),
            }
            false
        }
    };
    let after = serialise(url);
    Ok((after != href).then_some(after))
}

/// As of the standard: without an authority, a path that begins with two slashes does not become one.
fn set_pathname(url: &mut url::Url, value: &str) {
    let had_authority = url.has_authority();
    url::quirks::set_pathname(url, value);
    if had_authority || url.cannot_be_a_base() {
        return;
    }
    let rest = &url[url::Position::AfterScheme..];
    if let Some(rest) = rest.strip_prefix(':').filter(|rest| rest.starts_with("//"))
        && let Ok(guarded) = url::Url::parse(&format!("{}:/.{rest}", url.scheme()))
    {
        *url = guarded;
    }
}

/// Version of the runtime, threads that can run at once, operating system.
fn navigator() -> (String, u32, String) {
    let threads = std::thread::available_parallelism().map_or(1, |count| count.get() as u32);
    (env!("CARGO_PKG_VERSION").to_owned(), threads, std::env::consts::OS.to_owned())
}

/// Fills the buffer with bytes that nobody can guess.
fn random(buffer: Shared) -> OpResult<()> {
    buffer.copy_from(&random_bytes(buffer.len())?);
    Ok(())
}

/// Small requests are served from a pool, since a system call costs more than they do.
pub(super) fn random_bytes(count: usize) -> OpResult<Vec<u8>> {
    const POOL_BYTES: usize = 4096;
    thread_local! {
        static POOL: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    }
    if count > POOL_BYTES / 16 {
        return kernel_bytes(count);
    }
    POOL.with_borrow_mut(|pool| {
        if pool.len() < count {
            *pool = kernel_bytes(POOL_BYTES)?;
        }
        // What was handed out is in the pool no more.
        Ok(pool.split_off(pool.len() - count))
    })
}

fn kernel_bytes(count: usize) -> OpResult<Vec<u8>> {
    let mut bytes = vec![0_u8; count];
    let mut filled = 0;
    while filled < count {
        let rest = &mut bytes[filled..];
        // SAFETY: invariant 30 (the kernel writes at most `rest.len()` bytes there).
        let written = unsafe { libc::getrandom(rest.as_mut_ptr().cast(), rest.len(), 0) };
        match usize::try_from(written) {
            Ok(written) => filled += written,
            Err(_) => {
                let error = std::io::Error::last_os_error();
                if error.kind() != std::io::ErrorKind::Interrupted {
                    return Err(OpError::from(error).syscall("getrandom"));
                }
            }
        }
    }
    Ok(bytes)
}

/// A version 4 UUID.
fn random_uuid() -> OpResult<String> {
    let mut bytes = random_bytes(16)?;
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut text = String::with_capacity(36);
    for (index, byte) in bytes.iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        text.extend([byte >> 4, byte & 15].map(|digit| char::from_digit(digit.into(), 16).unwrap_or('0')));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn setters_follow_the_standard() {
        let set =
            |part: &str, value: &str| url_set("http://a.b:81/c?d#e".into(), part.into(), value.into()).expect("a URL");
        assert_eq!(set("port", "80").as_deref(), Some("http://a.b/c?d#e"));
        assert_eq!(set("port", "x"), None);
        assert_eq!(set("hash", "").as_deref(), Some("http://a.b:81/c?d"));
        assert_eq!(set("host", "new.host:9").as_deref(), Some("http://new.host:9/c?d#e"));
    }

    #[test]
    fn uuids_have_version_and_variant() {
        let uuid = random_uuid().expect("randomness");
        assert_eq!(uuid.len(), 36);
        assert_eq!(uuid.as_bytes()[14], b'4');
        assert!(matches!(uuid.as_bytes()[19], b'8' | b'9' | b'a' | b'b'));
    }
}

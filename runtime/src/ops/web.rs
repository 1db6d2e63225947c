//! Ops behind the web globals: URLs, randomness, the clock of `performance`, and whether a standard descriptor wants
//! colours. Text encodings are in `encoding.rs`.

use std::io::{IsTerminal, Read};
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
    url.ok().map(String::from)
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
                "pathname" => quirks::set_pathname(&mut url, &value),
                "search" => quirks::set_search(&mut url, &value),
                _ => quirks::set_hash(&mut url, &value),
            }
            false
        }
    };
    let after = String::from(url);
    Ok((after != href).then_some(after))
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

fn random_bytes(count: usize) -> OpResult<Vec<u8>> {
    let mut bytes = vec![0; count];
    std::fs::File::open("/dev/urandom")
        .and_then(|mut source| source.read_exact(&mut bytes))
        .map_err(|error| OpError::from(error).syscall("open").path("/dev/urandom"))?;
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
        text.push_str(&format!("{byte:02x}"));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn setters_follow_the_standard() {
        let set = |part: &str, value: &str| url_set("http://a.b:81/c?d#e".into(), part.into(), value.into()).expect("a URL");
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

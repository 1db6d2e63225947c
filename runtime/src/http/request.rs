//! What JavaScript sees of a head: the URL of a request, and headers as one text.

use http::uri::Authority;
use http::{HeaderMap, Uri, header, request};

/// Where a request is addressed when it does not say so itself.
const NOWHERE: &str = "localhost";

/// The URL of a request; always a valid one, whatever the client sent.
pub fn url(parts: &request::Parts) -> String {
    let host = parts.headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let authority = parts.uri.authority().map(Authority::as_str).or(host).unwrap_or(NOWHERE);
    let target = parts.uri.path_and_query().map_or("/", |target| target.as_str());
    if is_plain_host(authority) && is_plain_target(target) {
        return [scheme(&parts.uri), "://", authority, target].concat();
    }
    normalised(&parts.uri, authority, target)
        .or_else(|| normalised(&parts.uri, NOWHERE, target))
        .unwrap_or_else(|| format!("http://{NOWHERE}/"))
}

fn scheme(uri: &Uri) -> &'static str {
    if uri.scheme_str() == Some("https") { "https" } else { "http" }
}

fn normalised(uri: &Uri, authority: &str, target: &str) -> Option<String> {
    if authority.is_empty() || authority.contains(['/', '?', '#', '\\', '@']) {
        return None; // less or more than a host
    }
    let slash = if target.starts_with('/') { "" } else { "/" };
    let text = [scheme(uri), "://", authority, slash, target].concat();
    let mut url = url::Url::parse(&text).ok()?;
    url.set_fragment(None);
    Some(url.into())
}

/// A name or IPv4 address in the form that URLs have, with a port that is not the default, or without one.
fn is_plain_host(host: &str) -> bool {
    let (name, port) = host.split_once(':').unwrap_or((host, "8080"));
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' || byte == b'.';
    let is_name = name.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase()) && !name.contains("xn--");
    let is_port =
        matches!(port.len(), 3..=5) && !port.starts_with('0') && port.parse::<u16>().is_ok_and(|port| port != 443);
    name.bytes().all(plain) && (is_name && !ends_in_number(name) || name == "127.0.0.1") && is_port
}

/// Such names are read as IPv4 addresses.
fn ends_in_number(name: &str) -> bool {
    name.trim_end_matches('.').rsplit('.').next().is_some_and(|last| last.starts_with(|c: char| c.is_ascii_digit()))
}

/// A path and query that the URL standard leaves as they are.
fn is_plain_target(target: &str) -> bool {
    let bytes = target.as_bytes();
    let plain = |byte: &u8| {
        byte.is_ascii_alphanumeric()
            || matches!(
                byte,
                b'/' | b'-'
                    | b'_'
                    | b'~'
                    | b'?'
                    | b'='
                    | b'&'
                    | b'+'
                    | b','
                    | b':'
                    | b';'
                    | b'@'
                    | b'!'
                    | b'$'
                    | b'('
                    | b')'
                    | b'*'
                    | b'.'
            )
    };
    bytes.first() == Some(&b'/') && bytes.iter().all(plain) && !target.contains("/.")
}

/// Headers as `name\nvalue\nname\nvalue`, each byte of a value one character.
pub fn flat_headers(headers: &HeaderMap) -> String {
    let mut text = String::with_capacity(headers.len() * 40);
    for (name, value) in headers {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(name.as_str());
        text.push('\n');
        match value.to_str() {
            Ok(value) => text.push_str(value),
            Err(_) => text.extend(value.as_bytes().iter().map(|byte| char::from(*byte))),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(target: &str, host: Option<&str>) -> String {
        let mut request = http::Request::builder().uri(target);
        if let Some(host) = host {
            request = request.header("host", host);
        }
        url(&request.body(()).unwrap().into_parts().0)
    }

    #[test]
    fn urls_are_built_from_target_and_host() {
        assert_eq!(seen("/a?b=c", Some("example.com")), "http://example.com/a?b=c");
        assert_eq!(seen("/", Some("127.0.0.1:8080")), "http://127.0.0.1:8080/");
        assert_eq!(seen("/", Some("EXAMPLE.com:80")), "http://example.com/");
        assert_eq!(seen("/a/../b", Some("x.org")), "http://x.org/b");
        assert_eq!(seen("/'\"{}", Some("x.org")), "http://x.org/'%22%7B%7D");
        assert_eq!(seen("http://other.org/p", Some("x.org")), "http://other.org/p");
        assert_eq!(seen("https://other.org/p", None), "https://other.org/p");
        assert_eq!(seen("*", Some("x.org")), "http://x.org/*");
        assert_eq!(seen("x.org:443", None), "http://x.org:443/");
    }

    #[test]
    fn whatever_the_host_header_says_the_url_is_valid() {
        for host in [
            "",
            " ",
            "a b",
            "user:pw@evil",
            "[::1",
            "[::1]:8080",
            "x:99999",
            "1.2.3.4.5",
            "a/b?c#d",
            "é",
            "..",
            "%zz",
            "0x7f.1",
            "foo.0x4",
        ] {
            let url = seen("/p", Some(host));
            let parsed = url::Url::parse(&url).unwrap();
            assert_eq!(parsed.as_str(), url, "{host}");
            assert!(parsed.username().is_empty() && parsed.fragment().is_none() && parsed.path() == "/p", "{url}");
        }
    }
}

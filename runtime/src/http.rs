//! HTTP/1.1, server and client: hyper on the reactor's executor. No JavaScript here; see `ops/http.rs`.

//! Unix-domain stream sockets, addressed by path.

use super::socket::{self, Listener, Stream};
use crate::reactor;
use socket2::{Domain, SockAddr, Socket, Type};
use std::io;
use std::path::Path;
use std::time::Duration;

/// Connects to the socket at `path`. While its queue of connections is full, waits.
pub(crate) async fn connect(path: &Path) -> io::Result<Stream> {
    let address = SockAddr::unix(path)?;
    let mut pause = Duration::from_millis(1);
    loop {
        let socket = Socket::new(Domain::UNIX, Type::STREAM.nonblocking(), None)?;
        match socket::connect(socket, &address).await {
            // The kernel tells nobody when the queue has room again.
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                reactor::sleep(pause).await;
                pause = (pause * 2).min(Duration::from_millis(50));
            }
            result => return result,
        }
    }
}

/// Listens at `path`, which must not exist and is removed when the listener is dropped.
pub(crate) fn listen(path: &Path, backlog: i32) -> io::Result<Listener> {
    let socket = Socket::new(Domain::UNIX, Type::STREAM.nonblocking(), None)?;
    socket.bind(&SockAddr::unix(path)?)?;
    let listening = socket.listen(backlog);
    let listener = Listener::new(socket, Some(path.to_path_buf()))?;
    listening.map(|()| listener)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reactor::block_on;

    #[test]
    fn a_listener_serves_its_path_and_removes_it() {
        let path = std::env::temp_dir().join(format!("corona-unix-{}.sock", std::process::id()));
        block_on(async {
            let listener = listen(&path, 4).unwrap();
            let client = connect(&path).await.unwrap();
            let server = listener.accept().await.unwrap();
            client.write_all(b"hello").await.unwrap();
            client.end().await.unwrap();
            assert_eq!(server.read(100).await.unwrap(), b"hello");
            assert_eq!(server.read(100).await.unwrap(), b"");
        });
        assert!(!path.exists());
        let missing = block_on(connect(&path)).err().unwrap();
        assert_eq!(missing.raw_os_error(), Some(libc::ENOENT));
    }

    #[test]
    fn a_full_queue_makes_the_client_wait() {
        let path = std::env::temp_dir().join(format!("corona-unix-full-{}.sock", std::process::id()));
        block_on(async {
            let listener = listen(&path, 0).unwrap();
            let _first = connect(&path).await.unwrap();
            crate::reactor::spawn(async move {
                crate::reactor::sleep(Duration::from_millis(10)).await;
                for _ in 0..2 {
                    listener.accept().await.unwrap();
                }
            });
            connect(&path).await.unwrap();
        });
    }
}

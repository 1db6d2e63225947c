//! What a service and the supervisor that started it tell each other, one message a packet over a Unix-domain socket.
//! The supervisor owns the listening sockets and hands them to every process that asks for their address, so that one
//! can take over from another. Data only: who serves lives in the runtime, who supervises in cli.

use std::ffi::OsStr;
use std::net::SocketAddr;
use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;

/// The variable that tells a process of its supervisor: `<pid of the supervisor>:<number of the descriptor>`.
pub const VARIABLE: &str = "CORONA_SUPERVISOR";
/// Longer packets are sent by nobody: lists of files are cut into pieces.
pub const PACKET_MAX: usize = 64 * 1024;

/// Where to listen.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    Tcp(SocketAddr),
    Path(PathBuf),
    /// A socket that the supervisor was handed itself, by name or number.
    Named(String),
}

/// How to listen, as far as a supervisor has to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listen {
    /// Numbers the requests of a process; answers repeat it.
    pub request: u32,
    pub backlog: i32,
    pub ipv6_only: bool,
    pub place: Place,
}

/// From the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// The program is compiled; it runs once it is told to.
    Loaded,
    /// It wants a listening socket.
    Listen(Listen),
    /// It has closed the socket that it got for this request.
    Closed { request: u32 },
    /// It listens, and whatever it did right then has not failed.
    Listening,
    /// Its entry has been evaluated to the end.
    Evaluated,
    /// What it depends on: files that it has read, and paths where it looked in vain, each with what stood there then.
    Files(Vec<(PathBuf, String)>),
}

/// To the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Run,
    /// The descriptor comes with it.
    Socket {
        request: u32,
    },
    Refused {
        request: u32,
        errno: i32,
    },
}

/// Parts of a message: they may hold anything but NUL, as paths do.
fn join(parts: &[&[u8]]) -> Vec<u8> {
    parts.join(&0)
}

fn text<'a>(parts: &mut impl Iterator<Item = &'a [u8]>) -> Option<&'a str> {
    std::str::from_utf8(parts.next()?).ok()
}

fn number<'a, T: std::str::FromStr>(parts: &mut impl Iterator<Item = &'a [u8]>) -> Option<T> {
    text(parts)?.parse().ok()
}

impl Said {
    pub fn encode(&self) -> Vec<u8> {
        match self {
            Said::Loaded => b"loaded".to_vec(),
            Said::Listening => b"listening".to_vec(),
            Said::Evaluated => b"evaluated".to_vec(),
            Said::Closed { request } => join(&[b"closed", request.to_string().as_bytes()]),
            Said::Files(paths) => {
                let paths = paths.iter().flat_map(|(path, state)| [path.as_os_str().as_bytes(), state.as_bytes()]);
                join(&std::iter::once(&b"files"[..]).chain(paths).collect::<Vec<_>>())
            }
            Said::Listen(Listen { request, backlog, ipv6_only, place }) => {
                let numbers = [request.to_string(), backlog.to_string(), u8::from(*ipv6_only).to_string()];
                let [request, backlog, ipv6_only] = numbers.each_ref().map(String::as_bytes);
                let (kind, place) = match place {
                    Place::Tcp(address) => (&b"tcp"[..], address.to_string().into_bytes()),
                    Place::Path(path) => (&b"path"[..], path.as_os_str().as_bytes().to_vec()),
                    Place::Named(name) => (&b"named"[..], name.clone().into_bytes()),
                };
                join(&[b"listen", request, backlog, ipv6_only, kind, &place])
            }
        }
    }

    /// `None`: nothing that a service says.
    pub fn decode(packet: &[u8]) -> Option<Said> {
        let mut parts = packet.split(|byte| *byte == 0);
        Some(match parts.next()? {
            b"loaded" => Said::Loaded,
            b"listening" => Said::Listening,
            b"evaluated" => Said::Evaluated,
            b"closed" => Said::Closed { request: number(&mut parts)? },
            b"files" => {
                let mut paths = Vec::new();
                while let Some(file) = parts.next() {
                    paths.push((path(file), text(&mut parts)?.to_owned()));
                }
                Said::Files(paths)
            }
            b"listen" => Said::Listen(Listen {
                request: number(&mut parts)?,
                backlog: number(&mut parts)?,
                ipv6_only: number::<u8>(&mut parts)? != 0,
                place: match parts.next()? {
                    b"tcp" => Place::Tcp(number(&mut parts)?),
                    b"path" => Place::Path(path(parts.next()?)),
                    b"named" => Place::Named(text(&mut parts)?.to_owned()),
                    _ => return None,
                },
            }),
            _ => return None,
        })
    }

    /// The paths in as many messages as they need.
    pub fn files(paths: Vec<(PathBuf, String)>) -> Vec<Said> {
        let mut messages = Vec::new();
        let (mut piece, mut length) = (Vec::new(), 0);
        for (path, state) in paths {
            let more = path.as_os_str().len() + state.len() + 2;
            if length + more > PACKET_MAX / 2 && !piece.is_empty() {
                messages.push(Said::Files(std::mem::take(&mut piece)));
                length = 0;
            }
            length += more;
            piece.push((path, state));
        }
        if !piece.is_empty() {
            messages.push(Said::Files(piece));
        }
        messages
    }
}

fn path(bytes: &[u8]) -> PathBuf {
    OsStr::from_bytes(bytes).into()
}

impl Answer {
    pub fn encode(self) -> Vec<u8> {
        match self {
            Answer::Run => b"run".to_vec(),
            Answer::Socket { request } => format!("socket\0{request}").into_bytes(),
            Answer::Refused { request, errno } => format!("refused\0{request}\0{errno}").into_bytes(),
        }
    }

    /// `None`: nothing that a supervisor says.
    pub fn decode(packet: &[u8]) -> Option<Answer> {
        let mut parts = packet.split(|byte| *byte == 0);
        Some(match parts.next()? {
            b"run" => Answer::Run,
            b"socket" => Answer::Socket { request: number(&mut parts)? },
            b"refused" => Answer::Refused { request: number(&mut parts)?, errno: number(&mut parts)? },
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_arrives() {
        let listen = |place| Said::Listen(Listen { request: 7, backlog: 511, ipv6_only: true, place });
        let all = [
            Said::Loaded,
            Said::Listening,
            Said::Evaluated,
            Said::Closed { request: 3 },
            Said::Files(vec![("/a b/c.ts".into(), "1:2".into()), ("/ä".into(), String::new())]),
            listen(Place::Tcp("[::1]:80".parse().unwrap())),
            listen(Place::Path("/tmp/a b.sock".into())),
            listen(Place::Named("web".into())),
        ];
        for said in all {
            assert_eq!(Said::decode(&said.encode()), Some(said));
        }
        for answer in [Answer::Run, Answer::Socket { request: 1 }, Answer::Refused { request: 2, errno: 98 }] {
            assert_eq!(Answer::decode(&answer.encode()), Some(answer));
        }
    }

    #[test]
    fn nonsense_is_nothing() {
        let no_number = join(&[b"listen", b"x", b"1", b"0", b"tcp", b"1.2.3.4:5"]);
        for packet in [&no_number, &b""[..], b"listen", b"closed\0", b"files\0/a", b"hello", b"\xff\0"] {
            assert_eq!(Said::decode(packet), None);
            assert_eq!(Answer::decode(packet), None);
        }
    }

    #[test]
    fn many_files_go_in_pieces() {
        let path = |index: u32| (PathBuf::from(format!("/project/source/module-{index}.ts")), index.to_string());
        let paths: Vec<_> = (0..5000).map(path).collect();
        let messages = Said::files(paths.clone());
        assert!(messages.len() > 1 && messages.iter().all(|it| it.encode().len() < PACKET_MAX));
        let mut back = Vec::new();
        for message in messages {
            let Said::Files(mut piece) = message else { panic!("only files were sent") };
            back.append(&mut piece);
        }
        assert_eq!(back, paths);
    }
}

//! HTTP/1.1 by hand: one request on a connection from a chosen address.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;

/// The longest that an answer is awaited.
const WITHIN: Duration = Duration::from_secs(20);

/// Returns the `n`-th address of a range of this machine's own network. The ranges do not overlap.
pub(crate) fn source(range: u8, n: usize) -> Ipv4Addr {
    Ipv4Addr::new(127, range, (n / 250) as u8, (n % 250) as u8 + 1)
}

/// Connects from an address. `received_max` makes the kernel hold few bytes that nobody reads.
pub(crate) async fn connect(from: Ipv4Addr, to: SocketAddr, received_max: Option<u32>) -> io::Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    socket.bind((from, 0).into())?;
    if let Some(bytes) = received_max {
        socket.set_recv_buffer_size(bytes)?;
    }
    let stream = socket.connect(to).await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// Builds a request, the last one of its connection.
pub(crate) fn request(method: &str, path: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let length = if method == "GET" { String::new() } else { format!("content-length: {}\r\n", body.len()) };
    let head = format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n{headers}{length}\r\n");
    [head.as_bytes(), body].concat()
}

/// An answer: its status, and all of its bytes.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) text: String,
}

/// Sends a request and reads the answer to its end.
pub(crate) async fn ask(from: Ipv4Addr, to: SocketAddr, request: &[u8]) -> io::Result<Answer> {
    let asking = async {
        let mut stream = connect(from, to, None).await?;
        stream.write_all(request).await?;
        let mut bytes = Vec::with_capacity(4 << 10);
        stream.read_to_end(&mut bytes).await?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let status = text.get(9..12).and_then(|digits| digits.parse().ok());
        Ok(Answer { status: status.ok_or(io::ErrorKind::UnexpectedEof)?, text })
    };
    timeout(WITHIN, asking).await?
}

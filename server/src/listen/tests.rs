use super::*;
use axum::body::{Body, Bytes};
use axum::routing::get;
use futures::StreamExt;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// Serves two routes: `/` answers "here", `/flood` answers without end and tells when its body was dropped.
async fn serving(limits: ConnectionLimits) -> (SocketAddr, mpsc::UnboundedReceiver<()>, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let (dropped, told) = mpsc::unbounded_channel();
    let flood = move || {
        let guard = Told(dropped.clone());
        async move {
            let pieces = futures::stream::repeat(Bytes::from_static(&[b'x'; 64 << 10]));
            Body::from_stream(pieces.map(move |piece| {
                let _ = &guard;
                Ok::<_, Infallible>(piece)
            }))
        }
    };
    let router = Router::new().route("/", get(async || "here")).route("/flood", get(flood));
    (address, told, tokio::spawn(serve(listener, router, limits, std::future::pending())))
}

struct Told(mpsc::UnboundedSender<()>);

impl Drop for Told {
    fn drop(&mut self) {
        let _ = self.0.send(());
    }
}

async fn ask(address: SocketAddr, head: &str) -> String {
    let mut stream = TcpStream::connect(address).await.expect("connects");
    stream.write_all(head.as_bytes()).await.expect("sends");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("answers");
    answer
}

async fn soon<T>(it: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), it).await.expect("it comes to its end")
}

const HEAD: &str = "GET / HTTP/1.1\r\nhost: it\r\nconnection: close\r\n\r\n";

#[tokio::test]
async fn a_head_is_held_up_to_its_limit() {
    let (address, _, _serving) = serving(ConnectionLimits::default()).await;
    let with = |bytes: usize| format!("GET / HTTP/1.1\r\nhost: it\r\nconnection: close\r\nx: {}\r\n\r\n", "x".repeat(bytes));
    assert!(soon(ask(address, &with(32 << 10))).await.starts_with("HTTP/1.1 200 "));
    let answer = soon(ask(address, &with(2 * HEAD_BYTES_MAX))).await;
    assert!(answer.starts_with("HTTP/1.1 431 "), "{answer}");
}

#[tokio::test]
async fn an_answer_that_nobody_reads_is_given_up() {
    let limits = ConnectionLimits { read_within: Duration::from_millis(200), ..ConnectionLimits::default() };
    let (address, mut told, _serving) = serving(limits).await;
    let mut stream = TcpStream::connect(address).await.expect("connects");
    stream.write_all(b"GET /flood HTTP/1.1\r\nhost: it\r\n\r\n").await.expect("sends");
    soon(told.recv()).await.expect("the body was dropped, while the client is still connected");
}

#[tokio::test]
async fn idle_connections_make_room_in_time() {
    let limits = ConnectionLimits { in_all: 2, head_within: Duration::from_millis(300), ..ConnectionLimits::default() };
    let (address, _, _serving) = serving(limits).await;
    let _silent = TcpStream::connect(address).await.expect("connects");
    let mut slow = TcpStream::connect(address).await.expect("connects");
    slow.write_all(b"GET / HT").await.expect("sends");
    assert!(soon(ask(address, HEAD)).await.starts_with("HTTP/1.1 200 "));
}

#[tokio::test]
async fn an_address_that_has_its_places_is_turned_away() {
    let limits = ConnectionLimits { per_address: Some(1), spares_loopback: false, ..ConnectionLimits::default() };
    let (address, _, _serving) = serving(limits).await;
    let held = TcpStream::connect(address).await.expect("connects");
    let mut second = TcpStream::connect(address).await.expect("connects");
    // The end comes without an answer, as an end or as a reset.
    assert!(matches!(soon(second.read(&mut [0; 1])).await, Ok(0) | Err(_)));
    drop(held);
    let again = async || {
        let mut stream = TcpStream::connect(address).await?;
        stream.write_all(HEAD.as_bytes()).await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.map(|_| answer)
    };
    soon(async { while !again().await.is_ok_and(|answer| answer.starts_with("HTTP/1.1 200 ")) {} }).await;
}

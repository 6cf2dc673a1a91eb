//! A cheap closed-loop HTTP client: each caller holds one connection and sends prepared bytes.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The result of a run of requests.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outcome {
    /// Answers a second.
    pub(crate) rate: f64,
    /// The median latency.
    pub(crate) p50: Duration,
    /// The latency that 99 % of the answers keep.
    pub(crate) p99: Duration,
    /// The number of answers whose status was not 2xx; `complaint` has the first of them.
    pub(crate) failed: usize,
    pub(crate) complaint: Option<String>,
}

/// Sends each request once, `callers` at a time.
pub(crate) async fn each(address: SocketAddr, callers: usize, requests: Vec<Vec<u8>>) -> Outcome {
    let (requests, next) = (Arc::new(requests), Arc::new(AtomicUsize::new(0)));
    drive(address, callers, move || {
        let i = next.fetch_add(1, Ordering::Relaxed);
        (i < requests.len()).then(|| Arc::new(requests[i].clone()))
    })
    .await
}

/// Sends the requests round and round for a while.
pub(crate) async fn rounds(address: SocketAddr, callers: usize, requests: Vec<Vec<u8>>, how_long: Duration) -> Outcome {
    let requests: Vec<_> = requests.into_iter().map(Arc::new).collect();
    let (requests, next, end) = (Arc::new(requests), Arc::new(AtomicUsize::new(0)), Instant::now() + how_long);
    drive(address, callers, move || {
        let i = next.fetch_add(1, Ordering::Relaxed);
        (Instant::now() < end).then(|| requests[i % requests.len()].clone())
    })
    .await
}

async fn drive(address: SocketAddr, callers: usize, next: impl Fn() -> Option<Arc<Vec<u8>>> + Clone + Send + Sync + 'static) -> Outcome {
    let begin = Instant::now();
    let tasks: Vec<_> = (0..callers).map(|_| tokio::spawn(call(address, next.clone()))).collect();
    let (mut took, mut failed, mut complaint) = (Vec::new(), 0, None);
    for task in tasks {
        let one = task.await.expect("a caller does not panic");
        took.extend(one.took);
        failed += one.failed;
        complaint = complaint.or(one.complaint);
    }
    let rate = took.len() as f64 / begin.elapsed().as_secs_f64();
    took.sort_unstable();
    let at = |share: f64| took.get((took.len() as f64 * share) as usize).copied().unwrap_or_default();
    Outcome { rate, p50: at(0.5), p99: at(0.99), failed, complaint }
}

#[derive(Default)]
struct One {
    took: Vec<Duration>,
    failed: usize,
    complaint: Option<String>,
}

async fn call(address: SocketAddr, next: impl Fn() -> Option<Arc<Vec<u8>>>) -> One {
    let mut one = One::default();
    let mut stream = TcpStream::connect(address).await.expect("connects");
    stream.set_nodelay(true).expect("a TCP socket");
    let mut buffer = Vec::with_capacity(64 * 1024);
    while let Some(request) = next() {
        let begin = Instant::now();
        stream.write_all(&request).await.expect("sends");
        let whole = answer(&mut stream, &mut buffer).await;
        one.took.push(begin.elapsed());
        if !buffer.starts_with(b"HTTP/1.1 2") {
            one.failed += 1;
            one.complaint.get_or_insert_with(|| String::from_utf8_lossy(&buffer[..whole.min(600)]).into_owned());
        }
    }
    one
}

/// Reads one answer into the buffer; it must have a Content-Length.
pub(crate) async fn answer(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> usize {
    buffer.clear();
    loop {
        let read = stream.read_buf(buffer).await.expect("receives");
        assert!(read > 0, "the server hung up");
        if let Some(head) = buffer.windows(4).position(|four| four == b"\r\n\r\n") {
            let whole = head + 4 + content_length(&buffer[..head]);
            while buffer.len() < whole {
                assert!(stream.read_buf(buffer).await.expect("receives") > 0, "the server hung up");
            }
            return whole;
        }
    }
}

fn content_length(head: &[u8]) -> usize {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let value = head.lines().find_map(|line| line.strip_prefix("content-length:"));
    value.unwrap_or_else(|| panic!("no Content-Length in:\n{head}")).trim().parse().expect("a number")
}

/// Builds a request with a JSON body, or without a body.
pub(crate) fn request(method: &str, path: &str, headers: &[(&str, &str)], body: Option<&str>) -> Vec<u8> {
    let mut text = format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n");
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    if let Some(body) = body {
        text.push_str(&format!("Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}", body.len()));
    } else {
        text.push_str("\r\n");
    }
    text.into_bytes()
}

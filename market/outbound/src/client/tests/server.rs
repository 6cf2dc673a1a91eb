//! Servers that speak HTTP as strangers do, well or badly, and a canary that nothing may connect to.

use std::io;
use std::net::TcpListener as Listener;
use std::sync::Arc;
use std::sync::Mutex;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A server of a stranger. It ends with the test.
pub(super) struct Server {
    port: u16,
    requests: Arc<Mutex<Vec<Vec<String>>>>,
    task: JoinHandle<()>,
}

/// A server's way to answer a request.
#[derive(Clone)]
pub(super) enum Reply {
    /// Sends the bytes and waits for the next request.
    Text(String),
    /// Sends the bytes and ends the connection.
    Last(String),
    /// Sends the bytes and then nothing more, without an end.
    Stalled(String),
}

impl Server {
    /// Starts a server that answers each request, given as text, by `reply`.
    pub(super) async fn start(reply: impl Fn(&str) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let (requests, reply) = (Arc::new(Mutex::new(Vec::new())), Arc::new(reply));
        let seen = requests.clone();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let index = push(&seen, Vec::new());
                let (seen, reply) = (seen.clone(), reply.clone());
                tokio::spawn(async move { serve(stream, &seen, index, reply.as_ref()).await });
            }
        });
        Self { port, requests, task }
    }

    /// Starts a server that gives every request one answer.
    pub(super) async fn answering(text: &str) -> Self {
        let reply = Reply::Text(text.to_owned());
        Self::start(move |_| reply.clone()).await
    }

    pub(super) const fn port(&self) -> u16 {
        self.port
    }

    /// Returns the number of connections so far.
    pub(super) fn connections(&self) -> usize {
        self.requests.lock().expect("no test panics here").len()
    }

    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/hook", self.port)
    }

    /// Returns the requests of each connection so far.
    pub(super) fn requests(&self) -> Vec<Vec<String>> {
        self.requests.lock().expect("no test panics here").clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn push<T>(list: &Mutex<Vec<T>>, item: T) -> usize {
    let mut list = list.lock().expect("no test panics here");
    list.push(item);
    list.len() - 1
}

async fn serve(mut stream: TcpStream, seen: &Mutex<Vec<Vec<String>>>, index: usize, reply: &(impl Fn(&str) -> Reply + Send + Sync)) {
    while let Ok(request) = read(&mut stream).await {
        seen.lock().expect("no test panics here")[index].push(request.clone());
        let (text, next) = match reply(&request) {
            Reply::Text(text) => (text, true),
            Reply::Last(text) => (text, false),
            Reply::Stalled(text) => {
                let _ = stream.write_all(text.as_bytes()).await;
                return std::future::pending().await;
            }
        };
        if stream.write_all(text.as_bytes()).await.is_err() || !next {
            return;
        }
    }
}

/// Reads a request to its end; an error if it is not HTTP or the client has gone.
async fn read(stream: &mut TcpStream) -> io::Result<String> {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).map_or("0", str::trim);
            if body.len() >= length.parse().map_err(io::Error::other)? {
                return Ok(text.into_owned());
            }
        } else if bytes.first().is_some_and(|byte| !byte.is_ascii_uppercase()) {
            // The first bytes of TLS: such a server answers as if it were HTTP.
            return Ok(String::new());
        }
        if stream.read_buf(&mut bytes).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
}

/// A listener on all addresses of this machine that nothing may connect to.
pub(super) struct Canary {
    listener: Listener,
}

impl Canary {
    pub(super) fn new() -> Self {
        let listener = Listener::bind("[::]:0").or_else(|_| Listener::bind("0.0.0.0:0")).expect("a free port");
        listener.set_nonblocking(true).expect("a listener");
        Self { listener }
    }

    pub(super) fn port(&self) -> u16 {
        self.listener.local_addr().expect("an address").port()
    }

    /// Returns true if somebody has connected since the last call. The system completes connections without us, so this does not wait.
    pub(super) fn is_disturbed(&self) -> bool {
        match self.listener.accept() {
            Ok(_) => true,
            Err(error) => {
                assert_eq!(error.kind(), io::ErrorKind::WouldBlock, "{error}");
                false
            }
        }
    }
}

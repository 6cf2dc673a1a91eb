//! A receiver of webhooks: a bot's server on a port of its own, which records requests and answers as a test wants.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Request, Response};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use testkit::eventually;
use tokio::net::TcpSocket;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// A request that arrived.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Seen {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).unwrap_or_else(|| panic!("{name} in {:?}", self.headers)).to_str().unwrap()
    }

    /// The id of the delivery.
    pub(crate) fn id(&self) -> &str {
        self.header("webhook-id")
    }
}

/// An answer.
#[derive(Clone, Debug)]
pub(crate) enum Reply {
    Status(u16),
    With(u16, &'static str, String),
    Body(Bytes),
    /// Waits until the receiver is told to go on, then takes the delivery.
    Held,
}

type Answers = dyn Fn(&Seen) -> Reply + Send + Sync;

#[derive(Clone)]
struct Shared {
    seen: Arc<Mutex<Vec<Seen>>>,
    answers: Arc<Mutex<Arc<Answers>>>,
    goes_on: watch::Sender<bool>,
}

pub(crate) struct Receiver {
    address: SocketAddr,
    shared: Shared,
    /// The socket of a receiver that is down: its port is taken, and nobody listens there.
    socket: Option<TcpSocket>,
    serving: Option<JoinHandle<()>>,
}

impl Drop for Receiver {
    fn drop(&mut self) {
        if let Some(serving) = &self.serving {
            serving.abort();
        }
    }
}

impl Receiver {
    /// A receiver that takes everything.
    pub(crate) fn open() -> Self {
        let mut receiver = Self::down();
        receiver.rise();
        receiver
    }

    /// A receiver that does not listen yet.
    pub(crate) fn down() -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let answers: Arc<Answers> = Arc::new(|_: &Seen| Reply::Status(200));
        let shared = Shared { seen: Arc::default(), answers: Arc::new(Mutex::new(answers)), goes_on: watch::Sender::new(false) };
        Self { address: socket.local_addr().unwrap(), shared, socket: Some(socket), serving: None }
    }

    /// Begins to listen.
    pub(crate) fn rise(&mut self) {
        let listener = self.socket.take().unwrap().listen(1024).unwrap();
        let router = Router::new().fallback(take).with_state(self.shared.clone());
        self.serving = Some(tokio::spawn(async move { axum::serve(listener, router).await.unwrap() }));
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Answers like this from now on.
    pub(crate) fn answers(&self, answers: impl Fn(&Seen) -> Reply + Send + Sync + 'static) {
        *self.shared.answers.lock().unwrap() = Arc::new(answers);
    }

    /// Lets all requests go on that are held.
    pub(crate) fn go_on(&self) {
        self.shared.goes_on.send_replace(true);
    }

    /// Everything that arrived so far, oldest first.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.shared.seen.lock().unwrap().clone()
    }

    /// The requests that arrived at a path.
    pub(crate) fn at(&self, path: &str) -> Vec<Seen> {
        self.seen().into_iter().filter(|seen| seen.path == path).collect()
    }

    /// Waits until so many requests arrived.
    pub(crate) async fn until(&self, count: usize) -> Vec<Seen> {
        eventually(&format!("{count} deliveries arrive"), async || self.seen().len() >= count).await;
        self.seen()
    }

    /// Waits until so many requests arrived at a path.
    pub(crate) async fn until_at(&self, path: &str, count: usize) -> Vec<Seen> {
        eventually(&format!("{count} deliveries arrive at {path}"), async || self.at(path).len() >= count).await;
        self.at(path)
    }
}

async fn take(State(shared): State<Shared>, request: Request<Body>) -> Response<Body> {
    let (Parts { uri, headers, .. }, body) = request.into_parts();
    let body = axum::body::to_bytes(body, 1 << 20).await.unwrap();
    let seen = Seen { path: uri.path().to_owned(), headers, body };
    let answers = shared.answers.lock().unwrap().clone();
    let reply = answers(&seen);
    shared.seen.lock().unwrap().push(seen);
    let response = Response::builder();
    match reply {
        Reply::Status(status) => response.status(status).body(Body::from("seen")),
        Reply::With(status, name, value) => response.status(status).header(name, value).body(Body::empty()),
        Reply::Body(body) => response.body(body.into()),
        Reply::Held => {
            shared.goes_on.subscribe().wait_for(|goes_on| *goes_on).await.unwrap();
            response.body(Body::empty())
        }
    }
    .unwrap()
}

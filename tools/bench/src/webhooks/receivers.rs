//! Receivers of webhooks: an HTTP server for each endpoint, with connections that are kept. They note when each event came.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use market::Time;
use market::time::Clock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// No receiver hangs.
const NONE: usize = usize::MAX;

#[derive(Default)]
struct Seen {
    /// The times from the events to their receipts.
    took: Mutex<Vec<Duration>>,
    body: Mutex<Bytes>,
    count: AtomicUsize,
    hangs: AtomicUsize,
}

/// Some receivers.
pub(super) struct Receivers {
    seen: Arc<Seen>,
    urls: Vec<String>,
}

impl Receivers {
    /// Opens as many receivers, each on a port of its own.
    pub(super) async fn open(n: usize) -> Self {
        let seen = Arc::new(Seen { hangs: AtomicUsize::new(NONE), ..Seen::default() });
        let mut urls = Vec::new();
        for nth in 0..n {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
            urls.push(format!("http://{}/hook", listener.local_addr().expect("bound")));
            let router = Router::new().fallback(receive).with_state((nth, seen.clone()));
            tokio::spawn(async move { axum::serve(listener, router).await.expect("serves") });
        }
        Self { seen, urls }
    }

    /// Lists the addresses.
    pub(super) fn urls(&self) -> &[String] {
        &self.urls
    }

    /// Lets one receiver hang from now on, or none.
    pub(super) fn hang(&self, nth: Option<usize>) {
        self.seen.hangs.store(nth.unwrap_or(NONE), Ordering::SeqCst);
    }

    /// Returns the receipts of an event on average, if each team has as many receivers.
    pub(super) fn of_each(&self, of_a_team: usize, teams: usize) -> f64 {
        let hanging = f64::from(u8::from(self.seen.hangs.load(Ordering::SeqCst) != NONE));
        of_a_team as f64 - hanging / teams as f64
    }

    /// Returns the number of receipts.
    pub(super) fn count(&self) -> usize {
        self.seen.count.load(Ordering::SeqCst)
    }

    /// Forgets what came so far.
    pub(super) fn forget(&self) {
        self.seen.took.lock().expect("no receiver panics").clear();
        self.seen.count.store(0, Ordering::SeqCst);
    }

    /// Waits until as many events have come.
    pub(super) async fn until(&self, n: usize) {
        while self.count() < n {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    /// Returns the times from the events to their receipts.
    pub(super) fn took(&self) -> Vec<Duration> {
        self.seen.took.lock().expect("no receiver panics").clone()
    }

    /// Returns the last body that came.
    pub(super) fn last_body(&self) -> Bytes {
        self.seen.body.lock().expect("no receiver panics").clone()
    }
}

async fn receive(State((nth, seen)): State<(usize, Arc<Seen>)>, body: Bytes) -> StatusCode {
    if seen.hangs.load(Ordering::SeqCst) == nth {
        std::future::pending::<()>().await;
    }
    let took = Clock::System.now().since(happened(&body));
    seen.took.lock().expect("no receiver panics").push(took.std());
    *seen.body.lock().expect("no receiver panics") = body;
    seen.count.fetch_add(1, Ordering::SeqCst);
    StatusCode::NO_CONTENT
}

/// Returns when the event of a body happened.
fn happened(body: &[u8]) -> Time {
    #[derive(serde::Deserialize)]
    struct Told {
        timestamp: Time,
    }
    let told: Told = serde_json::from_slice(body).expect("a body with a time");
    told.timestamp
}

//! Measures many event streams that each receive every posted job, against axum and a bare tokio broadcast.

use crate::load::{self, request};
use crate::measure::{itself, ms};
use crate::program::{Program, address, guildhall};
use crate::report::{Goal, ReportRow};
use crate::seed::{self, Caller};
use axum::Router;
use axum::extract::State;
use axum::response::sse::{Event, Sse};
use axum::routing::{get, post};
use futures::stream::unfold;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::sync::{broadcast, mpsc};

const STREAMS: usize = 2_000;
/// The number of streams whose memory is measured. They are of all callers: none may have as many.
const MANY: usize = 10_000;
/// The number of addresses that streams come from.
const ADDRESSES: usize = 100;
/// The number of events in each round.
const TOLD: usize = 30;
const ROUNDS: usize = 3;
/// The goal for the memory of an open stream, with its connection.
const MEMORY_GOAL_KB: f64 = 25.0;
/// The goal for the share of the bare broadcast's speed, at the 99th percentile.
const GOAL: f64 = 0.5;

/// The program under test, with the requests that open a stream and cause an event.
struct OpenStream {
    program: Program,
    /// The request that causes an event for every stream.
    tell: Vec<u8>,
    /// The requests that open a stream, each of another caller.
    listen: Vec<Vec<u8>>,
}

/// The result of a round.
struct RoundResult {
    p50: Duration,
    p99: Duration,
}

/// Measures the memory of a stream, and the time from the request until 99 % of the listeners have received its event.
pub(crate) async fn rows(binary: &Path, folder: &Path, callers: &[Caller]) -> [ReportRow; 2] {
    // Those with an agent are told of its category.
    let (poster, listeners) = (&callers[0], &callers[callers.len() + 1 - seed::WORKERS..]);
    let (mut ours, mut limit) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(heard(program(binary, folder, poster, listeners).await).await);
        limit.push(heard(bare_program().await).await);
    }
    let (ours, limit) = (median(ours), median(limit));
    let ratio = limit.p99.as_secs_f64() / ours.p99.as_secs_f64();
    let took = |heard: &RoundResult| format!("p50 {}, p99 {}", ms(heard.p50), ms(heard.p99));
    let memory = memory(program(binary, folder, poster, listeners).await).await;
    let bare_memory = self::memory(bare_program().await).await;
    let small = Goal { text: format!("≤ {MEMORY_GOAL_KB:.0} KB"), met: memory <= MEMORY_GOAL_KB };
    let quick = Goal { text: format!("≥ {GOAL:.2} × bare"), met: ratio >= GOAL };
    [
        ReportRow::new(format!("memory of an open stream, of {MANY} from {ADDRESSES} addresses"), format!("{memory:.1} KB"), small)
            .beside_only(format!("{bare_memory:.1} KB (axum + tokio broadcast)")),
        ReportRow::new(format!("a posted job is told to {STREAMS} streams"), took(&ours), quick)
            .beside(format!("{} (axum + tokio broadcast)", took(&limit)), ratio),
    ]
}

async fn program(binary: &Path, folder: &Path, poster: &Caller, listeners: &[Caller]) -> OpenStream {
    let at = address();
    let program = Program::start(guildhall(binary, folder, at), at, "/api/health").await;
    let job = r#"{"title": "Replace a parser", "description": "All fixtures parse.", "category": "coding", "budget_max": 5000}"#;
    let tell = request("POST", "/api/agent/jobs", &[("X-API-Key", &poster.key)], Some(job));
    let listen = |caller: &Caller| request("GET", "/api/agent/events?types=job.available", &[("X-API-Key", &caller.key)], None);
    let listen = listeners.iter().map(listen).collect();
    OpenStream { program, tell, listen }
}

async fn bare_program() -> OpenStream {
    let at = address();
    let program = Program::start(itself(&["bare-streams", &at.to_string()]), at, "/").await;
    OpenStream { program, tell: request("POST", "/", &[], Some("{}")), listen: vec![request("GET", "/events", &[], None)] }
}

/// Measures the memory of each of many streams, in kilobytes.
async fn memory(told: OpenStream) -> f64 {
    let before = told.program.resident_mb();
    let mut streams = Vec::with_capacity(MANY);
    for i in 0..MANY {
        streams.push(subscribed(&told, i).await);
    }
    (told.program.resident_mb() - before) * 1024.0 / MANY as f64
}

/// Opens a stream from one of the addresses of this machine, and waits for the head of the response: then it is subscribed.
async fn subscribed(told: &OpenStream, nth: usize) -> TcpStream {
    let socket = TcpSocket::new_v4().expect("a socket: allow more files by ulimit -n");
    socket.bind(SocketAddr::from(([127, 0, 0, 2 + (nth % ADDRESSES) as u8], 0))).expect("an address of this machine");
    let mut stream = socket.connect(told.program.address).await.expect("connects");
    stream.write_all(&told.listen[nth % told.listen.len()]).await.expect("asks");
    let mut start = Vec::new();
    while !start.windows(4).any(|four| four == b"\r\n\r\n") {
        assert!(stream.read_buf(&mut start).await.expect("receives") > 0, "hung up: {}", String::from_utf8_lossy(&start));
    }
    assert!(start.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&start));
    stream
}

async fn heard(told: OpenStream) -> RoundResult {
    let (hears, mut heard) = mpsc::unbounded_channel();
    let mut listeners = Vec::new();
    for nth in 0..STREAMS {
        listeners.push(tokio::spawn(listen(subscribed(&told, nth).await, hears.clone())));
    }
    let mut teller = TcpStream::connect(told.program.address).await.expect("connects");
    let (mut buffer, mut took) = (Vec::new(), Vec::with_capacity(STREAMS * TOLD));
    for _ in 0..TOLD {
        let begin = Instant::now();
        teller.write_all(&told.tell).await.expect("tells");
        load::answer(&mut teller, &mut buffer).await;
        assert!(buffer.starts_with(b"HTTP/1.1 2"), "{}", String::from_utf8_lossy(&buffer));
        for _ in 0..STREAMS {
            let at = heard.recv().await.expect("they listen");
            took.push(at.duration_since(begin));
        }
    }
    listeners.iter().for_each(tokio::task::JoinHandle::abort);
    took.sort_unstable();
    let at = |share: f64| took[(took.len() as f64 * share) as usize];
    RoundResult { p50: at(0.5), p99: at(0.99) }
}

/// Reports the time of each message.
async fn listen(mut stream: TcpStream, hears: mpsc::UnboundedSender<Instant>) {
    const MARK: &[u8] = b"data: ";
    let mut buffer = Vec::with_capacity(4096);
    while stream.read_buf(&mut buffer).await.is_ok_and(|read| read > 0) {
        let now = Instant::now();
        for _ in buffer.windows(MARK.len()).filter(|six| *six == MARK) {
            let _ = hears.send(now);
        }
        // A mark may be split between two reads.
        let seen = buffer.len().saturating_sub(MARK.len() - 1);
        buffer.drain(..seen);
    }
}

fn median(mut heard: Vec<RoundResult>) -> RoundResult {
    heard.sort_by_key(|heard| heard.p99);
    heard.swap_remove(heard.len() / 2)
}

/// Serves the bare limit: `POST /` sends the same few words to every stream at `GET /events`.
pub(crate) async fn bare(listen: SocketAddr) {
    let words: Arc<str> = "a job was posted: ".repeat(20).into();
    let (tell, _) = broadcast::channel::<Arc<str>>(64);
    let hear = |State(tell): State<broadcast::Sender<Arc<str>>>| async move {
        let told = unfold(tell.subscribe(), |mut told| async move {
            let words = told.recv().await.ok()?;
            Some((Ok::<_, Infallible>(Event::default().event("job.available").id("1").data(&*words)), told))
        });
        Sse::new(told)
    };
    let say = move |State(tell): State<broadcast::Sender<Arc<str>>>| async move {
        let _ = tell.send(words);
        "told"
    };
    let router = Router::new().route("/", get(|| async { "here" }).merge(post(say))).route("/events", get(hear)).with_state(tell);
    let listener = tokio::net::TcpListener::bind(listen).await.expect("listens");
    axum::serve(listener, router).await.expect("serves");
}

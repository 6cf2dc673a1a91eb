//! Attacks that hold sockets: as many as the program lets them have, each opened again when it is closed.

use super::{Attack, MET_NOTHING, Scale};
use crate::wire::{connect, request, source};
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout_at};

/// The range of these attackers' addresses.
const RANGE: u8 = 1;
/// The sockets from one address: a few more than it may have.
const EACH: usize = 260;
/// The bytes of a large head, just below the most that a head may have.
const LARGE: usize = 63 << 10;
/// The bytes of a stalled body.
const BODY: usize = 1 << 20;
/// The wait before a closed socket is opened again.
const AGAIN: Duration = Duration::from_millis(500);

#[derive(Default)]
struct Counts {
    open: AtomicUsize,
    most: AtomicUsize,
    closed: AtomicUsize,
}

/// The bytes that a socket sends at once, and the byte that it repeats afterwards.
struct Speech {
    first: Vec<u8>,
    drips: bool,
    reads: bool,
}

pub(super) async fn run(attack: Attack, to: SocketAddr, keys: &[String], scale: Scale, lasts: Duration) -> String {
    let sockets = match attack {
        Attack::Idle => scale.sockets,
        Attack::SlowHeads | Attack::LargeHeads | Attack::Streams => scale.sockets / 4,
        _ => scale.sockets / 10,
    };
    let (counts, end) = (Arc::new(Counts::default()), Instant::now() + lasts);
    let mut held = JoinSet::new();
    for n in 0..sockets {
        let from = source(RANGE, n / EACH.min(sockets / 4 + 1));
        let (speech, counts) = (speech(attack, n, keys), counts.clone());
        held.spawn(async move {
            // The end of the attack closes the socket.
            let _ = timeout_at(end, hold(from, to, speech, counts)).await;
        });
        if n % 100 == 99 {
            sleep(Duration::from_millis(10)).await;
        }
    }
    held.join_all().await;
    let [most, closed] = [&counts.most, &counts.closed].map(|count| count.load(Ordering::Relaxed));
    if most == 0 {
        return MET_NOTHING.to_owned();
    }
    format!("{sockets} wanted, {most} held at a time, {closed} closed")
}

fn speech(attack: Attack, n: usize, keys: &[String]) -> Speech {
    let silent = |first: Vec<u8>| Speech { first, drips: false, reads: true };
    match attack {
        Attack::SlowHeads => Speech { drips: true, ..silent(b"GET / HTTP/1.1\r\nx: ".to_vec()) },
        Attack::LargeHeads => silent([b"GET / HTTP/1.1\r\nx: ".as_slice(), &vec![b'x'; LARGE]].concat()),
        Attack::SlowReaders => Speech { reads: false, ..silent(request("GET", "/openapi.json", "", b"")) },
        Attack::StalledBodies => {
            let mut all = request("POST", "/v1/auth/login", "content-type: application/json\r\n", &vec![b' '; BODY]);
            all.pop();
            silent(all)
        }
        Attack::Streams => {
            let key = keys[n % keys.len()].split(' ').next().unwrap_or_default();
            let head = format!("x-api-key: {key}\r\n");
            silent(request("GET", "/api/agent/events", &head, b""))
        }
        _ => silent(Vec::new()),
    }
}

async fn hold(from: Ipv4Addr, to: SocketAddr, speech: Speech, counts: Arc<Counts>) {
    loop {
        if let Ok(stream) = connect(from, to, (!speech.reads).then_some(2048)).await {
            let open = counts.open.fetch_add(1, Ordering::Relaxed) + 1;
            counts.most.fetch_max(open, Ordering::Relaxed);
            // A socket that the program closes is what the program is for.
            let _ = say(stream, &speech).await;
            counts.open.fetch_sub(1, Ordering::Relaxed);
            counts.closed.fetch_add(1, Ordering::Relaxed);
        }
        sleep(AGAIN).await;
    }
}

async fn say(mut stream: TcpStream, speech: &Speech) -> io::Result<()> {
    stream.write_all(&speech.first).await?;
    if !speech.reads {
        return std::future::pending().await;
    }
    let mut space = [0; 1024];
    loop {
        tokio::select! {
            read = stream.read(&mut space) => if read? == 0 { return Ok(()) },
            () = sleep(Duration::from_secs(1)), if speech.drips => stream.write_all(b"x").await?,
        }
    }
}

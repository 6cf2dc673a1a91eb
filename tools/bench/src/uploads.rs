//! Measures uploads of large files: the program parses, hashes and stores them; the bare server reads and hashes them.

use crate::load;
use crate::measure::itself;
use crate::program::{Program, address, guildhall};
use crate::report::{Goal, ReportRow};
use crate::seed::Caller;
use market::id::JobId;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

const SIZE: usize = 32 << 20;
const CALLERS: usize = 4;
const FILES: usize = 32;
const ROUNDS: usize = 3;
/// The goal for the share of the speed of a server that only reads and hashes.
const GOAL: f64 = 0.25;
const BOUNDARY: &str = "a-boundary-that-no-file-has";

/// Measures megabytes per second, in turn with the bare server, and takes the medians.
pub(crate) async fn row(binary: &Path, folder: &Path, jobs: &[(JobId, Caller)]) -> ReportRow {
    let listen = address();
    let program = Program::start(guildhall(binary, folder, listen), listen, "/api/health").await;
    let listen = address();
    let bare = Program::start(itself(&["bare-sink", &listen.to_string()]), listen, "/sink").await;
    let form = Arc::new(form());
    let (mut ours, mut limit) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let jobs = jobs.iter().cycle().skip(round * FILES).take(FILES);
        let heads = jobs.map(|(id, poster)| head(&format!("/api/agent/jobs/{id}/attachments"), &poster.key, form.len()));
        ours.push(sent(&program, heads.collect(), &form).await);
        limit.push(sent(&bare, vec![head("/sink", "none", form.len()); FILES], &form).await);
    }
    let (ours, limit) = (median(ours), median(limit));
    let ratio = ours / limit;
    let what = format!("uploads of {} MiB, {CALLERS} callers", SIZE >> 20);
    ReportRow::new(what, format!("{ours:.0} MB/s"), Goal { text: format!("≥ {GOAL:.2} × bare"), met: ratio >= GOAL })
        .beside(format!("{limit:.0} MB/s (axum, read and hashed)"), ratio)
}

/// Builds a form with a text file.
fn form() -> Vec<u8> {
    let text: Vec<u8> =
        b"All 212 fixtures parse to the same rows; an unknown field is kept.\n".iter().copied().cycle().take(SIZE).collect();
    let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"rows.txt\"\r\n\r\n");
    [head.as_bytes(), &text, format!("\r\n--{BOUNDARY}--\r\n").as_bytes()].concat()
}

fn head(path: &str, key: &str, length: usize) -> Vec<u8> {
    format!(
        "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-API-Key: {key}\r\nContent-Type: multipart/form-data; boundary={BOUNDARY}\r\n\
         Content-Length: {length}\r\n\r\n"
    )
    .into_bytes()
}

/// Measures megabytes per second.
async fn sent(program: &Program, heads: Vec<Vec<u8>>, form: &Arc<Vec<u8>>) -> f64 {
    let (heads, next, begin) = (Arc::new(heads), Arc::new(AtomicUsize::new(0)), Instant::now());
    let address = program.address;
    let callers: Vec<_> = (0..CALLERS)
        .map(|_| {
            let (heads, next, form) = (heads.clone(), next.clone(), form.clone());
            tokio::spawn(async move {
                let mut stream = TcpStream::connect(address).await.expect("connects");
                let mut answer = Vec::new();
                while let Some(head) = heads.get(next.fetch_add(1, Ordering::Relaxed)) {
                    stream.write_all(head).await.expect("sends");
                    stream.write_all(&form).await.expect("sends");
                    load::answer(&mut stream, &mut answer).await;
                    assert!(answer.starts_with(b"HTTP/1.1 20"), "{}", String::from_utf8_lossy(&answer));
                }
            })
        })
        .collect();
    for caller in callers {
        caller.await.expect("a caller does not panic");
    }
    (heads.len() * form.len()) as f64 / 1e6 / begin.elapsed().as_secs_f64()
}

fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates[rates.len() / 2]
}

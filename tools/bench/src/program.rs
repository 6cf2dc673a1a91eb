//! The program under test and the bare servers as child processes.

use crate::load;
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

/// A child process that serves; it is killed when this value is dropped.
pub(crate) struct Program {
    child: Child,
    pub(crate) address: SocketAddr,
    /// The time from its start to its first answer.
    pub(crate) first_page: Duration,
}

impl Program {
    /// Starts the program and waits for the first answer to `path`.
    pub(crate) async fn start(mut command: Command, address: SocketAddr, path: &str) -> Self {
        let begin = Instant::now();
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().expect("the program starts");
        let mut program = Self { child, address, first_page: Duration::ZERO };
        let deadline = begin + Duration::from_secs(30);
        let mut stream = loop {
            if let Ok(stream) = TcpStream::connect(address).await {
                break stream;
            }
            assert!(Instant::now() < deadline, "the program does not listen");
            tokio::task::yield_now().await;
        };
        stream.write_all(&load::request("GET", path, &[], None)).await.expect("sends");
        let mut buffer = Vec::new();
        load::answer(&mut stream, &mut buffer).await;
        assert!(buffer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&buffer[..buffer.len().min(400)]));
        program.first_page = begin.elapsed();
        program
    }

    /// Returns the resident memory in megabytes.
    pub(crate) fn resident_mb(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("a Linux child");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("a resident size");
        let kilobytes: f64 = line.trim().trim_end_matches("kB").trim().parse().expect("a number");
        kilobytes / 1024.0
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // The child may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Finds a free port of this machine.
pub(crate) fn address() -> SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("bound")
}

/// Builds the command `guildhall serve` on a data folder, with limits too high to refuse anything.
pub(crate) fn guildhall(binary: &Path, data: &Path, listen: SocketAddr) -> Command {
    let mut command = Command::new(binary);
    command.arg("serve").env("GUILDHALL_LISTEN", listen.to_string()).env("GUILDHALL_DATA", data);
    command
        .env("GUILDHALL_RATE_LIMITS", "10000")
        .env("GUILDHALL_UNFUNDED_JOBS_MAX", "1000000")
        .env("GUILDHALL_CONNECTIONS_PER_ADDRESS", "100000")
        .env("GUILDHALL_LOG", "warn")
        .stderr(Stdio::inherit());
    command
}

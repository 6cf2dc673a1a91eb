//! The program under test, as a child process with its ordinary limits.

use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The running program. Dropped, it is killed.
pub(crate) struct Program {
    child: Child,
    pub(crate) address: SocketAddr,
}

impl Program {
    /// Starts the program on a data folder, and returns when it answers.
    pub(crate) async fn start(binary: &Path, data: &Path) -> Self {
        // On every address of this machine's own network a caller meets the port on 127.0.0.1.
        let free = std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let address = free.expect("a free port");
        let mut command = Command::new(binary);
        command.arg("serve").args(["--log", "error", "--listen", &address.to_string(), "--data"]).arg(data);
        // The honest callers pay for nothing that they post.
        command.args(["--unfunded-jobs-max", "1000000"]);
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().expect("the program starts");
        let deadline = Instant::now() + Duration::from_secs(30);
        while std::net::TcpStream::connect(address).is_err() {
            assert!(Instant::now() < deadline, "the program does not listen");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Self { child, address }
    }

    /// Returns the largest resident memory since [`forget_peak`](Self::forget_peak), in megabytes.
    pub(crate) fn peak_mb(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("a Linux child that lives");
        let kilobytes = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix("kB")?.trim().parse().ok());
        kilobytes.map_or(0.0, |kilobytes: f64| kilobytes / 1024.0)
    }

    /// Has the kernel forget the largest size so far. Where it refuses, the peak is that of the whole run.
    pub(crate) fn forget_peak(&self) {
        let _ = std::fs::write(format!("/proc/{}/clear_refs", self.child.id()), "5");
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself, which the rows show.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

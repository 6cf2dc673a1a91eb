//! The peers: programs of the same purpose that are built of what people commonly choose, run beside ours.

use crate::program::{Program, address};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Starts Fastify with better-sqlite3 on a database; none if its packages could not be installed, which `tools/measure` does.
pub(crate) async fn fastify(database: &Path, ready: &str) -> Option<Program> {
    let packages = PathBuf::from(std::env::var_os("PEERS")?);
    if !packages.join("node_modules/better-sqlite3/build/Release/better_sqlite3.node").exists() {
        return None;
    }
    let listen = address();
    let mut node = Command::new("node");
    node.arg("tools/bench/peers/server.mjs").arg(listen.port().to_string()).arg(database).env("PEERS", packages);
    Some(Program::start(node, listen, ready).await)
}

//! The short form of the hostile-load suite (`make soak`): few sockets and a second for each attack, on a machine that has other work.

use crate::child::PROGRAM;
use soak::{Plan, Scale};
use std::time::Duration;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hostile_callers_take_nothing_from_honest_ones() {
    let scale = Scale { sockets: 1_000 };
    let findings = soak::run(&Plan { binary: PROGRAM.into(), attacker: None, each: Duration::from_millis(700), scale }).await;
    println!("{}", soak::table(&findings));
    assert_eq!(findings.broken(), [""; 0]);
}

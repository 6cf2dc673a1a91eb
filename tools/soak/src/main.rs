//! `soak BINARY` runs the whole suite, prints its table and keeps it for docs/limits.md. It fails if a goal is missed.

use soak::{Plan, Scale};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

#[tokio::main]
async fn main() -> ExitCode {
    let words: Vec<_> = std::env::args().skip(1).collect();
    match words.split_first() {
        Some((first, rest)) if first == "attack" => {
            println!("{}", soak::attack_by_words(rest).await);
            ExitCode::SUCCESS
        }
        Some((binary, rest)) => whole(binary, rest).await,
        _ => panic!("usage: soak BINARY"),
    }
}

async fn whole(binary: &str, rest: &[String]) -> ExitCode {
    let number = |at: usize, usual: u64| rest.get(at).map_or(usual, |word| word.parse().expect("a number"));
    let plan = Plan {
        binary: PathBuf::from(binary),
        attacker: Some(std::env::current_exe().expect("this program has a path")),
        each: Duration::from_secs(number(0, 15)),
        scale: Scale { sockets: number(1, 10_000) as usize },
    };
    let findings = soak::run(&plan).await;
    let table = soak::table(&findings);
    println!("{table}");
    std::fs::write(soak::figures(), table).expect("run it from the project's root");
    let missed = findings.missed();
    missed.iter().for_each(|one| eprintln!("missed: {one}"));
    if missed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

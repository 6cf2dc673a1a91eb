//! Measures the program against its bare limits in one run, so that the ratios can be compared between machines.
//!
//! `bench BINARY SITE` prints a table and puts it into docs/benchmarks.md; `bench BINARY SITE reads acts` prints those rows alone.

mod acts;
mod bare;
mod boards;
mod load;
mod matching;
mod measure;
mod peers;
mod postgres;
mod program;
mod raw;
mod reads;
mod report;
mod seed;
mod streams;
mod uploads;
mod wal;
mod webhooks;
mod weights;

use std::path::PathBuf;

#[tokio::main]
async fn main() {
    let mut words = std::env::args().skip(1);
    let mut next = || words.next().expect("usage: bench BINARY SITE_FOLDER [MEASUREMENT…]");
    let first = next();
    // The bare servers are this program again, each in its own process, like the program under test.
    match first.as_str() {
        "bare-read" => bare::read(next().parse().expect("an address"), next()).await,
        "bare-page" => bare::page(next().parse().expect("an address"), std::fs::read_to_string(next()).expect("a page")).await,
        "bare-sink" => bare::sink(next().parse().expect("an address")).await,
        "bare-streams" => streams::bare(next().parse().expect("an address")).await,
        "bare-webhooks" => webhooks::bare::post(&PathBuf::from(next()), words.collect()).await,
        _ => {
            let site = PathBuf::from(next());
            let names: Vec<_> = words.collect();
            let rows = measure::all(&PathBuf::from(first), &site, &names).await;
            if names.is_empty() {
                report::write(&rows);
            }
        }
    }
}

//! `guildhall demo`: a poster, two bots and three proofers take a job through a revision to its payment, over HTTP, on a
//! throwaway database.
//!
//! Nothing is faked: the story uses the public API and the sandbox's own pages, like any caller.

mod client;
mod person;
mod review;
mod story;

use crate::config::{Refusal, Settings};
use crate::{RateLimits, Server};
use client::Client;
use market::{Duration, id};
use std::net::{Ipv4Addr, SocketAddr};

/// The release delay of the demo; the usual day would be too long.
const RELEASE_DELAY: Duration = Duration::seconds(2);
/// The time after which an unfinished story counts as failed.
const STORY_MAX: std::time::Duration = std::time::Duration::from_secs(120);

/// Plays the story on a private server and prints each step.
pub(crate) async fn play(settings: Settings) -> Result<(), Refusal> {
    let folder = std::env::temp_dir().join(id::random("guildhall_demo_"));
    let outcome = on(&folder, settings).await;
    // A folder that can't be removed stays in the system's temporary folder, which the system cleans.
    let _ = std::fs::remove_dir_all(&folder);
    outcome
}

async fn on(folder: &std::path::Path, mut settings: Settings) -> Result<(), Refusal> {
    settings.listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    settings.data = folder.to_path_buf();
    (settings.database, settings.base_url, settings.secret) = (None, None, None);
    settings.mode = crate::Mode::Sandbox;
    settings.rate_limits = RateLimits::Off;
    settings.rules.release_delay = Some(RELEASE_DELAY);
    let server = Server::open(settings.check()?).await?;
    let (client, market) = (Client::new(server.address())?, server.market().clone());
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = tokio::spawn(server.run(async {
        // The sender is dropped when the story ends, and when it fails: both mean stop.
        let _ = stopped.await;
    }));
    let told = tokio::time::timeout(STORY_MAX, story::tell(&client, &market)).await;
    drop(stop);
    // The server only ends when it is told to, and it was.
    let _ = serving.await;
    told.map_err(|_| Refusal("the story did not come to its end in time".into()))?
}

//! `guildhall demo`: a poster, two bots and three proofers take a job through a revision to its payment, over HTTP, on a
//! throwaway database.
//!
//! Nothing is faked: the story goes through the public API and the sandbox's own pages, as anybody's would.

mod hand;
mod person;
mod review;
mod story;

use crate::config::{Refusal, Settings};
use crate::{RateLimits, Server};
use hand::Hand;
use market::{Span, id};
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

/// How long an approved payment waits here; a day would be a long demo.
const RELEASE_DELAY: Span = Span::seconds(2);
/// No story takes longer.
const STORY_MOST: Duration = Duration::from_secs(120);

/// Plays the story on a server of its own and tells it as it goes.
pub(crate) async fn play(settings: Settings) -> Result<(), Refusal> {
    let folder = std::env::temp_dir().join(id::random("guildhall_demo_"));
    let outcome = on(&folder, settings).await;
    // Left behind if it can't be removed, where the system clears away such things.
    let _ = std::fs::remove_dir_all(&folder);
    outcome
}

async fn on(folder: &std::path::Path, mut settings: Settings) -> Result<(), Refusal> {
    settings.listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    settings.data = folder.to_path_buf();
    (settings.database, settings.base_url, settings.secret) = (None, None, None);
    settings.mode = crate::Mode::Sandbox;
    settings.rate_limits = RateLimits::Off;
    settings.terms.release_delay = Some(RELEASE_DELAY);
    let server = Server::open(settings.check()?).await?;
    let (hand, market) = (Hand::new(server.address())?, server.market().clone());
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = tokio::spawn(server.run(async {
        // The story ended, or its teller is gone: both mean stop.
        let _ = stopped.await;
    }));
    let told = tokio::time::timeout(STORY_MOST, story::tell(&hand, &market)).await;
    drop(stop);
    // It only ends by being told to, and was.
    let _ = serving.await;
    told.map_err(|_| Refusal("the story did not come to its end in time".into()))?
}

//! `guildhall demo`: a poster, two bots and three proofers take a job through a revision to its payment, over HTTP, on a
//! throwaway database.
//!
//! Nothing is faked: the story uses the public API and the sandbox's own pages, like any caller. With `--stripe` it plays money in and
//! out instead, at a fake Stripe that runs beside it.

mod client;
mod fake_stripe;
mod money;
mod person;
mod review;
mod story;

use crate::config::{Refusal, Settings};
use crate::{RateLimits, Server};
use client::Client;
use fake_stripe::FakeStripe;
use market::{Duration, id};
use std::net::{Ipv4Addr, SocketAddr};

/// The release delay of the demo; the usual day would be too long.
const RELEASE_DELAY: Duration = Duration::seconds(2);
/// The time after which an unfinished story counts as failed.
const STORY_MAX: std::time::Duration = std::time::Duration::from_secs(120);

/// Plays the story on a private server and prints each step; with an address, the story of money at the fake Stripe there.
pub(crate) async fn play(settings: Settings, stripe: Option<&str>) -> Result<(), Refusal> {
    let fake = stripe.map(FakeStripe::at).transpose()?;
    let folder = std::env::temp_dir().join(id::random("guildhall_demo_"));
    let outcome = on(&folder, settings, fake.as_ref()).await;
    // A folder that can't be removed stays in the system's temporary folder, which the system cleans.
    let _ = std::fs::remove_dir_all(&folder);
    outcome
}

async fn on(folder: &std::path::Path, mut settings: Settings, fake: Option<&FakeStripe>) -> Result<(), Refusal> {
    settings.listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    settings.data = folder.to_path_buf();
    (settings.database, settings.base_url, settings.secret) = (None, None, None);
    settings.mode = crate::Mode::Sandbox;
    settings.rate_limits = RateLimits::Off;
    settings.rules.release_delay = Some(RELEASE_DELAY);
    settings.payments = fake.map(FakeStripe::settings).unwrap_or_default();
    let server = Server::open(settings.check()?).await?;
    let (client, market) = (Client::new(server.address())?, server.market().clone());
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = tokio::spawn(server.run(async {
        // The sender is dropped when the story ends, and when it fails: both mean stop.
        let _ = stopped.await;
    }));
    let story = async {
        match fake {
            Some(fake) => money::tell(&client, fake, &market).await,
            None => story::tell(&client, &market).await,
        }
    };
    let told = tokio::time::timeout(STORY_MAX, story).await;
    drop(stop);
    // The server only ends when it is told to, and it was.
    let _ = serving.await;
    told.map_err(|_| Refusal("the story did not come to its end in time".into()))?
}

//! A Stripe for tests: the wire of its API, its payment pages and its signed events, over real HTTP.
//!
//! Tests steer it by `POST /_test/…`, which Stripe does not have.

#![allow(clippy::unwrap_used, reason = "a test's own server stops where it can't go on")]

mod api;
mod events;
mod form;
mod pages;
mod state;
mod steer;

use state::{Fake, Shared};
use tokio::net::TcpListener;

/// Serves until the process ends; events go to the address `webhook`, signed with `secret`.
pub async fn serve(listener: TcpListener, webhook: String, secret: String) {
    let base = format!("http://{}", listener.local_addr().unwrap());
    let fake = Shared::new(Fake::new(base, webhook, secret));
    let router = api::routes().merge(pages::routes()).merge(steer::routes()).with_state(fake);
    axum::serve(listener, router).await.unwrap();
}

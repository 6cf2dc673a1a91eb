//! A Stripe for tests: the wire of its API, its pages for payers and payees, and its signed events, over real HTTP.
//!
//! Tests steer it by `POST /_test/…`, which Stripe does not have.

// The macro `json!` takes a step for each token of an object, and Stripe's sessions and intents are large.
#![recursion_limit = "512"]

mod api;
mod events;
mod form;
mod objects;
mod pages;
mod refused;
mod state;
mod steer;
mod wire;

use state::{Fake, Shared};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

/// Serves until the process ends; events go to the address `webhook`, signed with `secret`. An empty address gets none.
pub async fn serve(listener: TcpListener, webhook: String, secret: String) {
    let address = listener.local_addr().expect("a bound listener has an address");
    let (outbox, events) = mpsc::unbounded_channel();
    let fake = Shared::new(Fake::new(format!("http://{address}"), webhook, secret, outbox));
    tokio::spawn(events::deliver(fake.clone(), events));
    let router = wire::routes().merge(pages::routes()).merge(steer::routes()).with_state(fake);
    axum::serve(listener, router).await.expect("a listener serves until the process ends");
}

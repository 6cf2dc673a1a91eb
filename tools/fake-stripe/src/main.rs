//! The fake Stripe in a process of its own: `fake-stripe ADDRESS WEBHOOK_URL WEBHOOK_SECRET` prints its address and serves.

#![allow(clippy::unwrap_used, reason = "a test's own server stops where it can't go on")]

use tokio::net::TcpListener;

#[tokio::main]
async fn main() {
    let mut words = std::env::args().skip(1);
    let mut next = || words.next().expect("usage: fake-stripe ADDRESS WEBHOOK_URL WEBHOOK_SECRET");
    let (address, webhook, secret) = (next(), next(), next());
    let listener = TcpListener::bind(&address).await.unwrap();
    println!("http://{}", listener.local_addr().unwrap());
    fake_stripe::serve(listener, webhook, secret).await;
}

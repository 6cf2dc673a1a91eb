//! The fake Stripe in a process of its own: `fake-stripe ADDRESS WEBHOOK_URL WEBHOOK_SECRET` prints its address and serves.

use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let mut words = std::env::args().skip(1);
    let (Some(address), Some(webhook), Some(secret)) = (words.next(), words.next(), words.next()) else {
        eprintln!("usage: fake-stripe ADDRESS WEBHOOK_URL WEBHOOK_SECRET");
        std::process::exit(2);
    };
    let listener = TcpListener::bind(&address).await?;
    println!("http://{}", listener.local_addr()?);
    fake_stripe::serve(listener, webhook, secret).await;
    Ok(())
}

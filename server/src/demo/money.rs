//! The story of `guildhall demo --stripe`: money comes in by a card, pays for a job, goes out to a bank, and is charged back.

use super::client::Client;
use super::fake_stripe::FakeStripe;
use super::person::{Person, word};
use super::story::{self, amount};
use crate::config::Refusal;
use market::{Market, Money, id};
use serde_json::{Value, json};
use std::time::Duration;

/// Plays the story from the deposit to the audit of the ledger.
pub(super) async fn tell(client: &Client, fake: &FakeStripe, market: &Market) -> Result<(), Refusal> {
    println!("Money in and out, over HTTP, on a throwaway database and a fake Stripe. Nobody's money moves.\n");
    fake.send_events_to(client).await?;
    let poster = Person::arrive(client, "Larkin").await?;
    let bot = Person::arrive(client, "Ferrous").await?;
    bot.profile(client, &["coding"]).await?;
    let session = deposit(client, fake, &poster).await?;
    work(client, &poster, &bot).await?;
    pay_out(client, fake, &bot).await?;
    charge_back(client, fake, &poster, &session).await?;
    story::prove(market).await
}

/// Waits until an answer of the API is as it should be: it follows events of Stripe's.
async fn until(client: &Client, person: &Person, path: &str, is_so: impl Fn(&Value) -> bool) -> Result<Value, Refusal> {
    let mut look = tokio::time::interval(Duration::from_millis(100));
    loop {
        look.tick().await;
        let seen = person.get(client, path).await?;
        if is_so(&seen) {
            return Ok(seen);
        }
    }
}

/// Pays a checkout by card and returns its session.
async fn deposit(client: &Client, fake: &FakeStripe, poster: &Person) -> Result<String, Refusal> {
    let opened = poster.post(client, "/api/credits/deposit", json!({ "amount": 500 })).await?;
    let url = word(&opened, "checkout_url")?;
    poster.says(&format!("asks for a deposit of 500.00 and is sent to {url}"));
    let session = url.rsplit('/').next().unwrap_or_default().to_owned();
    let asked = fake.newest(client, "checkout.session", ("/id", &session)).await?;
    client.press_there(&format!("{url}/card")).await?;
    let wallet = until(client, poster, "/api/wallet", |wallet| wallet["available"] != 0).await?;
    let (total, available) = (amount(&asked, "amount_total"), amount(&wallet, "available"));
    poster.says(&format!("paid {total} USD by card, the fee included; Stripe's event put {available} USD into the wallet"));
    Ok(session)
}

async fn work(client: &Client, poster: &Person, bot: &Person) -> Result<(), Refusal> {
    let draft = json!({
        "title": "Replace the regex invoice parser with a grammar", "description": "All 212 fixtures must parse to the same rows.",
        "category": "coding", "budget_max": 48_000,
    });
    let job = word(&poster.post(client, "/api/agent/jobs", draft).await?, "id")?;
    poster.says("posted a job of up to 480.00 USD");
    let offer = story::offer(client, bot, &job, 45_000, "I wrote three grammars like this one.").await?;
    story::hire(client, poster, &job, &offer).await?;
    bot.post(client, &format!("/api/jobs/{job}/deliver"), json!({ "content": "212 of 212 fixtures are equal." })).await?;
    bot.says("delivered");
    poster.post(client, &format!("/api/jobs/{job}/approve"), json!({})).await?;
    poster.says("approved; the payment cools down for two seconds here, for a day otherwise");
    story::paid(client, poster, bot, &job).await
}

async fn pay_out(client: &Client, fake: &FakeStripe, bot: &Person) -> Result<(), Refusal> {
    let connected = bot.post_in_person(client, "/api/agent/stripe/connect", json!({})).await?;
    let url = word(&connected, "url")?;
    bot.says(&format!("connects an account for payouts; a person of theirs fills in the forms at {url}"));
    client.press_there(&format!("{url}/complete")).await?;
    until(client, bot, "/api/agent/stripe/connect", |account| account["status"] == "ready").await?;
    let available = amount(&bot.get(client, "/api/wallet").await?, "available");
    let payout = word(&bot.post_in_person(client, "/api/wallet/payout", json!({ "amount": available.0 })).await?, "id")?;
    bot.says(&format!("asks for all of it, {available} USD; a person does, because the bot's key pays nothing out"));
    let path = format!("/api/wallet/payouts/{payout}");
    until(client, bot, &path, |payout| payout["status"] == "sent").await?;
    bot.says("sees that Stripe has the money and sends it to the bank");
    let payment = fake.newest(client, "payout", ("/metadata/payout", &payout)).await?;
    fake.steer(client, "payout", json!({ "payout": word(&payment, "id")?, "status": "paid" })).await?;
    until(client, bot, &path, |payout| payout["status"] == "paid").await?;
    bot.says("has it at the bank");
    Ok(())
}

async fn charge_back(client: &Client, fake: &FakeStripe, poster: &Person, session: &str) -> Result<(), Refusal> {
    let before = amount(&poster.get(client, "/api/wallet").await?, "available");
    let total = fake.newest(client, "checkout.session", ("/id", session)).await?["amount_total"].clone();
    let dispute = id::random("dp_");
    let decide = |status: &str| json!({ "id": dispute, "session": session, "amount": total, "status": status });
    fake.steer(client, "reversal", decide("needs_response")).await?;
    until(client, poster, "/api/wallet", |wallet| wallet["available"] == 0).await?;
    let owed = Money(50_000 - before.0);
    poster.says(&format!("has the card's bank take the deposit back: {before} USD leave the wallet, and {owed} USD are owed"));
    poster.says("can fund nothing more until that is paid; the job that was paid stays paid");
    fake.steer(client, "reversal", decide("won")).await?;
    let wallet = until(client, poster, "/api/wallet", |wallet| wallet["available"] != 0).await?;
    poster.says(&format!("loses the dispute: the bank gives the money back, and {} USD are available again", amount(&wallet, "available")));
    Ok(())
}

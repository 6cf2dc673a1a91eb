//! The story of the demo, step by step.

use super::client::Client;
use super::person::{Person, word};
use super::review;
use crate::config::Refusal;
use market::{Market, Money};
use serde_json::{Value, json};
use std::time::Duration;

const BRIEF: &str = "Our parser is 900 lines of regular expressions and breaks on every new carrier. Replace it with a grammar \
that reports line and column on failure. All 212 fixtures must parse to the same rows.";

/// Plays the story from sign-up to the audit of the ledger.
pub(super) async fn tell(client: &Client, market: &Market) -> Result<(), Refusal> {
    println!("A job from post to pay, over HTTP, on a throwaway database. Money is play money.\n");
    let poster = Person::arrive(client, "Larkin").await?;
    let (ferrous, quill) = (Person::arrive(client, "Ferrous").await?, Person::arrive(client, "Quill").await?);
    ferrous.profile(client, &["coding"]).await?;
    quill.profile(client, &["coding", "writing"]).await?;
    ferrous.says("is an agent that does coding; Quill does coding and writing");
    let mut panel = Vec::new();
    for name in ["Assay", "Touch", "Carat"] {
        let proofer = Person::arrive(client, name).await?;
        proofer.profile(client, &["testing"]).await?;
        panel.push(proofer);
    }
    deposit(client, &poster).await?;
    let job = post(client, &poster).await?;
    let first = offer(client, &ferrous, &job, 48_000, "I wrote three grammars like this one.").await?;
    offer(client, &quill, &job, 52_000, "I would also write the documentation.").await?;
    hire(client, &poster, &job, &first).await?;
    review::hold(client, &poster, &ferrous, &panel, &job).await?;
    paid(client, &poster, &ferrous, &job).await?;
    for proofer in &panel {
        let wallet = proofer.get(client, "/api/wallet").await?;
        proofer.says(&format!("earned {} USD for two verdicts", amount(&wallet, "available")));
    }
    prove(market).await
}

async fn deposit(client: &Client, poster: &Person) -> Result<(), Refusal> {
    let checkout = poster.post(client, "/api/credits/deposit", json!({ "amount": 1000 })).await?;
    client.press(&word(&checkout, "checkout_url")?, "/_fn/sandbox/pay").await?;
    let wallet = poster.get(client, "/api/wallet").await?;
    poster.says(&format!("deposited test money at the checkout page; {} USD are available", amount(&wallet, "available")));
    Ok(())
}

async fn post(client: &Client, poster: &Person) -> Result<String, Refusal> {
    let draft = json!({
        "title": "Replace the regex invoice parser with a grammar", "description": BRIEF, "category": "coding",
        "budget_min": 40_000, "budget_max": 55_000, "proof_required": true, "proofer_count": 3, "proof_fee": 1_500,
        "rubric": [{ "name": "Correctness", "weight": 3 }, { "name": "Clarity", "weight": 1 }],
    });
    let job = poster.post(client, "/api/agent/jobs", draft).await?;
    poster.says(&format!(
        "posted job {}: {}, up to {} USD, to be judged by three proofers",
        word(&job, "ref")?,
        word(&job, "title")?,
        amount(&job, "budget_max")
    ));
    word(&job, "id")
}

/// Finds the job among the matching ones, agrees to its NDA, and applies for it.
pub(super) async fn offer(client: &Client, bot: &Person, job: &str, cents: i64, letter: &str) -> Result<String, Refusal> {
    let found = bot.get(client, "/api/agent/jobs/available?search=grammar").await?;
    bot.post(client, &format!("/api/jobs/{job}/nda"), json!({})).await?;
    let application =
        bot.post(client, &format!("/api/jobs/{job}/apply"), json!({ "cover_letter": letter, "proposed_price": cents })).await?;
    bot.says(&format!("found {} matching job, agreed to its NDA, and offers to do it for {} USD", found["total"], Money(cents)));
    word(&application, "id")
}

pub(super) async fn hire(client: &Client, poster: &Person, job: &str, application: &str) -> Result<(), Refusal> {
    let choice = json!({ "applicationId": application });
    poster.post(client, &format!("/api/agent/jobs/{job}/accept-application"), choice).await?;
    poster.post(client, &format!("/api/jobs/{job}/fund-escrow"), json!({ "applicationId": application, "useWallet": true })).await?;
    let wallet = poster.get(client, "/api/wallet").await?;
    poster.says(&format!("accepted Ferrous and funded the job; {} USD are in escrow, the fee included", amount(&wallet, "reserved")));
    Ok(())
}

/// Waits for the release timer.
pub(super) async fn paid(client: &Client, poster: &Person, bot: &Person, job: &str) -> Result<(), Refusal> {
    let mut look = tokio::time::interval(Duration::from_millis(100));
    loop {
        look.tick().await;
        let now = poster.get(client, &format!("/api/jobs/{job}")).await?;
        if now["status"] == "completed" {
            break;
        }
    }
    let wallet = bot.get(client, "/api/wallet").await?;
    bot.says(&format!("was paid: {} USD are available", amount(&wallet, "available")));
    let wallet = poster.get(client, "/api/wallet").await?;
    poster.says(&format!("has {} USD left", amount(&wallet, "available")));
    Ok(())
}

pub(super) async fn prove(market: &Market) -> Result<(), Refusal> {
    let audit = market.audit().await?;
    if !audit.is_sound() {
        return Err(Refusal(format!("the ledger is not sound: {}", audit.findings.join(" "))));
    }
    println!(
        "\nThe ledger is sound: {} entries, every one sums to zero, the chain ends at {}.",
        audit.entries,
        audit.head.get(..12).unwrap_or_default()
    );
    println!("Start your own with: guildhall serve");
    Ok(())
}

/// Reads an amount in cents from an answer, as dollars for people.
pub(super) fn amount(answer: &Value, name: &str) -> Money {
    Money(answer[name].as_i64().unwrap_or_default())
}

//! The review in the story: three proofers judge the work in two rounds without seeing each other's verdicts.

use super::client::Client;
use super::person::{Person, word};
use super::story::amount;
use crate::config::Refusal;
use serde_json::{Value, json};

/// Plays the story from the first delivery to the poster's approval.
pub(super) async fn hold(client: &Client, poster: &Person, bot: &Person, panel: &[Person], job: &str) -> Result<(), Refusal> {
    let deliver = format!("/api/jobs/{job}/deliver");
    bot.post(client, &deliver, json!({ "content": "A grammar of 140 lines. 210 of 212 fixtures are equal." })).await?;
    bot.says("delivered version 1; now the job looks for proofers");
    seat(client, poster, panel, job).await?;
    verdicts(client, panel, job, [mend("Two fixtures differ: unknown fields are dropped."), mend("Unknown fields are lost."), approve(84)])
        .await?;
    let seen = bot.get(client, &format!("/api/jobs/{job}/proofs")).await?;
    let wishes = seen["revision_items"].as_array().map_or(0, Vec::len);
    bot.says(&format!("reads the consensus: {}, {wishes} things to mend, and what the proofers advise", consensus(&seen)));
    bot.post(client, &deliver, json!({ "content": "Unknown fields are kept. 212 of 212 fixtures are equal." })).await?;
    bot.says("delivered version 2; the same three judge again, blind again");
    verdicts(client, panel, job, [approve(95), approve(93), approve(97)]).await?;
    let seen = poster.get(client, &format!("/api/jobs/{job}/proofs")).await?;
    poster.says(&format!("sees three verdicts, the consensus is {}", consensus(&seen)));
    poster.post(client, &format!("/api/jobs/{job}/approve"), json!({})).await?;
    poster.says("approved; the payment cools down for two seconds here, for a day otherwise");
    Ok(())
}

/// Lets the proofers apply, accepts them, and moves their fees into escrow.
async fn seat(client: &Client, poster: &Person, panel: &[Person], job: &str) -> Result<(), Refusal> {
    for proofer in panel {
        proofer.post(client, &format!("/api/jobs/{job}/nda"), json!({})).await?;
        let application =
            proofer.post(client, &format!("/api/jobs/{job}/apply"), json!({ "cover_letter": "I judge what I can run." })).await?;
        proofer.says(&format!("offers to proof it for {} USD", amount(&application, "proposed_price")));
        let choice = json!({ "applicationId": word(&application, "id")? });
        poster.post(client, &format!("/api/jobs/{job}/accept-proofer"), choice).await?;
    }
    poster.post(client, &format!("/api/jobs/{job}/fund-proof-escrow"), json!({ "useWallet": true })).await?;
    poster.says("accepted all three and funded them; the review is on");
    Ok(())
}

/// Submits the verdicts and checks that each proofer was blind before and sees the others after.
async fn verdicts(client: &Client, panel: &[Person], job: &str, said: [Value; 3]) -> Result<(), Refusal> {
    let path = format!("/api/jobs/{job}/proofs");
    for (proofer, verdict) in panel.iter().zip(said) {
        let before = proofer.get(client, &path).await?;
        let found = word(&verdict, "verdict")?;
        let after = proofer.post(client, &path, verdict).await?;
        if before["blind_review_active"] != true || after["blind_review_active"] != false {
            return Err(Refusal(format!("the review was not blind: {before} then {after}")));
        }
        let seen = after["proofs"].as_array().map_or(0, Vec::len);
        proofer.says(&format!("saw no other verdict, found: {found}, and may read all {seen} now"));
    }
    Ok(())
}

fn consensus(seen: &Value) -> &str {
    seen["summary"]["consensus"].as_str().unwrap_or("none")
}

fn approve(score: i64) -> Value {
    json!({ "verdict": "approve", "score": score, "summary": "It does what the brief asks." })
}

fn mend(what: &str) -> Value {
    json!({
        "verdict": "needs_revision",
        "sections": [{ "name": "Correctness", "score": 60 }, { "name": "Clarity", "score": 88 }],
        "revision_items": [{ "category": "correctness", "description": what, "priority": "high" }],
        "summary": "Close, but it loses data.",
        "agent_feedback": "Round-trip a record with a field nobody knows; that finds this kind of loss."
    })
}

//! `/llms.txt` by itself: a bot that knows nothing else takes a job to its payment, reviewed and not.

use crate::test_server::TestServer;
use std::process::{Command, Output};

/// The blocks that run as they stand, in order.
fn script(text: &str) -> String {
    let blocks = text.split("```bash\n").skip(1).map(|rest| rest.split("```").next().expect("an end"));
    blocks.collect::<Vec<_>>().join("\n")
}

/// Runs it in one shell that stops at the first refusal.
async fn run(script: &str) -> Output {
    // The text's own calls, but a refusal is a failure, and each answer ends its line.
    let strict = "set -euo pipefail\ncurl() { command curl --fail-with-body --silent --show-error --max-time 20 -w '\\n' \"$@\"; }\n";
    let script = format!("{strict}{script}");
    let shell = tokio::task::spawn_blocking(move || Command::new("bash").arg("-c").arg(script).output());
    shell.await.expect("it ran").expect("there is a bash")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bot_can_do_everything_by_the_text_alone() {
    // Under the limits of the references: the story keeps them.
    let server = TestServer::with(&["--rate-limits", "reference"]).await;
    let text = server.get("/llms.txt").send().await.unwrap().text().await.unwrap();
    let script = script(&text);
    assert!(script.lines().count() > 60, "{script}");
    let output = run(&script).await;
    let (heard, complaints) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{heard}\n{complaints}");
    let counted = |word: &str| heard.matches(word).count();
    assert_eq!(counted(r#""status":"releasing","budget_min""#), 2, "two jobs are approved: {heard}");
    assert_eq!(counted(r#""slots_filled":3,"slots_total":3,"job""#), 1, "three proofers are seated");
    assert!(heard.contains("2026-01-31,12.50"), "the file came as it was sent");
    assert!(heard.contains(r#""description":"Line 1: a total may have no decimals.""#), "the worker reads what to change");
    assert!(heard.contains("event: application.update"), "the stream tells");
    let decided = r#""rounds":[{"round":2,"consensus":"approve","approve":3,"needs_revision":0,"reject":0,"score":95"#;
    assert!(heard.contains(decided), "the second round approves: {heard}");
    assert!(heard.contains(r#""code":"invited""#), "the invited bot finds the task: {heard}");
    assert!(heard.contains(r#""status":"completed""#), "the task is paid: {heard}");
    assert!(heard.contains(r#""total_proofs":6"#), "six verdicts: {heard}");
    server.close().await;
}

#[tokio::test]
async fn the_text_is_for_the_server_that_serves_it() {
    let server = TestServer::open().await;
    let text = server.get("/llms.txt").send().await.unwrap().text().await.unwrap();
    assert!(text.contains(&format!("BASE={}\n", server.url)));
    let placeholders = ["{base}", "{verify}", "{pay}", "{fee}", "{delay}", "{conflict}", "{limits}", "{file_max}", "{categories}"];
    assert!(placeholders.iter().all(|word| !text.contains(word)));
    server.close().await;
}

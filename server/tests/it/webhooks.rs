//! The sender of webhooks, to receivers over real HTTP: signatures, failures in virtual time, the end of the program.

use crate::bot::Bot;
use crate::child::Served;
use crate::receiver::{Receiver, Reply, Seen};
use crate::test_server::{Folder, TestServer};
use market::outbound::{SigningSecret, body_header, standard_header};
use market::time::Clock;
use market::{Duration, Time};
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::Instant;
use testkit::{START, eventually};

const HOOK: &str = "/hooks";
/// The most deliveries of one endpoint in flight.
const IN_FLIGHT: usize = market::delivery::IN_FLIGHT_MAX as usize;

fn ids(seen: &[Seen]) -> BTreeSet<&str> {
    seen.iter().map(Seen::id).collect()
}

/// A server by a clock that a test moves, and a bot on it.
async fn timed() -> (Clock, TestServer, Bot) {
    let clock = Clock::manual(START);
    let server = TestServer::at(&clock, &[]).await;
    let bot = Bot::on(&server).await;
    (clock, server, bot)
}

/// Waits until a look for what is due has ended that began after this call: an event goes through to another endpoint.
async fn look(bot: &Bot, pulse: &Receiver) {
    let before = pulse.seen().len();
    bot.posts().await;
    pulse.until(before + 1).await;
}

fn signatures(seen: &Seen, secrets: &[&str]) -> (String, String) {
    let secrets: Vec<_> = secrets.iter().map(|secret| SigningSecret::read(secret).unwrap()).collect();
    let at = Time::from_ms(seen.header("webhook-timestamp").parse::<i64>().unwrap() * 1_000);
    (standard_header(&secrets, seen.id(), at, &seen.body), body_header(&secrets[0], &seen.body))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_is_delivered_once_and_signed_twice() {
    let server = TestServer::open().await;
    let (bot, receiver) = (Bot::on(&server).await, Receiver::open());
    let (id, secret) = bot.hears(&receiver, HOOK).await;
    bot.posts().await;
    let seen = receiver.until(1).await.remove(0);
    assert_eq!((seen.path.as_str(), seen.header("content-type")), (HOOK, "application/json"));
    assert_eq!((seen.header("x-webhook-event"), seen.header("x-webhook-id")), ("job.posted", seen.id()));
    let at = Time::parse("at", seen.header("x-webhook-timestamp")).unwrap();
    assert_eq!(at.seconds().to_string(), seen.header("webhook-timestamp"));
    let (standard, legacy) = signatures(&seen, &[&secret]);
    assert_eq!((seen.header("webhook-signature"), seen.header("x-webhook-signature")), (standard.as_str(), legacy.as_str()));
    assert!(seen.header("user-agent").starts_with("guildhall/"));
    let body: Value = serde_json::from_slice(&seen.body).unwrap();
    assert_eq!((&body["type"], &body["id"]), (&json!("job.posted"), &json!(seen.id())));
    bot.until_delivered(&id, 1).await;
    let rotated = bot.call(Method::POST, &format!("/v1/webhooks/{id}/rotate-secret"), Some(&json!({}))).await;
    let sent = bot.call(Method::POST, &format!("/v1/webhooks/{id}/test"), None).await;
    let test = receiver.until(2).await.remove(1);
    assert_eq!((test.id(), test.header("x-webhook-event")), (sent["id"].as_str().unwrap(), "webhook.test"));
    let (standard, legacy) = signatures(&test, &[rotated["secret"].as_str().unwrap(), &secret]);
    assert_eq!((test.header("webhook-signature"), test.header("x-webhook-signature")), (standard.as_str(), legacy.as_str()));
    assert_eq!(standard.split(' ').count(), 2);
    bot.until_delivered(&id, 2).await;
    assert_eq!(receiver.seen().len(), 2);
    server.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delivery_waits_for_no_clock() {
    let server = TestServer::open().await;
    let (bot, receiver) = (Bot::on(&server).await, Receiver::open());
    bot.hears(&receiver, HOOK).await;
    let (events, begun) = (20, Instant::now());
    for n in 0..events {
        bot.posts().await;
        receiver.until(n + 1).await;
    }
    // Each would take a second if the workers looked by themselves instead of being woken.
    assert!(begun.elapsed() < std::time::Duration::from_secs(10), "{:?}", begun.elapsed());
    server.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_and_a_redelivery_wait_for_no_clock() {
    let server = TestServer::open().await;
    let (bot, receiver) = (Bot::on(&server).await, Receiver::open());
    let (id, _) = bot.hears(&receiver, HOOK).await;
    let (tests, begun) = (10, Instant::now());
    for n in 0..tests {
        let sent = bot.call(Method::POST, &format!("/v1/webhooks/{id}/test"), None).await;
        receiver.until(2 * n + 1).await;
        bot.until_delivered(&id, n + 1).await;
        let again = format!("/v1/webhooks/{id}/deliveries/{}/redeliver", sent["id"].as_str().unwrap());
        bot.call(Method::POST, &again, None).await;
        receiver.until(2 * n + 2).await;
        bot.until_delivered(&id, n + 1).await;
    }
    // Each of them would take up to a second if the sender looked by itself.
    assert!(begun.elapsed() < std::time::Duration::from_secs(8), "{:?}", begun.elapsed());
    server.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_that_is_down_for_a_day_misses_nothing() {
    let (clock, server, bot) = timed().await;
    let mut receiver = Receiver::down();
    let (id, _) = bot.hears(&receiver, HOOK).await;
    for _ in 0..5 {
        bot.posts().await;
    }
    let refused = bot.attempts(&id, 1).await;
    assert_eq!(refused[0]["status"], Value::Null);
    assert!(refused[0]["error"].as_str().unwrap().starts_with("No server accepts a connection"), "{refused:?}");
    eventually("all are written", async || bot.log(&id).await.len() == 5).await;
    let known: BTreeSet<String> = bot.log(&id).await.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect();
    let tried = async || bot.log(&id).await.iter().map(|row| row["attempts"].as_u64().unwrap()).sum::<u64>();
    for hours in [1, 3, 8, 12] {
        let before = tried().await;
        clock.advance(Duration::hours(hours));
        eventually("it is tried again", async || tried().await > before).await;
    }
    assert!(bot.get(&format!("/v1/webhooks/{id}")).await["failing_since"].is_string());
    receiver.rise();
    clock.advance(Duration::hours(30));
    let seen = receiver.until(5).await;
    bot.until_delivered(&id, 5).await;
    assert_eq!(receiver.seen().len(), 5, "each once");
    assert_eq!(ids(&seen), known.iter().map(String::as_str).collect(), "under the ids that they had from the first");
    assert_eq!(bot.get(&format!("/v1/webhooks/{id}")).await["failing_since"], Value::Null);
    server.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_that_is_gone_is_left_alone() {
    let (clock, server, bot) = timed().await;
    let (receiver, pulse) = (Receiver::open(), Receiver::open());
    receiver.answers(|_| Reply::Status(410));
    let (id, _) = bot.hears(&receiver, HOOK).await;
    bot.posts().await;
    receiver.until(1).await;
    let shown = async || bot.get(&format!("/v1/webhooks/{id}")).await;
    eventually("it is disabled", async || shown().await["status"] == "disabled").await;
    assert_eq!(shown().await["disabled_reason"], "gone");
    bot.hears(&pulse, HOOK).await;
    look(&bot, &pulse).await;
    clock.advance(Duration::days(2));
    look(&bot, &pulse).await;
    assert_eq!(receiver.seen().len(), 1);
    server.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_may_ask_for_time() {
    let (clock, server, bot) = timed().await;
    let (receiver, pulse) = (Receiver::open(), Receiver::open());
    receiver.answers(|_| Reply::With(429, "retry-after", "7200".into()));
    let (id, _) = bot.hears(&receiver, HOOK).await;
    bot.posts().await;
    let attempts = bot.attempts(&id, 1).await;
    assert_eq!((&attempts[0]["status"], &attempts[0]["error"]), (&json!(429), &Value::Null));
    bot.hears(&pulse, HOOK).await;
    clock.advance(Duration::minutes(119));
    look(&bot, &pulse).await;
    assert_eq!(receiver.seen().len(), 1);
    receiver.answers(|_| Reply::Status(204));
    clock.advance(Duration::minutes(2));
    let seen = receiver.until(3).await;
    bot.until_delivered(&id, 2).await;
    assert_eq!((receiver.seen().len(), ids(&seen).len()), (3, 2));
    // The one that came meanwhile probes the receiver: the first may be the only one that fails.
    let again = seen[1..].iter().find(|seen_again| seen_again.id() == seen[0].id()).expect("the first comes again");
    assert_ne!(seen[0].header("webhook-timestamp"), again.header("webhook-timestamp"), "each attempt is signed anew");
    assert_eq!(seen[0].body, again.body);
    server.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_that_hangs_holds_up_no_other() {
    let server = TestServer::open().await;
    let (bot, slow, quick) = (Bot::on(&server).await, Receiver::open(), Receiver::open());
    slow.answers(|_| Reply::Held);
    let (hanging, _) = bot.hears(&slow, HOOK).await;
    let (id, _) = bot.hears(&quick, HOOK).await;
    for n in 0..12 {
        bot.posts().await;
        quick.until(n + 1).await;
    }
    bot.until_delivered(&id, 12).await;
    slow.until(IN_FLIGHT).await;
    assert_eq!(slow.seen().len(), IN_FLIGHT, "no more are in flight to one that does not answer");
    slow.go_on();
    bot.until_delivered(&hanging, 12).await;
    assert_eq!((slow.seen().len(), ids(&slow.seen()).len()), (12, 12));
    server.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_answer_is_read_in_part() {
    let server = TestServer::open().await;
    let (bot, receiver) = (Bot::on(&server).await, Receiver::open());
    // The limit of 4,096 bytes falls into the middle of a character.
    let long = "€".repeat(4 << 20);
    assert!(long.len() > 10 << 20);
    receiver.answers(move |_| Reply::Body(long.clone().into()));
    let (id, _) = bot.hears(&receiver, HOOK).await;
    bot.posts().await;
    let attempts = bot.attempts(&id, 1).await;
    assert_eq!(attempts[0]["status"], 200);
    assert_eq!(attempts[0]["answer"].as_str().unwrap(), "€".repeat(4_096 / 3));
    bot.until_delivered(&id, 1).await;
    server.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redirect_is_a_failure_and_is_not_followed() {
    let server = TestServer::open().await;
    let (bot, receiver) = (Bot::on(&server).await, Receiver::open());
    let elsewhere = receiver.url("/elsewhere");
    receiver.answers(move |_| Reply::With(307, "location", elsewhere.clone()));
    let (id, _) = bot.hears(&receiver, HOOK).await;
    bot.posts().await;
    let attempts = bot.attempts(&id, 1).await;
    assert_eq!((&attempts[0]["status"], &bot.log(&id).await[0]["status"]), (&json!(307), &json!("waiting")));
    assert!(receiver.at("/elsewhere").is_empty());
    server.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_is_told_in_words() {
    let server = TestServer::open().await;
    let (bot, receiver) = (Bot::on(&server).await, Receiver::open());
    let (id, _) = bot.registers(&receiver.url(HOOK).replace("http://", "https://")).await;
    bot.posts().await;
    let attempts = bot.attempts(&id, 1).await;
    let error = attempts[0]["error"].as_str().unwrap();
    assert!(error.contains("encryption can't be trusted"), "{error}");
    assert!(receiver.seen().is_empty());
    server.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn events_come_in_their_order_to_one_that_answers() {
    let server = TestServer::open().await;
    let (bot, receiver) = (Bot::on(&server).await, Receiver::open());
    let (a, _) = bot.hears(&receiver, "/a").await;
    let (b, _) = bot.hears(&receiver, "/b").await;
    for n in 0..10 {
        bot.posts().await;
        receiver.until_at("/a", n + 1).await;
        receiver.until_at("/b", n + 1).await;
    }
    for (id, path) in [(&a, "/a"), (&b, "/b")] {
        bot.until_delivered(id, 10).await;
        let logged: Vec<_> = bot.log(id).await.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect();
        assert_eq!(receiver.at(path).iter().map(|seen| seen.id().to_owned()).collect::<Vec<_>>(), logged);
    }
    server.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delivery_under_way_is_noted_when_the_program_stops() {
    let server = TestServer::open().await;
    let (bot, receiver) = (Bot::on(&server).await, Receiver::open());
    receiver.answers(|_| Reply::Held);
    bot.hears(&receiver, HOOK).await;
    bot.posts().await;
    receiver.until(1).await;
    let (url, data) = (server.url.clone(), server.folder.path().join("guildhall.db"));
    let (stopped, folder) = server.stop();
    eventually("it takes no more requests", async || bot.http.get(format!("{url}/readyz")).send().await.is_err()).await;
    receiver.go_on();
    stopped.await;
    let file = rusqlite::Connection::open(data).unwrap();
    let states: (String, i64) = file.query_row("select state, attempts from delivery", [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    assert_eq!(states, ("delivered".to_owned(), 1));
    drop(folder);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_between_send_and_note_sends_again_under_the_same_id() {
    let (folder, receiver) = (Folder::new(), Receiver::open());
    let served = Served::start(folder.path());
    let bot = Bot::at(&served.url, folder.path()).await;
    receiver.answers(|_| Reply::Held);
    let (id, secret) = bot.hears(&receiver, HOOK).await;
    bot.posts().await;
    receiver.until(1).await;
    // Dropped, it is killed while it waits for the answer.
    drop(served);
    receiver.go_on();
    let file = rusqlite::Connection::open(folder.path().join("guildhall.db")).unwrap();
    let (state, attempts): (String, i64) =
        file.query_row("select state, attempts from delivery", [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    assert_eq!((state.as_str(), attempts), ("waiting", 0), "it died before it noted anything");
    // The lease of two minutes is over.
    file.execute("update delivery set leased_until = created_at", []).unwrap();
    file.execute("update endpoint set due_at = created_at", []).unwrap();
    drop(file);
    let served = Served::start(folder.path());
    let bot = Bot { url: served.url.clone(), ..bot };
    let seen = receiver.until(2).await;
    bot.until_delivered(&id, 1).await;
    assert_eq!((seen[0].id(), &seen[0].body), (seen[1].id(), &seen[1].body));
    assert_eq!(seen[1].header("webhook-signature"), signatures(&seen[1], &[&secret]).0);
    assert_eq!(bot.attempts(&id, 1).await.len(), 1, "the log has the attempt whose outcome is known");
    served.terminate();
    assert_eq!(served.wait().code(), Some(0));
}

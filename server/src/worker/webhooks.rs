//! The workers that send webhooks: one follows the events and writes deliveries, one sends what is due.

use super::{PAUSE, until};
use api::Services;
use http::{HeaderMap, HeaderName, HeaderValue, header};
use market::delivery::{self, Attempted, Due, Outcome, Slots};
use market::id::TeamId;
use market::outbound::{Answer, Client, Failure, SigningSecret, body_header, standard_header};
use market::wire::Wire;
use market::{Duration, Kind, Market, Result, Time};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;
use tokio::sync::{Notify, watch};
use tokio::task::{Id, JoinError, JoinSet};

/// The most deliveries that this process sends at a time.
const SENDS_MAX: usize = 256;
/// The turns without a claim after which the sender waits for a send to end.
const EMPTY_TURNS_MAX: usize = 4;
/// The pause between two looks for deliveries whose time has come, and for events of other processes.
const LOOK_EVERY: std::time::Duration = std::time::Duration::from_secs(1);

pub(super) fn spawn(workers: &mut JoinSet<()>, services: &Services, client: Client) {
    let Services { market, webhooks, draining, .. } = services;
    let written = market.db.outgoing();
    workers.spawn(until(draining.clone(), follow(market.clone(), webhooks.wires, written.clone())));
    workers.spawn(Sender::new(market.clone(), client).run(written, draining.clone()));
}

/// Writes the deliveries of new events, soon after they happened.
async fn follow(market: Market, wires: &'static [Wire], written: Arc<Notify>) {
    let mut writes = market.db.event_writes();
    loop {
        if !delivery::is_far_behind(&market).await.unwrap_or_default() {
            market.db.give_way().await;
        }
        match delivery::follow(&market, wires).await {
            Ok(true) => written.notify_one(),
            Ok(false) => {
                // Events of other processes are told by nobody for sure, so it also looks by itself.
                let _ = tokio::time::timeout(LOOK_EVERY, writes.changed()).await;
            }
            Err(error) => {
                tracing::error!(code = %error.code, "deliveries of webhooks could not be written");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

/// The sender: it claims what is due, sends it, many at a time, and notes what came of it.
struct Sender {
    market: Market,
    client: Client,
    sends: JoinSet<Attempted>,
    /// The teams whose deliveries are being sent, by the sends' ids. Each send holds a slot of its team.
    teams: HashMap<Id, TeamId>,
    slots: Slots,
    /// The outcomes that are not noted yet.
    outcomes: Vec<Attempted>,
}

impl Sender {
    fn new(market: Market, client: Client) -> Self {
        Self { market, client, sends: JoinSet::new(), teams: HashMap::new(), slots: Slots::new(SENDS_MAX), outcomes: Vec::new() }
    }

    /// Sends until the server stops. It waits then for the answers to what is under way, as long as the server waits for this worker,
    /// so that nothing is sent again that was taken.
    async fn run(mut self, written: Arc<Notify>, mut draining: watch::Receiver<bool>) {
        loop {
            let is_well = self.take_turns().await;
            let pause = if is_well { LOOK_EVERY } else { PAUSE };
            tokio::select! {
                biased;
                _ = draining.wait_for(|draining| *draining) => break,
                Some(ended) = self.sends.join_next_with_id() => self.ended(ended),
                () = written.notified(), if is_well => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
        while let Some(ended) = self.sends.join_next_with_id().await {
            self.ended(ended);
            self.note().await;
        }
    }

    /// Takes an outcome, and with it all others that are there.
    fn ended(&mut self, first: Result<(Id, Attempted), JoinError>) {
        let mut next = Some(first);
        while let Some(ended) = next {
            let (id, outcome) = match ended {
                Ok((id, attempted)) => (id, Some(attempted)),
                Err(broken) => (broken.id(), None),
            };
            if let Some(team) = self.teams.remove(&id) {
                self.slots.give_back(&team);
            }
            self.outcomes.extend(outcome);
            next = self.sends.try_join_next_with_id();
        }
    }

    /// Notes the outcomes that are there and claims what is due, in one transaction, until nothing more is due or all slots are taken;
    /// false if that failed.
    async fn take_turns(&mut self) -> bool {
        // While teams hold as much as they may, what is due first can be theirs: then a send has to end before a turn claims anything.
        let mut empty_turns = 0;
        loop {
            self.market.db.give_way().await;
            let (market, outcomes, slots) = (&self.market, &self.outcomes, &self.slots);
            match market::act!(market, |tx| delivery::turn(tx, &market.secret, outcomes, slots).await) {
                Ok(turn) => {
                    self.outcomes.clear();
                    empty_turns = if turn.due.is_empty() { empty_turns + 1 } else { 0 };
                    turn.due.into_iter().for_each(|due| self.begin(due));
                    if !turn.has_more || empty_turns == EMPTY_TURNS_MAX {
                        return true;
                    }
                }
                Err(error) => {
                    tracing::error!(code = %error.code, "webhooks that are due could not be claimed");
                    self.note().await;
                    return false;
                }
            }
        }
    }

    /// Begins to send a delivery.
    fn begin(&mut self, due: Due) {
        let team = due.team_id.clone();
        self.slots.take(&team, 1);
        let begun = self.sends.spawn(send(self.market.clone(), self.client.clone(), due));
        self.teams.insert(begun.id(), team);
    }

    /// Notes all outcomes in one transaction, later if the database is away. If it refuses them each is noted by itself, so that one
    /// outcome keeps no other. The one that is lost is learned again: its lease lapses, and the delivery is sent again under its id.
    async fn note(&mut self) {
        match self.note_together(&self.outcomes).await {
            Ok(()) => self.outcomes.clear(),
            Err(error) if error.kind == Kind::Unavailable => {}
            Err(_) => {
                for outcome in std::mem::take(&mut self.outcomes) {
                    let noted = self.note_together(std::slice::from_ref(&outcome)).await;
                    self.outcomes.extend(noted.is_err_and(|error| error.kind == Kind::Unavailable).then_some(outcome));
                }
            }
        }
    }

    /// Notes outcomes in one transaction.
    async fn note_together(&self, outcomes: &[Attempted]) -> Result<()> {
        if outcomes.is_empty() {
            return Ok(());
        }
        let noted = market::act!(self.market, |tx| delivery::note(tx, outcomes).await);
        noted.inspect_err(|error| tracing::error!(code = %error.code, count = outcomes.len(), "outcomes of webhooks could not be noted"))
    }
}

async fn send(market: Market, client: Client, due: Due) -> Attempted {
    let (at, begun) = (market.clock.now(), Instant::now());
    let sent = match headers(&due, at) {
        Some(headers) => client.post_for(due.team_id.as_str(), &due.url, headers, due.body.clone()).await,
        None => {
            tracing::error!(delivery = %due.id, "a webhook's delivery can't be signed");
            Err(Failure::Broken)
        }
    };
    let latency_ms = i64::try_from(begun.elapsed().as_millis()).unwrap_or(i64::MAX);
    Attempted { lease: due.lease, at, latency_ms, outcome: outcome(sent, market.clock.now()) }
}

fn outcome(sent: Result<Answer, Failure>, now: Time) -> Outcome {
    match sent {
        Ok(answer) => Outcome::Answered {
            status: answer.status,
            retry_after: answer.retry_after.map(|wish| wish.time(now).since(now)).filter(|wait| *wait > Duration::ZERO),
            answer: text(&answer),
        },
        Err(failure) => Outcome::Failed(failure.sentence().to_owned()),
    }
}

/// Returns the beginning of an answer as text. A character that the limit cut in two is left out.
fn text(answer: &Answer) -> String {
    let bytes = &answer.body_start;
    let is_begun = |tail: &[u8]| std::str::from_utf8(tail).is_err_and(|error| error.valid_up_to() == 0 && error.error_len().is_none());
    let cut = (1..=3.min(bytes.len())).find(|n| is_begun(&bytes[bytes.len() - n..])).filter(|_| answer.is_cut);
    String::from_utf8_lossy(&bytes[..bytes.len() - cut.unwrap_or(0)]).into_owned()
}

/// Returns the headers of a delivery: those of Standard Webhooks, and those of gagiteck's reference.
fn headers(due: &Due, at: Time) -> Option<HeaderMap> {
    let secrets: Vec<_> = due.secrets.iter().filter_map(|secret| SigningSecret::read(secret)).collect();
    let body = due.body.as_bytes();
    let standard = standard_header(&secrets, due.id.as_str(), at, body);
    let legacy = body_header(secrets.first()?, body);
    let texts = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (HeaderName::from_static("webhook-id"), due.id.to_string()),
        (HeaderName::from_static("webhook-timestamp"), at.seconds().to_string()),
        (HeaderName::from_static("webhook-signature"), standard),
        (HeaderName::from_static("x-webhook-signature"), legacy),
        (HeaderName::from_static("x-webhook-event"), due.event.clone()),
        (HeaderName::from_static("x-webhook-id"), due.id.to_string()),
        (HeaderName::from_static("x-webhook-timestamp"), at.to_string()),
    ];
    texts.into_iter().map(|(name, text)| Some((name, HeaderValue::try_from(text).ok()?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(body: &[u8], is_cut: bool) -> String {
        text(&Answer { status: 200, retry_after: None, body_start: body.to_vec(), is_cut, latency: Duration::ZERO })
    }

    #[test]
    fn an_answer_is_text_whatever_it_is() {
        let euro = "ok €".as_bytes();
        assert_eq!(kept(euro, true), "ok €");
        for cut in [1, 2] {
            assert_eq!(kept(&euro[..euro.len() - cut], true), "ok ", "half a character is not shown");
        }
        assert_eq!(kept(&euro[..euro.len() - 1], false), "ok \u{fffd}", "the receiver sent it so");
        assert_eq!(kept(b"\xff\xfe", true), "\u{fffd}\u{fffd}");
        assert_eq!((kept(b"", true), kept(b"\xe2", true)), (String::new(), String::new()));
    }
}

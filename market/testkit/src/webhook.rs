//! Webhooks: endpoints, and a sender that answers in the endpoint's place.

use crate::{TestApp, act};
use market::delivery::{self, Attempted, Due, Outcome, Slots};
use market::endpoint::{Config, Created, Draft};
use market::nouns::REGISTRY;
use market::outbound::Policy;
use market::wire::{Dialect, Wire};
use market::{Actor, Duration, Result};

/// The slots of a sender that none of its tests fills.
const SLOTS: usize = 1_000;
/// The latency of every answer.
const LATENCY_MS: i64 = 12;

/// The addresses that a market with real people sends to.
static POLICY: Policy = Policy::production();

/// The form for an endpoint that wants these events.
pub fn draft(events: &[&str]) -> Draft {
    Draft {
        url: "https://bot.example.com/hooks?token=abc".into(),
        description: "The bot".into(),
        events: events.iter().map(|&event| event.to_owned()).collect(),
        dialect: Dialect::Guildhall,
        agent_id: None,
        secret: None,
    }
}

/// The endpoint answers with this status.
pub fn answer(status: u16) -> Outcome {
    Outcome::Answered { status, retry_after: None, answer: format!("The status is {status}.") }
}

impl TestApp {
    /// The parts that acts on endpoints need.
    pub fn webhooks(&self) -> Config<'_> {
        self.webhooks_of(&[])
    }

    /// The parts that acts on endpoints need, with wires of dialects.
    pub fn webhooks_of(&self, wires: &'static [Wire]) -> Config<'_> {
        Config { registry: &REGISTRY, wires, policy: &POLICY, secret: &self.market.secret }
    }

    /// Makes an endpoint that wants these events.
    pub async fn webhook(&self, actor: &Actor, events: &[&str]) -> Created {
        act!(self, endpoint::create(actor, &self.webhooks(), &draft(events))).expect("makes a webhook")
    }

    /// Writes the deliveries of all events.
    pub async fn fan_out(&self, wires: &'static [Wire]) {
        while delivery::follow(&self.market, wires).await.expect("follows") {}
    }

    /// Claims what is due.
    pub async fn claim(&self) -> Vec<Due> {
        self.claim_within(&Slots::new(SLOTS)).await
    }

    /// Claims what is due as far as a sender's slots are free.
    pub async fn claim_within(&self, slots: &Slots) -> Vec<Due> {
        act!(self, delivery::turn(&self.market.secret, &[], slots)).expect("claims").due
    }

    /// Notes one outcome for claimed deliveries.
    pub async fn note(&self, claimed: &[Due], outcome: &Outcome) -> Result<()> {
        let attempted = |due: &Due| Attempted { lease: due.lease, at: self.now(), latency_ms: LATENCY_MS, outcome: outcome.clone() };
        let all: Vec<_> = claimed.iter().map(attempted).collect();
        act!(self, delivery::note(&all))
    }

    /// Sends all that is due, and what becomes due by that, as the endpoint answers it; returns what was sent, in order.
    pub async fn deliver(&self, mut answers: impl FnMut(&Due) -> Outcome) -> Vec<Due> {
        self.fan_out(&[]).await;
        let mut sent = Vec::new();
        loop {
            let claimed = self.claim().await;
            if claimed.is_empty() {
                return sent;
            }
            for due in claimed {
                let outcome = answers(&due);
                self.note(std::slice::from_ref(&due), &outcome).await.expect("notes");
                sent.push(due);
            }
        }
    }

    /// Lets time pass in steps, and sends in each what is due.
    pub async fn deliver_for(&self, span: Duration, step: Duration, mut answers: impl FnMut(&Due) -> Outcome) -> Vec<Due> {
        let (end, mut sent) = (self.now().after(span), Vec::new());
        while self.now() < end {
            self.pass(step);
            sent.extend(self.deliver(&mut answers).await);
        }
        sent
    }
}

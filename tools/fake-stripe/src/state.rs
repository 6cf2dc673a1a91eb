//! The state: sessions, payments, and the answers that were given under idempotency keys.

use kernel::time::Clock;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

/// What the next calls of the API meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The call is refused with this status and does nothing.
    Refuse(u16),
    /// The call takes effect, and its answer never comes.
    Silence,
}

/// Everything that the fake holds.
pub(crate) struct Fake {
    /// The fake's own address.
    pub(crate) base: String,
    pub(crate) webhook: String,
    pub(crate) secret: String,
    /// Checkout sessions by id.
    pub(crate) sessions: HashMap<String, Value>,
    /// Payments by id, with the session that made them.
    pub(crate) payments: HashMap<String, Value>,
    /// The first request and answer under each idempotency key.
    pub(crate) answers: HashMap<String, (String, u16, Value)>,
    /// Refunds and disputes by id.
    pub(crate) reversals: HashMap<String, Value>,
    /// The trouble that waits for the next calls.
    pub(crate) trouble: Vec<Trouble>,
    /// True while events are kept back.
    pub(crate) holds_events: bool,
    /// The events that were kept back.
    pub(crate) held: Vec<Value>,
    made: u64,
}

/// The state as the routes share it.
#[derive(Clone)]
pub(crate) struct Shared(Arc<Mutex<Fake>>);

impl Shared {
    pub(crate) fn new(fake: Fake) -> Self {
        Self(Arc::new(Mutex::new(fake)))
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, Fake> {
        self.0.lock().unwrap()
    }
}

impl Fake {
    pub(crate) fn new(base: String, webhook: String, secret: String) -> Self {
        Self {
            base,
            webhook,
            secret,
            sessions: HashMap::new(),
            payments: HashMap::new(),
            answers: HashMap::new(),
            reversals: HashMap::new(),
            trouble: Vec::new(),
            holds_events: false,
            held: Vec::new(),
            made: 0,
        }
    }

    /// Makes an id that no other thing has, also of another run.
    pub(crate) fn id(&mut self, prefix: &str) -> String {
        self.made += 1;
        format!("{prefix}_{:x}{:x}", Clock::System.now().ms(), self.made)
    }

    /// Makes an event about an object.
    pub(crate) fn event(&mut self, kind: &str, object: &Value) -> Value {
        json!({
            "id": self.id("evt"), "object": "event", "api_version": "2026-09-30.endive", "created": now(), "livemode": false,
            "pending_webhooks": 1, "request": { "id": null, "idempotency_key": null }, "type": kind, "data": { "object": object },
        })
    }
}

/// The time in Unix seconds.
pub(crate) fn now() -> i64 {
    Clock::System.now().seconds()
}

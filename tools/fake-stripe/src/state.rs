//! The state: all objects by id, who owns them, balances, and the answers that were given under idempotency keys.

use crate::objects;
use crate::steer::delivery::Delivery;
use crate::steer::trouble::Planned;
use kernel::time::Clock;
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::mpsc::UnboundedSender;

/// The cents in which a platform's balance begins, so that transfers work without a payment before them.
const OPENING_BALANCE: i64 = 100_000_000;

/// An address that gets events.
#[derive(Clone)]
pub(crate) struct Endpoint {
    pub(crate) url: String,
    pub(crate) secret: String,
}

/// Everything that the fake holds.
pub(crate) struct Fake {
    /// The fake's own address.
    pub(crate) base: String,
    /// The endpoint for events.
    pub(crate) endpoint: Endpoint,
    /// The endpoint for events of connected accounts, if they go to another one.
    pub(crate) connect: Option<Endpoint>,
    /// The first request and answer under each idempotency key.
    pub(crate) answers: HashMap<String, (String, u16, Value)>,
    /// The trouble that waits for the next calls.
    pub(crate) trouble: Vec<Planned>,
    /// The rules of sending events.
    pub(crate) delivery: Delivery,
    /// The id and the idempotency key of the call that runs, for its events.
    pub(crate) request: (Option<String>, Option<String>),
    /// The ids of the events that their receiver took.
    pub(crate) taken: HashSet<String>,
    /// The tokens of account links that were not used yet, with account, return and refresh address.
    pub(crate) links: HashMap<String, objects::connect::Link>,
    objects: HashMap<String, Value>,
    order: Vec<String>,
    owners: HashMap<String, String>,
    balances: HashMap<(String, String), i64>,
    outbox: UnboundedSender<Value>,
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
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Fake {
    pub(crate) fn new(base: String, url: String, secret: String, outbox: UnboundedSender<Value>) -> Self {
        Self {
            base,
            endpoint: Endpoint { url, secret },
            connect: None,
            answers: HashMap::new(),
            trouble: Vec::new(),
            delivery: Delivery::default(),
            request: (None, None),
            taken: HashSet::new(),
            links: HashMap::new(),
            objects: HashMap::new(),
            order: Vec::new(),
            owners: HashMap::new(),
            balances: HashMap::from([((String::new(), "usd".to_owned()), OPENING_BALANCE)]),
            outbox,
            made: 0,
        }
    }

    /// Makes an id that no other thing has, also of another run.
    pub(crate) fn id(&mut self, prefix: &str) -> String {
        self.made += 1;
        format!("{prefix}_{:x}{:04x}", Clock::System.now().ms(), self.made)
    }

    /// Keeps an object of an account, or of the platform, and returns its id.
    pub(crate) fn put(&mut self, account: Option<&str>, object: Value) -> String {
        let id = object["id"].as_str().expect("each kept object has an id").to_owned();
        if let Some(account) = account {
            self.owners.insert(id.clone(), account.to_owned());
        }
        if self.objects.insert(id.clone(), object).is_none() {
            self.order.push(id.clone());
        }
        id
    }

    /// Returns an object, or null.
    pub(crate) fn get(&self, id: &str) -> Value {
        self.objects.get(id).cloned().unwrap_or_default()
    }

    /// Returns the account that owns an object; none for the platform.
    pub(crate) fn owner(&self, id: &str) -> Option<&str> {
        self.owners.get(id).map(String::as_str)
    }

    /// Returns the objects of a kind that an account owns, the newest first.
    pub(crate) fn of_kind(&self, account: Option<&str>, kind: &str) -> Vec<&Value> {
        let owned = self.order.iter().rev().filter(|id| self.owner(id) == account);
        owned.filter_map(|id| self.objects.get(id)).filter(|object| object["object"] == kind).collect()
    }

    /// Returns the objects of a kind, whoever owns them, the oldest first.
    pub(crate) fn all_of_kind(&self, kind: &str) -> Vec<&Value> {
        self.order.iter().filter_map(|id| self.objects.get(id)).filter(|object| object["object"] == kind).collect()
    }

    /// Sets fields of an object and returns it as it is then.
    pub(crate) fn set(&mut self, id: &str, fields: Value) -> Value {
        let Some(object) = self.objects.get_mut(id) else { return Value::Null };
        for (name, value) in fields.as_object().into_iter().flatten() {
            object[name] = value.clone();
        }
        object.clone()
    }

    pub(crate) fn remove(&mut self, id: &str) {
        self.objects.remove(id);
        self.order.retain(|kept| kept != id);
    }

    /// Returns the cents that an account, or the platform, can spend.
    pub(crate) fn balance(&self, account: Option<&str>, currency: &str) -> i64 {
        *self.balances.get(&(account.unwrap_or_default().to_owned(), currency.to_owned())).unwrap_or(&0)
    }

    /// Sets the cents that an account, or the platform, can spend.
    pub(crate) fn set_balance(&mut self, account: Option<&str>, currency: &str, cents: i64) {
        self.balances.insert((account.unwrap_or_default().to_owned(), currency.to_owned()), cents);
    }

    /// Returns the balances of an account by currency.
    pub(crate) fn balances(&self, account: Option<&str>) -> Vec<(&str, i64)> {
        let own = self.balances.iter().filter(|((owner, _), _)| owner == account.unwrap_or_default());
        own.map(|((_, currency), cents)| (currency.as_str(), *cents)).collect()
    }

    /// Moves cents in or out of a balance, less a fee, and returns the id of the transaction that says so.
    pub(crate) fn post(&mut self, account: Option<&str>, kind: &str, source: &str, (amount, fee): (i64, i64), currency: &str) -> String {
        *self.balances.entry((account.unwrap_or_default().to_owned(), currency.to_owned())).or_insert(0) += amount - fee;
        let id = self.id("txn");
        self.put(account, objects::payment::balance_transaction(&id, kind, source, (amount, fee), currency))
    }

    /// Makes an event about an object as it is now, lists it, and sends it unless a test asked otherwise.
    pub(crate) fn emit(&mut self, kind: &str, object: &str) {
        let about = self.get(object);
        // An account's own events belong to the account.
        let account = if about["object"] == "account" { Some(object.to_owned()) } else { self.owner(object).map(str::to_owned) };
        let (request, key) = self.request.clone();
        let mut event = json!({
            "id": self.id("evt"), "object": "event", "api_version": "2026-09-30.endive", "created": now(), "livemode": false,
            "pending_webhooks": 1, "request": { "id": request, "idempotency_key": key }, "type": kind, "data": { "object": about },
        });
        if let Some(account) = &account {
            event["account"] = json!(account);
        }
        self.put(account.as_deref(), event.clone());
        for event in self.delivery.admit(event) {
            self.send(event);
        }
    }

    /// Sends an event to its endpoint, after those that were sent before.
    pub(crate) fn send(&self, event: Value) {
        // The receiver is gone only while the runtime shuts down.
        let _ = self.outbox.send(event);
    }
}

/// The time in Unix seconds.
pub(crate) fn now() -> i64 {
    Clock::System.now().seconds()
}

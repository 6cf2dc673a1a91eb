//! What surrounds one request: the market, its dialect, its id, and where its caller stands. The edge makes it.

use crate::credential::Presented;
use crate::dialect::{Dialect, Trace};
use crate::document::document;
use crate::gate::{Gate, network};
use crate::guildhall::story;
use crate::limit::{Place, Policy, Standing, Subject, too_many};
use crate::reply::Stop;
use crate::settings::Settings;
use crate::table::Table;
use axum::body::Bytes;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use market::actor::Credential;
use market::{Actor, Error, Market};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// What every route of one server shares.
pub(crate) struct Desk {
    /// Where the acts are.
    pub market: Market,
    /// The operator's choices.
    pub settings: Settings,
    /// Who asked how often.
    pub gate: Gate,
    /// `/openapi.json`, rendered.
    pub document: Bytes,
    /// `/llms.txt`, rendered.
    pub llms: Bytes,
    /// All there is, for the 404's advice.
    pub table: Table,
}

impl Desk {
    /// Renders what is the same for everybody.
    pub(crate) fn new(market: Market, settings: Settings, gate: Gate) -> Self {
        let table = Table::new();
        let rendered = document(&table, &market.terms.base_url).to_json().expect("the document serialises");
        Self { settings, gate, document: rendered.into(), llms: story(&market.terms).into(), table, market }
    }
}

/// Whom a route lets in, and so whose body is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Door {
    /// Those who prove who they are.
    Member,
    /// Everybody.
    Anybody,
    /// There is no route: nobody.
    Nobody,
}

/// One request's surroundings, found by extractors in its extensions.
pub(crate) struct Scene {
    pub(crate) desk: Arc<Desk>,
    pub(crate) dialect: &'static dyn Dialect,
    pub(crate) policy: Policy,
    pub(crate) trace: Trace,
    /// Set by the first run of a request, so that running it again does not count twice.
    pub(crate) standing: OnceLock<Option<Standing>>,
    place: Mutex<Option<Place>>,
    /// Whoever was let in by the request's head, until the handler takes them over.
    admitted: Mutex<Option<Actor>>,
}

impl Scene {
    pub(crate) fn new(desk: Arc<Desk>, dialect: &'static dyn Dialect, policy: Policy, trace: Trace) -> Self {
        Self { desk, dialect, policy, trace, standing: OnceLock::new(), place: Mutex::default(), admitted: Mutex::default() }
    }

    /// The scene of the request that is being extracted from.
    pub(crate) fn of(parts: &Parts) -> Result<Arc<Scene>, Error> {
        parts.extensions.get::<Arc<Scene>>().cloned().ok_or_else(Error::internal)
    }

    /// Lets whoever asks in by the head of the request alone, before anything is read of its body.
    pub(crate) async fn admit(&self, parts: &Parts, door: Door) -> Result<(), Stop> {
        match door {
            Door::Member => {
                let actor = self.actor(parts).await?;
                *held(&self.admitted) = Some(actor);
            }
            Door::Anybody => drop(self.stranger(parts)?),
            Door::Nobody => {}
        }
        Ok(())
    }

    /// Has the handler look again who asks: a key may have been revoked meanwhile.
    pub(crate) fn admit_anew(&self) {
        held(&self.admitted).take();
    }

    /// Who is asking, counted against its limits. Failures count against the address.
    pub(crate) async fn actor(&self, parts: &Parts) -> Result<Actor, Stop> {
        let admitted = held(&self.admitted).take();
        if let Some(actor) = admitted {
            return Ok(actor);
        }
        let found = self.find_actor(&parts.headers).await;
        if let Ok(actor) = &found {
            self.desk.settings.uses.note(actor);
        }
        self.count(self.subject(parts, found.as_ref().ok()))?;
        Ok(found?)
    }

    /// Whose credential these headers hold.
    pub(crate) async fn find_actor(&self, headers: &HeaderMap) -> Result<Actor, Error> {
        let presented = Presented::find(headers, self.dialect)?;
        presented.actor(&self.desk.market).await
    }

    /// The address alone, counted against its limits.
    pub(crate) fn stranger(&self, parts: &Parts) -> Result<String, Stop> {
        let subject = self.subject(parts, None);
        let ip = subject.ip.clone();
        self.count(subject)?;
        Ok(ip)
    }

    fn subject(&self, parts: &Parts, actor: Option<&Actor>) -> Subject {
        let ip = network(self.desk.gate.address(&parts.headers, &parts.extensions));
        let path = parts.uri.path().to_owned();
        match actor {
            Some(actor) => Subject { member: actor.member.to_string(), caller: caller(actor), plan: actor.plan, ip, path },
            None => Subject::stranger(ip, path),
        }
    }

    fn count(&self, subject: Subject) -> Result<(), Stop> {
        if self.standing.get().is_some() {
            return Ok(());
        }
        let limits = &self.desk.gate.limits;
        let standing = *self.standing.get_or_init(|| limits.count(self.policy, &subject));
        if let Some(wait) = standing.and_then(|standing| standing.wait) {
            return Err(too_many(wait).into());
        }
        let place = limits.enter(self.policy, &subject)?;
        *held(&self.place) = place;
        Ok(())
    }
}

/// Whose counters and whose idempotency keys: the API key's own, or the person's.
pub(crate) fn caller(actor: &Actor) -> String {
    match &actor.credential {
        Credential::Key { id, .. } => id.to_string(),
        _ => actor.member.to_string(),
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

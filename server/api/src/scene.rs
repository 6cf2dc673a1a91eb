//! What surrounds one request: the market, its dialect, its id, and where its caller stands. The edge makes it.

use crate::credential::Presented;
use crate::dialect::{Dialect, Trace};
use crate::document::document;
use crate::guildhall::story;
use crate::limit::{Limits, Place, Policy, Standing, Subject};
use crate::reply::Stop;
use crate::settings::Settings;
use crate::table::Table;
use axum::body::Bytes;
use axum::extract::ConnectInfo;
use axum::http::HeaderName;
use axum::http::request::Parts;
use market::actor::{Credential, Plan};
use market::{Actor, Error, Kind, Market};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// What every route of one server shares.
pub(crate) struct Desk {
    /// Where the acts are.
    pub market: Market,
    /// The operator's choices.
    pub settings: Settings,
    /// Who asked how often.
    pub limits: Limits,
    /// `/openapi.json`, rendered.
    pub document: Bytes,
    /// `/llms.txt`, rendered.
    pub llms: Bytes,
    /// All there is, for the 404's advice.
    pub table: Table,
}

impl Desk {
    /// Renders what is the same for everybody.
    pub(crate) fn new(market: Market, settings: Settings) -> Self {
        let table = Table::new();
        let rendered = document(&table, &market.terms.base_url).to_json().expect("the document serialises");
        let limits = Limits::new(settings.rate_limits, &market.clock);
        Self { settings, limits, document: rendered.into(), llms: story(&market.terms).into(), table, market }
    }
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
}

impl Scene {
    pub(crate) fn new(desk: Arc<Desk>, dialect: &'static dyn Dialect, policy: Policy, trace: Trace) -> Self {
        Self { desk, dialect, policy, trace, standing: OnceLock::new(), place: Mutex::default() }
    }

    /// The scene of the request that is being extracted from.
    pub(crate) fn of(parts: &Parts) -> Result<Arc<Scene>, Error> {
        parts.extensions.get::<Arc<Scene>>().cloned().ok_or_else(Error::internal)
    }

    /// Who is asking, counted against its limits. Failures count against the address.
    pub(crate) async fn actor(&self, parts: &Parts) -> Result<Actor, Stop> {
        let found = self.find_actor(parts).await;
        if let Ok(actor) = &found {
            self.desk.settings.uses.note(actor);
        }
        self.count(self.subject(parts, found.as_ref().ok()))?;
        Ok(found?)
    }

    async fn find_actor(&self, parts: &Parts) -> Result<Actor, Error> {
        let presented = Presented::find(&parts.headers, self.dialect)?;
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
        let ip = self.client(parts).to_string();
        let path = parts.uri.path().to_owned();
        let Some(actor) = actor else {
            return Subject { member: ip.clone(), caller: ip.clone(), plan: Plan::Free, ip, path };
        };
        Subject { member: actor.member.to_string(), caller: caller(actor), plan: actor.plan, ip, path }
    }

    fn count(&self, subject: Subject) -> Result<(), Stop> {
        if self.standing.get().is_some() {
            return Ok(());
        }
        let limits = &self.desk.limits;
        let standing = *self.standing.get_or_init(|| limits.count(self.policy, &subject));
        if let Some(wait) = standing.and_then(|standing| standing.wait) {
            return Err(too_many(wait).into());
        }
        let place = limits.enter(self.policy, &subject)?;
        *self.place.lock().unwrap_or_else(PoisonError::into_inner) = place;
        Ok(())
    }

    /// The client's address; a proxy's word for it counts only where the operator trusts the proxy.
    fn client(&self, parts: &Parts) -> IpAddr {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map_or(Ipv4Addr::UNSPECIFIED.into(), |info| info.0.ip());
        let forwarded = || parts.headers.get(FORWARDED_FOR)?.to_str().ok()?.rsplit(',').next()?.trim().parse().ok();
        let client = if self.desk.settings.trust_forwarded_for { forwarded().unwrap_or(peer) } else { peer };
        whole_network(client)
    }
}

/// One household or server has a whole /64 of IPv6 and may change its address within it at will.
fn whole_network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64).into(),
        v4 => v4,
    }
}

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Whose counters and whose idempotency keys: the API key's own, or the person's.
pub(crate) fn caller(actor: &Actor) -> String {
    match &actor.credential {
        Credential::Key { id, .. } => id.to_string(),
        _ => actor.member.to_string(),
    }
}

fn too_many(wait: u64) -> Error {
    let message = format!("You are over the rate limit. Wait {wait} s, then send this again.");
    Error::new(Kind::TooMany, "rate_limited", message).with("retry_after", wait)
}

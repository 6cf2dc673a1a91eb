//! One test's server, and the people in it.

use crate::ask::Ask;
use api::{RateLimiter, RateLimits, Services};
use axum::Router;
use market::endpoint::Webhooks;
use market::id::random;
use market::key::{Prefix, Uses};
use market::live::Hub;
use market::outbound::Policy;
use market::payment::{Payments, Sandbox};
use market::{Actor, Money, Rules, key, member, token};
use reqwest::{Client, Method};
use std::io::Write;
use std::net::SocketAddr;
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use storage::FileStore;
use testkit::{Database, TestApp, act, people, read};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::AbortHandle;

/// Writes each test twice: once for SQLite, once for PostgreSQL.
macro_rules! both {
    ($($tests:tt)+) => { testkit::both_with! { crate::test_api::TestApi; $($tests)+ } };
}
pub(crate) use both;

/// A server with its market.
pub(crate) struct TestApi {
    app: TestApp,
    pub(crate) base_url: String,
    pub(crate) client: Client,
    /// The services of this server, as its pages would get them.
    pub(crate) services: Services,
    pub(crate) file_folder: PathBuf,
    running: [AbortHandle; 2],
}

impl Deref for TestApi {
    type Target = TestApp;
    fn deref(&self) -> &TestApp {
        &self.app
    }
}

/// The settings that tests vary.
pub(crate) struct Settings {
    pub(crate) rate_limits: RateLimits,
    pub(crate) trust_forwarded_for: bool,
    pub(crate) draining: watch::Receiver<bool>,
    pub(crate) keepalive: Duration,
    /// The addresses that webhooks are sent to.
    pub(crate) policy: Policy,
}

impl Default for Settings {
    fn default() -> Self {
        let draining = watch::channel(false).1;
        let (rate_limits, policy) = (RateLimits::default(), Policy::sandbox());
        Self { rate_limits, trust_forwarded_for: false, draining, keepalive: api::KEEPALIVE, policy }
    }
}

/// A member with credentials of every kind.
#[derive(Clone)]
pub(crate) struct Person {
    pub(crate) actor: Actor,
    pub(crate) email: String,
    pub(crate) token: String,
    /// The key for agentgigs.
    pub(crate) key: String,
}

impl TestApi {
    /// Creates a world on SQLite, without rate limits.
    pub(crate) async fn new() -> Self {
        Self::sqlite().await
    }

    /// Creates a world on SQLite, without rate limits.
    pub(crate) async fn sqlite() -> Self {
        Self::with(unlimited()).await
    }

    /// On PostgreSQL, without rate limits.
    pub(crate) async fn postgres() -> Self {
        Self::serve(Database::postgres().await, unlimited(), |_| ()).await
    }

    /// Creates a world on SQLite with these settings.
    pub(crate) async fn with(settings: Settings) -> Self {
        Self::with_rules(settings, |_| ()).await
    }

    /// Creates a world on SQLite with changed rules.
    pub(crate) async fn with_rules(settings: Settings, change: impl FnOnce(&mut Rules)) -> Self {
        Self::serve(Database::sqlite(), settings, change).await
    }

    /// Another server on the same database, which goes with this one.
    pub(crate) async fn beside(&self) -> Self {
        Self::serve(self.database.clone(), unlimited(), |_| ()).await
    }

    async fn serve(database: Database, settings: Settings, change: impl FnOnce(&mut Rules)) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let base_url = format!("http://{}", listener.local_addr().expect("an address"));
        let mut rules = Rules { base_url: base_url.clone(), unfunded_jobs_max: 1_000_000, ..Rules::default() };
        change(&mut rules);
        let app = TestApp::open(database, rules).await;
        let market = app.market.clone();
        let Settings { rate_limits, trust_forwarded_for, draining, keepalive, policy } = settings;
        let limiter = RateLimiter::new(rate_limits, trust_forwarded_for, &market.clock);
        let (hub, uses) = (Hub::default(), Uses::default());
        let reading = tokio::spawn(hub.clone().run(market.clone())).abort_handle();
        let file_folder = std::env::temp_dir().join(random("guildhall_files_"));
        let files = FileStore::folder(&file_folder, "home").expect("a folder for the test's files");
        let payments = Payments::by(Sandbox::new(market.rules.base_url.clone()));
        let webhooks = Webhooks { wires: dialects::WIRES, policy: Arc::new(policy) };
        let services = Services { market, bodies: Default::default(), files, payments, webhooks, hub, uses, limiter, draining, keepalive };
        let router = router(&services);
        let serving = tokio::spawn(async move {
            axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>()).await.expect("serves");
        });
        let running = [reading, serving.abort_handle()];
        Self { app, base_url, client: Client::new(), services, file_folder, running }
    }

    pub(crate) fn get(&self, path: &str) -> Ask<'_> {
        self.ask(Method::GET, path)
    }

    pub(crate) fn post(&self, path: &str) -> Ask<'_> {
        self.ask(Method::POST, path)
    }

    pub(crate) fn ask(&self, method: Method, path: &str) -> Ask<'_> {
        Ask::new(self, method, path)
    }

    /// Signs up a member, unverified.
    pub(crate) async fn unverified(&self, name: &str) -> Person {
        let actor = self.app.unverified(name).await;
        let member = read!(self, member::show(&actor)).expect("is there");
        self.person(member).await
    }

    /// Creates a member with a verified address.
    pub(crate) async fn member(&self, name: &str) -> Person {
        let person = self.unverified(name).await;
        let member = act!(self, member::verify_email(&person.email)).expect("verifies");
        self.person(member).await
    }

    /// Creates an admin.
    pub(crate) async fn admin(&self, name: &str) -> Person {
        let person = self.member(name).await;
        let member = act!(self, member::promote(&person.email)).expect("promotes");
        self.person(member).await
    }

    /// Creates a member with an agent profile.
    pub(crate) async fn agent(&self, name: &str, specializations: &[&str]) -> Person {
        let person = self.member(name).await;
        let agent = self.profile(&person.actor, &people::profile(name, specializations)).await.expect("makes a profile");
        Person { actor: Actor { agent: Some(agent.id), ..person.actor }, ..person }
    }

    /// Creates a member with money.
    pub(crate) async fn poster(&self, name: &str, amount: Money) -> Person {
        let person = self.member(name).await;
        self.fund(&person.actor, amount).await;
        person
    }

    /// Creates a key of a dialect, with scopes.
    pub(crate) async fn key(&self, person: &Person, prefix: Prefix, scopes: &[&str]) -> String {
        self.new_key(&person.actor, prefix, scopes).await
    }

    async fn new_key(&self, actor: &Actor, prefix: Prefix, scopes: &[&str]) -> String {
        let scopes = scopes.iter().map(|&scope| scope.to_owned()).collect();
        let draft = key::Draft { name: "Test".into(), prefix, scopes, expires_at: None };
        act!(self, key::create(actor, &draft)).expect("makes a key").secret
    }

    async fn person(&self, member: member::Member) -> Person {
        let actor = self.signed_in(&member).await;
        let token = token::issue(&self.market, &member).expect("issues").access_token;
        let key = self.new_key(&actor, Prefix::Agentgigs, &[]).await;
        Person { actor, email: member.email, token, key }
    }

    /// Audits the ledger, then removes everything.
    pub(crate) async fn close(self) {
        self.stop();
        self.app.close().await;
    }

    /// Removes everything without an audit.
    pub(crate) async fn abandon(self) {
        self.stop();
        self.app.database.remove().await;
    }

    /// Ends the server and removes its files; the database stays.
    pub(crate) fn stop(&self) {
        self.running.iter().for_each(AbortHandle::abort);
        std::fs::remove_dir_all(&self.file_folder).expect("removes the test's files");
    }

    /// Overwrites the database's files with garbage.
    pub(crate) fn spoil(&self) {
        let folder = self.database.folder().expect("SQLite's files");
        for name in ["market.db", "market.db-wal"] {
            let file = folder.join(name);
            let length = std::fs::metadata(&file).expect("is there").len();
            let mut file = std::fs::OpenOptions::new().write(true).open(file).expect("opens");
            file.write_all(&vec![b'#'; length.try_into().expect("fits")]).expect("writes");
        }
    }
}

/// Builds the router of all dialects on these services.
pub(crate) fn router(services: &Services) -> Router {
    api::router(services.clone(), &dialects::ALL)
}

fn unlimited() -> Settings {
    Settings { rate_limits: RateLimits::Off, ..Settings::default() }
}

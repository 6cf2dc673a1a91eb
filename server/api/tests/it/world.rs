//! One test's server, and the people in it.

use crate::ask::Ask;
use api::{Gate, RateLimits, Settings};
use axum::Router;
use depot::Depot;
use market::db::Db;
use market::id::random;
use market::key::Prefix;
use market::live::Hub;
use market::time::Clock;
use market::{Actor, Market, Money, Span, Terms, Time, agent, deposit, key, ledger, member, password, session, timer, token};
use reqwest::{Client, Method};
use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::OnceCell;

/// The password of everybody in a test.
pub(crate) const PASSWORD: &str = "correct horse battery";

/// When every test begins.
const START: Time = Time::from_ms(1_790_000_000_000);

/// Writes each test twice: once for SQLite, once for PostgreSQL.
macro_rules! both {
    ($($(#[$meta:meta])* async fn $name:ident($world:ident) $body:block)+) => {$(
        $(#[$meta])*
        mod $name {
            use super::*;
            async fn story($world: &World) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                let world = World::new().await;
                story(&world).await;
                world.close().await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                let world = World::postgres().await;
                story(&world).await;
                world.close().await;
            }
        }
    )+};
}
pub(crate) use both;

/// A server with its market.
pub(crate) struct World {
    pub(crate) market: Market,
    pub(crate) base_url: String,
    pub(crate) client: Client,
    /// What the pages of this server would ask.
    pub(crate) gate: Gate,
    /// Where its streams of events are.
    pub(crate) hub: Hub,
    /// Where the bytes of its files are.
    pub(crate) files: Depot,
    pub(crate) file_folder: PathBuf,
    folder: Option<PathBuf>,
}

/// Somebody with credentials of every kind.
#[derive(Clone)]
pub(crate) struct Person {
    pub(crate) actor: Actor,
    pub(crate) email: String,
    pub(crate) token: String,
    /// For agentgigs.
    pub(crate) key: String,
}

impl World {
    /// On SQLite, without rate limits.
    pub(crate) async fn new() -> Self {
        Self::with(Settings { rate_limits: RateLimits::Off, ..Settings::default() }).await
    }

    /// On SQLite.
    pub(crate) async fn with(settings: Settings) -> Self {
        Self::with_terms(settings, |_| ()).await
    }

    /// On SQLite, under other terms.
    pub(crate) async fn with_terms(settings: Settings, change: impl FnOnce(&mut Terms)) -> Self {
        let folder = std::env::temp_dir().join(random("guildhall_api_"));
        std::fs::create_dir_all(&folder).expect("a folder for the test");
        let db = Db::open(&format!("sqlite://{}", folder.join("market.db").display())).await.expect("opens and migrates");
        Self::serve(db, Some(folder), settings, change).await
    }

    /// On the PostgreSQL that all of these tests share.
    pub(crate) async fn postgres() -> Self {
        let url = std::env::var("TEST_POSTGRES_URL")
            .expect("TEST_POSTGRES_URL: run the tests by `make test`, or by `tools/postgres run cargo test`");
        let db = Db::open(&url).await.expect("opens and migrates");
        Self::serve(db, None, Settings { rate_limits: RateLimits::Off, ..Settings::default() }, |_| ()).await
    }

    async fn serve(db: Db, folder: Option<PathBuf>, settings: Settings, change: impl FnOnce(&mut Terms)) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let base_url = format!("http://{}", listener.local_addr().expect("an address"));
        let mut terms = Terms { base_url: base_url.clone(), ..Terms::default() };
        change(&mut terms);
        let terms = Arc::new(terms);
        let secret = Arc::from(&b"a secret that only this test knows"[..]);
        let market = Market { db, clock: Clock::manual(START), terms, secret };
        let gate = Gate::new(&settings, &market.clock);
        let hub = settings.hub.clone();
        tokio::spawn(hub.clone().run(market.clone()));
        let file_folder = std::env::temp_dir().join(random("guildhall_files_"));
        let files = Depot::folder(&file_folder, "home").expect("a folder for the test's files");
        let router: Router = api::router_behind(&gate, market.clone(), Settings { files: files.clone(), ..settings });
        tokio::spawn(async move {
            axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>()).await.expect("serves");
        });
        Self { market, base_url, client: Client::new(), gate, hub, files, file_folder, folder }
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

    /// Lets time pass and does what became due.
    pub(crate) async fn advance(&self, span: Span) {
        self.market.clock.advance(span);
        timer::run_due(&self.market).await.expect("the timers run");
    }

    /// Somebody who signed up just now.
    pub(crate) async fn unverified(&self, name: &str) -> Person {
        let email = format!("{}.{}@example.com", name.to_lowercase(), random("m"));
        let draft = member::Draft { email: email.clone(), password: PASSWORD.into(), name: name.into() };
        let mut tx = self.market.begin().await.expect("begins");
        let member = member::sign_up(&mut tx, &draft, hash().await).await.expect("signs up");
        tx.commit().await.expect("commits");
        self.person(member).await
    }

    /// Somebody with a verified address.
    pub(crate) async fn member(&self, name: &str) -> Person {
        let person = self.unverified(name).await;
        let mut tx = self.market.begin().await.expect("begins");
        let member = member::verify_email(&mut tx, &person.email).await.expect("verifies");
        tx.commit().await.expect("commits");
        self.person(member).await
    }

    /// A member who runs the server.
    pub(crate) async fn admin(&self, name: &str) -> Person {
        let person = self.member(name).await;
        let mut tx = self.market.begin().await.expect("begins");
        let member = member::promote(&mut tx, &person.email).await.expect("promotes");
        tx.commit().await.expect("commits");
        self.person(member).await
    }

    /// A member with a worker's profile.
    pub(crate) async fn agent(&self, name: &str, specializations: &[&str]) -> Person {
        let person = self.member(name).await;
        let specializations = specializations.iter().map(|&word| word.to_owned()).collect();
        let draft = agent::Draft { name: name.into(), bio: String::new(), specializations, kind: agent::Kind::Agent };
        let mut tx = self.market.begin().await.expect("begins");
        let agent = agent::create(&mut tx, &person.actor, &draft).await.expect("makes a profile");
        tx.commit().await.expect("commits");
        Person { actor: Actor { agent: Some(agent.id), ..person.actor }, ..person }
    }

    /// A member with money.
    pub(crate) async fn poster(&self, name: &str, amount: Money) -> Person {
        let person = self.member(name).await;
        let mut tx = self.market.begin().await.expect("begins");
        let deposit = deposit::start(&mut tx, &person.actor, amount.0).await.expect("starts a deposit");
        deposit::pay(&mut tx, &deposit.id).await.expect("pays it");
        tx.commit().await.expect("commits");
        person
    }

    /// A key of a dialect, with scopes.
    pub(crate) async fn key(&self, person: &Person, prefix: Prefix, scopes: &[&str]) -> String {
        self.new_key(&person.actor, prefix, scopes).await
    }

    async fn new_key(&self, actor: &Actor, prefix: Prefix, scopes: &[&str]) -> String {
        let scopes = scopes.iter().map(|&scope| scope.to_owned()).collect();
        let draft = key::Draft { name: "Test".into(), prefix, scopes, expires_at: None };
        let mut tx = self.market.begin().await.expect("begins");
        let made = key::create(&mut tx, actor, &draft).await.expect("makes a key");
        tx.commit().await.expect("commits");
        made.secret
    }

    async fn person(&self, member: member::Member) -> Person {
        let mut conn = self.market.read().await.expect("reads");
        let actor = session::actor(&mut conn, &member.id, member.epoch).await.expect("reads").expect("a member");
        drop(conn);
        let token = token::issue(&self.market, &member).expect("issues").access_token;
        let key = self.new_key(&actor, Prefix::Agentgigs, &[]).await;
        Person { actor, email: member.email, token, key }
    }

    /// Proves that the ledger is sound, then removes everything.
    pub(crate) async fn close(self) {
        let audit = ledger::audit(&mut self.market.read().await.expect("reads")).await.expect("audits");
        assert_eq!(audit.findings, Vec::<String>::new(), "the ledger is sound");
        self.abandon();
    }

    /// Writes garbage over everything the database's files hold.
    pub(crate) fn spoil(&self) {
        let folder = self.folder.as_ref().expect("SQLite's files");
        for name in ["market.db", "market.db-wal"] {
            let file = folder.join(name);
            let length = std::fs::metadata(&file).expect("is there").len();
            let mut file = std::fs::OpenOptions::new().write(true).open(file).expect("opens");
            file.write_all(&vec![b'#'; length.try_into().expect("fits")]).expect("writes");
        }
    }

    /// Removes everything, sound or not.
    pub(crate) fn abandon(self) {
        std::fs::remove_dir_all(&self.file_folder).expect("removes the test's files");
        if let Some(folder) = &self.folder {
            std::fs::remove_dir_all(folder).expect("removes the test's folder");
        }
    }
}

/// Hashing is slow on purpose; everybody in the tests has the same password.
async fn hash() -> password::PasswordHash {
    static HASH: OnceCell<password::PasswordHash> = OnceCell::const_new();
    HASH.get_or_init(|| async { password::hash(PASSWORD).await.expect("hashes") }).await.clone()
}

//! A market of a test's own: a fresh database of either engine, a clock that stands still, letters that are kept.

use crate::act::{act, read};
use market::db::{Conn, Db};
use market::id::random;
use market::mail::{Mail, Mailer};
use market::time::Clock;
use market::{Actor, Market, Money, Span, Terms, Time, agent, ledger, member, password, session, timer};
use sqlx::{Connection, Executor};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use tokio::sync::OnceCell;

/// The password of everybody in a test.
pub(crate) const PASSWORD: &str = "correct horse battery";

/// When every test begins.
pub(crate) const START: Time = Time::from_ms(1_790_000_000_000);

/// Writes each test twice: once for SQLite, once for PostgreSQL. Both end with an audit of the ledger.
macro_rules! both {
    ($($(#[$meta:meta])* async fn $name:ident($world:ident) $body:block)+) => {$(
        $(#[$meta])*
        mod $name {
            #[allow(unused_imports, reason = "small tests need little of what their file imports")]
            use super::*;
            async fn story($world: &World) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                let world = World::sqlite().await;
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

/// Keeps letters instead of sending them.
#[derive(Clone, Default)]
pub(crate) struct Letters(Arc<Mutex<Vec<Mail>>>);

impl Letters {
    /// All that arrived so far, oldest first.
    pub(crate) fn all(&self) -> Vec<Mail> {
        self.0.lock().unwrap().clone()
    }
}

impl Mailer for Letters {
    async fn send(&self, _id: &str, mail: &Mail) -> Result<(), String> {
        self.0.lock().unwrap().push(mail.clone());
        Ok(())
    }
}

/// What lies behind the market and is removed with it.
#[derive(Clone)]
enum Home {
    Folder(PathBuf),
    Database { server: String, name: String },
}

/// One test's market.
pub(crate) struct World {
    pub(crate) market: Market,
    pub(crate) letters: Letters,
    home: Home,
}

impl World {
    pub(crate) async fn sqlite() -> Self {
        let folder = std::env::temp_dir().join(random("guildhall_it_"));
        std::fs::create_dir_all(&folder).expect("a folder for the test");
        let url = format!("sqlite://{}", folder.join("market.db").display());
        Self::open(&url, Home::Folder(folder)).await
    }

    pub(crate) async fn postgres() -> Self {
        static TEMPLATE: OnceCell<String> = OnceCell::const_new();
        let server = std::env::var("TEST_POSTGRES_URL")
            .expect("TEST_POSTGRES_URL: run the tests by `make test`, or by `tools/postgres run cargo test`");
        let template = TEMPLATE.get_or_init(|| migrated(&server)).await;
        let name = random("it_");
        administer(&server, format!("create database {name} template {template} strategy file_copy")).await;
        Self::open(&url(&server, &name), Home::Database { server, name }).await
    }

    async fn open(url: &str, home: Home) -> Self {
        let db = Db::open(url).await.expect("opens and migrates");
        let secret = Arc::from(&b"a secret that only this test knows"[..]);
        let market = Market { db, clock: Clock::manual(START), terms: Arc::new(Terms::default()), secret };
        Self { market, letters: Letters::default(), home }
    }

    /// Where its database is.
    pub(crate) fn url(&self) -> String {
        match &self.home {
            Home::Folder(folder) => format!("sqlite://{}", folder.join("market.db").display()),
            Home::Database { server, name } => url(server, name),
        }
    }

    /// Another market on the same engine.
    pub(crate) async fn fresh(&self) -> Self {
        match self.home {
            Home::Folder(_) => Self::sqlite().await,
            Home::Database { .. } => Self::postgres().await,
        }
    }

    /// A connection to read from.
    pub(crate) async fn read(&self) -> Conn {
        self.market.read().await.expect("reads")
    }

    /// The same market under other terms.
    pub(crate) fn with_terms(&self, change: impl FnOnce(&mut Terms)) -> Self {
        let mut terms = Terms::clone(&self.market.terms);
        change(&mut terms);
        let market = Market { terms: Arc::new(terms), ..self.market.clone() };
        Self { market, letters: self.letters.clone(), home: self.home.clone() }
    }

    pub(crate) fn clock(&self) -> &Clock {
        &self.market.clock
    }

    /// Lets time pass and does what became due.
    pub(crate) async fn advance(&self, span: Span) {
        self.clock().advance(span);
        timer::run_due(&self.market).await.expect("the timers run");
        timer::send_due(&self.market, &self.letters).await.expect("the letters go out");
    }

    /// Somebody who signed up just now.
    pub(crate) async fn unverified(&self, name: &str) -> Actor {
        let email = format!("{name}.{}@example.com", random("m"));
        let draft = member::Draft { email, password: PASSWORD.into(), name: name.into() };
        let member = act!(self, member::sign_up(&draft, hash().await)).expect("signs up");
        self.actor(&member).await
    }

    /// Somebody with a verified address.
    pub(crate) async fn member(&self, name: &str) -> Actor {
        let actor = self.unverified(name).await;
        let member = read!(self, member::show(&actor)).expect("is there");
        let member = act!(self, member::verify_email(&member.email)).expect("verifies");
        self.actor(&member).await
    }

    /// A member with a worker's profile.
    pub(crate) async fn agent(&self, name: &str, specializations: &[&str]) -> Actor {
        let mut actor = self.member(name).await;
        let specializations = specializations.iter().map(|&word| word.to_owned()).collect();
        let draft = agent::Draft { name: name.into(), bio: String::new(), specializations, kind: agent::Kind::Agent };
        actor.agent = Some(act!(self, agent::create(&actor, &draft)).expect("makes a profile").id);
        actor
    }

    /// Puts money into a wallet by the sandbox checkout.
    pub(crate) async fn fund(&self, actor: &Actor, amount: Money) {
        let deposit = act!(self, deposit::start(actor, amount.0)).expect("starts a deposit");
        act!(self, deposit::pay(&deposit.id)).expect("pays it");
    }

    async fn actor(&self, member: &member::Member) -> Actor {
        let mut conn = self.market.read().await.expect("reads");
        session::actor(&mut conn, &member.id, 0).await.expect("reads").expect("a member")
    }

    /// Proves that the ledger is sound, then removes everything.
    pub(crate) async fn close(self) {
        let audit = ledger::audit(&mut self.market.snapshot().await.expect("reads")).await.expect("audits");
        assert_eq!(audit.findings, Vec::<String>::new(), "the ledger is sound");
        drop(self.market);
        match self.home {
            Home::Folder(folder) => std::fs::remove_dir_all(folder).expect("removes the test's folder"),
            Home::Database { server, name } => administer(&server, format!("drop database {name} with (force)")).await,
        }
    }
}

/// Hashing is slow on purpose; everybody in the tests has the same password.
pub(crate) async fn hash() -> password::PasswordHash {
    static HASH: OnceCell<password::PasswordHash> = OnceCell::const_new();
    HASH.get_or_init(|| async { password::hash(PASSWORD).await.expect("hashes") }).await.clone()
}

/// A database that has the tables: copying it is faster than migrating anew.
async fn migrated(server: &str) -> String {
    let name = random("template_");
    administer(server, format!("create database {name}")).await;
    drop(Db::open(&url(server, &name)).await.expect("opens and migrates"));
    // Nobody may be connected to what is copied.
    administer(server, format!("alter database {name} with allow_connections false")).await;
    administer(server, format!("select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = '{name}'")).await;
    name
}

async fn administer(server: &str, statement: String) {
    let mut admin = sqlx::PgConnection::connect(server).await.expect("the test's PostgreSQL answers");
    admin.execute(sqlx::AssertSqlSafe(statement)).await.expect("an administrator's statement");
}

fn url(server: &str, database: &str) -> String {
    let (base, _) = server.rsplit_once('/').expect("a URL with a database");
    format!("{base}/{database}")
}

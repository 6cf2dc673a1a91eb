//! A market of a test's own: a fresh database, a clock that stands still, letters that are kept.

use crate::Database;
use market::db::{Conn, Db};
use market::mail::{Mail, Mailer, Unsent};
use market::nouns::REGISTRY;
use market::time::Clock;
use market::{Duration, Market, Rules, Time, notification, timer};
use std::sync::{Arc, Mutex};

/// The time at which every test begins.
pub const START: Time = Time::from_ms(1_790_000_000_000);

/// A mailer that keeps letters instead of sending them.
#[derive(Clone, Default)]
pub struct SentEmails(Arc<Mutex<Vec<Mail>>>);

impl SentEmails {
    /// All letters that arrived so far, oldest first.
    pub fn all(&self) -> Vec<Mail> {
        self.0.lock().expect("no test panicked while it held them").clone()
    }
}

impl Mailer for SentEmails {
    async fn send(&self, _id: &str, mail: &Mail) -> Result<(), Unsent> {
        self.0.lock().expect("no test panicked while it held them").push(mail.clone());
        Ok(())
    }
}

/// One test's market. [`TestApp::close`] proves that its ledger is sound and removes it.
pub struct TestApp {
    /// The market itself.
    pub market: Market,
    /// The letters that it sent.
    pub letters: SentEmails,
    /// The database behind it.
    pub database: Database,
}

/// The usual rules, but for the number of unfunded jobs: a test may post as many as it likes.
fn rules() -> Rules {
    Rules { unfunded_jobs_max: 1_000_000, ..Rules::default() }
}

impl TestApp {
    /// Opens a market on a fresh SQLite file.
    pub async fn sqlite() -> Self {
        Self::open(Database::sqlite(), rules()).await
    }

    /// Opens a market on a fresh PostgreSQL database.
    pub async fn postgres() -> Self {
        Self::open(Database::postgres().await, rules()).await
    }

    /// Opens a market on this database under these rules.
    pub async fn open(database: Database, rules: Rules) -> Self {
        crate::recorder::start();
        let db = Db::open(&database.url()).await.expect("opens and migrates");
        let secret = Arc::from(&b"a secret that only this test knows"[..]);
        let market = Market::new(db, Clock::manual(START), Arc::new(rules), secret, &REGISTRY);
        Self { market, letters: SentEmails::default(), database }
    }

    /// Opens another market on the same engine.
    pub async fn fresh(&self) -> Self {
        Self::open(self.database.another().await, rules()).await
    }

    /// The address of its database.
    pub fn url(&self) -> String {
        self.database.url()
    }

    /// Takes a connection to read from.
    pub async fn read(&self) -> Conn {
        self.market.read().await.expect("reads")
    }

    /// Returns this market with other rules.
    pub fn with_rules(&self, change: impl FnOnce(&mut Rules)) -> Self {
        let mut rules = Rules::clone(&self.market.rules);
        change(&mut rules);
        let market = Market { rules: Arc::new(rules), ..self.market.clone() };
        Self { market, letters: self.letters.clone(), database: self.database.clone() }
    }

    /// The clock, which moves only when a test moves it.
    pub fn clock(&self) -> &Clock {
        &self.market.clock
    }

    /// The time on that clock.
    pub fn now(&self) -> Time {
        self.clock().now()
    }

    /// Lets time pass, and nothing else happen.
    pub fn pass(&self, span: Duration) {
        self.clock().advance(span);
    }

    /// Lets time pass and does what became due.
    pub async fn advance(&self, span: Duration) {
        self.pass(span);
        timer::run_due(&self.market).await.expect("the timers run");
        timer::send_due(&self.market, &self.letters).await.expect("the letters go out");
    }

    /// Tells members what happened, and sends the letters that say it.
    pub async fn notify(&self) {
        while notification::follow(&self.market).await.expect("follows") {}
        timer::send_due(&self.market, &self.letters).await.expect("the letters go out");
    }

    /// Proves that the ledger is sound, then removes everything.
    pub async fn close(self) {
        let audit = self.market.audit().await.expect("audits");
        assert_eq!(audit.findings, Vec::<String>::new(), "the ledger is sound");
        drop(self.market);
        self.database.remove().await;
    }
}
